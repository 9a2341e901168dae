import { type Instant, instant } from '../instant.ts';
import type { Period } from './report.ts';
import type { Delivery } from './story.ts';

const HOUR_MS = 3_600_000;

/**
 * Whether an hour of a Region is whole is told by the digests that end in it and in the two after it. A digest vouches
 * for the log files *delivered* in an hour that begins at some minute ("CloudTrail digest file structure"), and files come
 * minutes after the calls: so an hour's events are spread over as many digests.
 */
const DIGESTS = [0, 1, 2] as const;

/** For which time the deliveries of a period's account must be read. */
export function deliveriesFor({ from, until }: Period): Period {
  return {
    from: instant(hourOf(from) * HOUR_MS),
    until: instant((hourOf(until) + DIGESTS.length) * HOUR_MS),
  };
}

/** The hour in which an instant lies, counted since 1970. */
export function hourOf(at: Instant): number {
  return Math.floor(at / HOUR_MS);
}

/** The beginning of an hour. */
export function beginningOf(hour: number): Instant {
  return instant(hour * HOUR_MS);
}

/** The hours of a time, the last instant left out. */
export function hoursOf({ from, until }: Period): readonly number[] {
  if (from >= until) return [];
  const [first, last] = [hourOf(from), hourOf(instant(until - 1))];
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}

/** What the files that have come of an account can vouch for. */
export type TrailHours = {
  readonly hasFiles: boolean;
  /** Where files came from. */
  readonly regions: readonly string[];
  /** Whether nothing of that hour and Region can be missing. */
  isWhole(region: string, hour: number): boolean;
};

/** What can be vouched for; nothing where the trail may still deliver, or where a file that it delivered could not be read. */
export function trailHours(deliveries: readonly Delivery[], completeUntil: Instant): TrailHours {
  const digests = new Set<string>();
  for (const { kind, region, at } of deliveries)
    if (kind === 'digest') digests.add(`${region} ${hourOf(at)}`);
  const unread = hoursOfUnread(deliveries);
  return {
    hasFiles: deliveries.length > 0,
    regions: [...new Set(deliveries.map(({ region }) => region))].sort(),
    isWhole: (region, hour) =>
      beginningOf(hour + 1) <= completeUntil &&
      DIGESTS.map((n) => `${region} ${hour + n}`).every((name) => digests.has(name) && !unread.has(name)),
  };
}

/** In which hours log files came that were never read. NB. They can hold what happened in the two hours before. */
function hoursOfUnread(deliveries: readonly Delivery[]): ReadonlySet<string> {
  const mended = new Set(deliveries.flatMap((one) => (one.kind === 'mended' ? [one.file] : [])));
  const unread = deliveries.filter((one) => one.kind === 'unread' && !mended.has(one.file));
  return new Set(unread.map(({ region, at }) => `${region} ${hourOf(at)}`));
}

/** Whether the trail is whole in all of these hours, in every Region that it has. */
export function isWholeIn(hours: TrailHours, of: Iterable<number>): boolean {
  if (!hours.hasFiles) return false;
  for (const hour of of) if (!hours.regions.every((region) => hours.isWhole(region, hour))) return false;
  return true;
}
