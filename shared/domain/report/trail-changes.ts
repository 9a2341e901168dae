import { mayHaveChanged } from '../trail/trail-change.ts';
import type { Period } from './report.ts';
import type { RoleEvidence } from './story.ts';

/**
 * Whether some trail may have recorded less in the period than it does now. NB. What the trails record is read when the report
 * is made: that speaks for a time in which nobody changed them, and for no hour before or after a change.
 */
export function isTrailChanged({ trailChanges }: RoleEvidence, { from }: Period): boolean {
  return trailChanges.some((change) => change.at >= from && mayHaveChanged(change));
}
