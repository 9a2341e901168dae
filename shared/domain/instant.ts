import type { Brand } from './brand.ts';
import { type Minutes, milliseconds } from './duration.ts';

/** A point in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Brand<number, 'Instant'>;

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/;

/** The instant of a clock's reading in milliseconds; a reading that is no time is a bug. */
export function instant(milliseconds: number): Instant {
  if (!Number.isSafeInteger(milliseconds)) throw new TypeError(`Not a time in milliseconds: ${milliseconds}`);
  return milliseconds as Instant;
}

/** An RFC 3339 time with its offset, or undefined where the text is none. */
export function parseInstant(text: string): Instant | undefined {
  const milliseconds = RFC_3339.test(text) && isInCalendar(text.slice(0, 19)) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : instant(milliseconds);
}

/** NB. Date.parse takes 30 February for 2 March and 24:00 for the next day; such a time reads back differently. */
function isInCalendar(wallClock: string): boolean {
  const milliseconds = Date.parse(`${wallClock}Z`);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(wallClock);
}

/** RFC 3339 in UTC with milliseconds: 2026-11-24T09:00:00.000Z. */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString();
}

/** RFC 3339 in UTC, cut to whole seconds, as IAM policies take it: 2026-11-24T09:00:00Z. */
export function formatSeconds(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** The second in which the instant lies, from its beginning. */
export function wholeSecond(at: Instant): Instant {
  return instant(Math.floor(at / 1000) * 1000);
}

/** That many minutes later. */
export function after(at: Instant, minutes: Minutes): Instant {
  return instant(at + milliseconds(minutes));
}

/** That many minutes earlier. */
export function before(at: Instant, minutes: Minutes): Instant {
  return instant(at - milliseconds(minutes));
}

/** The earlier of two instants. */
export function earlier(one: Instant, other: Instant): Instant {
  return one < other ? one : other;
}
