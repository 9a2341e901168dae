import type { Report } from '../domain/report/report.ts';
import type { Highlight } from './highlight.ts';
import { counted, grouped, listed, was } from './words.ts';

/** Emergencies that nobody has looked at since. */
export function emergencies({ totals: { breakGlass } }: Report): Highlight | undefined {
  const left = breakGlass.used - breakGlass.reviewed;
  if (left <= 0) return undefined;
  return {
    weight: 'look',
    sentence: `${grouped(left)} of ${counted(breakGlass.used, 'emergency', 'emergencies')} still ${left === 1 ? 'waits' : 'wait'} for a review.`,
    next: 'Let somebody else read what was done, and write down that they have.',
    section: 'elevations',
  };
}

/** People who tried to approve what they had asked for themselves. */
export function ownApprovals({ totals: { selfApprovalAttempts } }: Report): Highlight | undefined {
  if (selfApprovalAttempts === 0) return undefined;
  return {
    weight: 'look',
    sentence: `${counted(selfApprovalAttempts, 'attempt')} to approve one’s own request ${was(selfApprovalAttempts)} refused.`,
    next: 'Talk to those who tried: perhaps too few people may approve.',
    section: 'elevations',
  };
}

/** What was lent for nothing. */
export function neverUsed({ totals }: Report): Highlight | undefined {
  const { approved, approvedNeverUsed, sessions, sessionsNeverUsed } = totals;
  const parts = [
    approvedNeverUsed > 0
      ? `${grouped(approvedNeverUsed)} of ${counted(approved, 'approved elevation')}`
      : '',
    sessionsNeverUsed > 0
      ? `${grouped(sessionsNeverUsed)} of ${counted(sessions, 'set')} of credentials`
      : '',
  ].filter((words) => words !== '');
  if (parts.length === 0) return undefined;
  return {
    weight: 'note',
    sentence: `${listed(parts)} ${parts.length === 1 ? was(approvedNeverUsed + sessionsNeverUsed) : 'were'} never used.`,
    next: 'Ask for less time, or later: what is not lent cannot be misused.',
    section: 'elevations',
  };
}

/** Elevations that the report before told of with fewer events. */
export function lateEvents({ reopened }: Report): Highlight | undefined {
  if (reopened.length === 0) return undefined;
  return {
    weight: 'note',
    sentence: `Events of ${counted(reopened.length, 'elevation')} came after the report before.`,
    next: 'Read these elevations again: the report before said less of them.',
    section: 'elevations',
  };
}
