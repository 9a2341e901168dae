import type { Instant } from '../instant.ts';
import { lentTime, livedHours, type Reading, sessionsIn } from './reading.ts';
import type { Period } from './report.ts';
import { hoursOf } from './trail-hours.ts';

/** What an elevation seems not to have been used for; whether that can be said depends on the hours of the trail. */
export type Idle = {
  /** For each set of credentials of the period that did nothing: the hours in which it lives, which must all be over. */
  readonly sessions: readonly (readonly number[])[];
  /** Where nothing was done under an approved elevation that is over: the hours in which its credentials lived. */
  readonly elevation?: readonly number[];
};

/** What of an elevation is over and was not seen to be used. */
export function idleOf(reading: Reading, period: Period, completeUntil: Instant): Idle {
  const { story, used, done } = reading;
  const idle = sessionsIn(period, story).filter(({ n }) => !used.has(n));
  const sessions = idle.map(({ issuedAt, expiresAt }) => hoursOf({ from: issuedAt, until: expiresAt }));
  const lent = lentTime(story.elevation);
  const isOver = lent !== undefined && lent.until <= completeUntil;
  return isOver && done.length === 0 ? { sessions, elevation: [...livedHours(story)] } : { sessions };
}
