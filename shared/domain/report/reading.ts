import type { ElevationNow, Window } from '../elevation.ts';
import type { Hash, Sha256 } from '../hash.ts';
import { earlier, type Instant, instant } from '../instant.ts';
import { type Explained, explained } from '../trail/explain.ts';
import type { Observation } from '../trail/observation.ts';
import type { Period } from './report.ts';
import type { ElevationStory, IssuedSession } from './story.ts';
import { hoursOf } from './trail-hours.ts';

/** A story with its events folded and told apart. */
export type Reading = {
  readonly story: ElevationStory;
  readonly roleArn: string;
  /** Everything that the trail saw, in the order of time. */
  readonly calls: readonly Explained[];
  /** What its sessions, and those chained from them, did, in the order of time; the issues of credentials themselves left out. */
  readonly done: readonly Explained[];
  /** What was done in its name by sessions that came from none of its own: that is nobody's use. */
  readonly unexplained: readonly Observation[];
  /** The issues of which some session, or one chained from it, did something. */
  readonly used: ReadonlySet<number>;
};

/** Reads a story; copies and corrections count once. */
export function readingOf(story: ElevationStory): Reading {
  const calls = explained(story);
  const done = calls.filter(({ as }) => as === 'session' || as === 'chained');
  return {
    story: { ...story, usage: calls.map(({ observation }) => observation) },
    roleArn: story.elevation.request.roleArn,
    calls,
    done,
    unexplained: calls.filter(({ as }) => as === 'unexplained').map(({ observation }) => observation),
    used: new Set(done.map(({ n }) => n).filter((n) => n !== undefined)),
  };
}

/** Whether an instant is of the period. */
export function isIn({ from, until }: Period, at: Instant): boolean {
  return at >= from && at < until;
}

/** Whether the elevation was asked for in the period, or something was done with it or in its name. */
export function belongsTo(period: Period, { story, done, unexplained }: Reading): boolean {
  return (
    isIn(period, story.elevation.request.requestedAt) ||
    story.sessions.some(({ issuedAt }) => isIn(period, issuedAt)) ||
    done.some(({ observation }) => isIn(period, observation.at)) ||
    unexplained.some(({ at }) => isIn(period, at))
  );
}

/** Over what the trail has of an elevation up to an instant: two readings agree in it where nothing has come between. */
export function usageUntil(
  { story }: Reading,
  until: Instant,
  sha256: Sha256,
): { readonly usageHash: Hash; readonly usageEvents: number } {
  const hashes = story.usage.filter(({ at }) => at < until).map(({ hash }) => hash);
  return { usageHash: sha256(hashes.join('\n')), usageEvents: hashes.length };
}

/** When an elevation could be used: to its end, or to when it was given back or taken. */
export function lentTime(elevation: ElevationNow): Window | undefined {
  switch (elevation.state) {
    case 'approved':
    case 'ended':
      return elevation.window;
    case 'returned':
      return { from: elevation.window.from, until: earlier(elevation.giveBack.at, elevation.window.until) };
    case 'revoked':
      return { from: elevation.window.from, until: earlier(elevation.revocation.at, elevation.window.until) };
    case 'pending':
    case 'denied':
    case 'withdrawn':
    case 'lapsed':
      return undefined;
    default:
      return elevation satisfies never;
  }
}

/** The part of a time that lies in the period; empty where none does. */
export function partIn(period: Period, { from, until }: Period): Period {
  return { from: instant(Math.max(from, period.from)), until: instant(Math.min(until, period.until)) };
}

/** An intent whose result is not known counts as live for so long. */
const UNKNOWN_LIFE_MS = 3_600_000;

/** The sets of credentials of an elevation with their lives, also those of which only the intent is known. */
export function livesOf({
  elevation,
  sessions,
}: ElevationStory): readonly (Period & { readonly n: number })[] {
  const recorded = new Set(sessions.map(({ n }) => n));
  const intents = 'issues' in elevation ? elevation.issues.filter(({ n }) => !recorded.has(n)) : [];
  return [
    ...sessions.map(({ n, issuedAt, expiresAt }) => ({ n, from: issuedAt, until: expiresAt })),
    ...intents.map(({ n, at }) => ({ n, from: at, until: instant(at + UNKNOWN_LIFE_MS) })),
  ];
}

/** The hours in which credentials of the elevation lived. */
export function livedHours(story: ElevationStory): ReadonlySet<number> {
  return new Set(livesOf(story).flatMap(hoursOf));
}

/** Sets of credentials that were issued in the period. */
export function sessionsIn(period: Period, { sessions }: ElevationStory): readonly IssuedSession[] {
  return sessions.filter(({ issuedAt }) => isIn(period, issuedAt));
}

/** What its sessions did in the period. */
export function doneIn(period: Period, { done }: Reading): readonly Observation[] {
  return done.map(({ observation }) => observation).filter(({ at }) => isIn(period, at));
}
