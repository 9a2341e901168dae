import type { MfaProof } from '../caller.ts';
import type { Sha256 } from '../hash.ts';
import { instant } from '../instant.ts';
import type { Observation, Outcome } from '../trail/observation.ts';
import { doneIn, type Reading, sessionsIn, usageUntil } from './reading.ts';
import type { ElevationLine, Period } from './report.ts';

/** The line of an elevation, but for what only the hours of the trail tell. */
export function elevationLine(
  reading: Reading,
  period: Period,
  sha256: Sha256,
): Omit<ElevationLine, 'sessionsNeverUsed'> {
  const { elevation } = reading.story;
  const { id, person, role, requestedAt, reason, ticket } = elevation.request;
  const done = doneIn(period, reading);
  return {
    ...{ id, person, role, state: elevation.state, requestedAt, reason },
    ...(ticket === undefined ? {} : { ticket }),
    approvedBy: elevation.approvals.map(({ by }) => by.person),
    ...('window' in elevation ? { window: elevation.window } : {}),
    mfa: mfaInWords(elevation.requestedBy.mfa),
    sessions: sessionsIn(period, reading.story).length,
    events: countedByOutcome(done),
    ...(done.length === 0 ? {} : { lastUse: instant(Math.max(...done.map(({ at }) => at))) }),
    ...usageUntil(reading, period.until, sha256),
  };
}

/** How many observations had which outcome. */
export function countedByOutcome(observations: readonly Observation[]): Record<Outcome, number> {
  const counts = { allowed: 0, denied: 0, unknown: 0 };
  for (const { outcome } of observations) counts[outcome]++;
  return counts;
}

function mfaInWords(mfa: MfaProof): string {
  switch (mfa.kind) {
    case 'absent':
      return 'none';
    case 'token':
      return mfa.evidence;
    case 'iam-session':
      return 'iam-session';
    default:
      return mfa satisfies never;
  }
}
