import type { Report } from '../domain/report/report.ts';
import type { Highlight } from './highlight.ts';
import {
  aroundTheBroker,
  changedRoles,
  changedTrails,
  damagedRecords,
  notInTrail,
  standing,
  usedTooLate,
} from './highlights-of-access.ts';
import { damagedTrail, unusedPower, unusedRest } from './highlights-of-permissions.ts';
import { emergencies, lateEvents, neverUsed, ownApprovals } from './highlights-of-use.ts';

/**
 * Worst first: what came round the side, then records changed by hand, who else can come, what went on after its end, what
 * was changed, what cannot be seen, and last what nobody needed.
 */
const IN_ORDER: readonly ((report: Report) => Highlight | undefined)[] = [
  aroundTheBroker,
  damagedRecords,
  (report) => standing(report, 'unconditional'),
  usedTooLate,
  notInTrail,
  changedTrails,
  changedRoles,
  damagedTrail,
  emergencies,
  ownApprovals,
  unusedPower,
  (report) => standing(report, 'conditional'),
  neverUsed,
  unusedRest,
  lateEvents,
];

/** Everything that stands out in a report, what matters most first. */
export function highlightsOf(report: Report): readonly Highlight[] {
  return IN_ORDER.map((highlight) => highlight(report)).filter((found) => found !== undefined);
}

/** So many are shown first, on the page and in Slack. */
export const SHOWN_FIRST = 3;
