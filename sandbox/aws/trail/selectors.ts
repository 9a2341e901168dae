import type { EventSelector, FieldSelector } from '../aws.ts';
import type { TrailRecord } from './trail.ts';

/** Whether a trail with these selectors records it: all fields of one of them hold (CloudTrail API, "AdvancedEventSelector"). */
export function selects(selectors: readonly EventSelector[], record: TrailRecord): boolean {
  return selectors.some(({ FieldSelectors }) => holdsFor(FieldSelectors, record));
}

/** Fields of resources must hold for one and the same resource. */
function holdsFor(fields: readonly FieldSelector[], record: TrailRecord): boolean {
  const ofResources = fields.filter(({ Field }) => Field.startsWith('resources.'));
  const others = fields.filter((it) => !ofResources.includes(it));
  if (!others.every((it) => holds(it, fieldOf(record, it.Field)))) return false;
  if (ofResources.length === 0) return true;
  return (record.resources ?? []).some((resource) => {
    const values = new Map([
      ['resources.type', resource.type],
      ['resources.ARN', resource.ARN ?? resource.ARNPrefix],
    ]);
    return ofResources.every((it) => holds(it, values.get(it.Field)));
  });
}

function fieldOf(record: TrailRecord, field: string): string | undefined {
  const value = record[field];
  return value === undefined ? undefined : String(value);
}

/** Any of what includes, and none of what leaves out ("How CloudTrail evaluates multiple conditions for a field"). */
function holds(field: FieldSelector, value = ''): boolean {
  const is = (it: string) => value === it;
  const starts = (it: string) => value.startsWith(it);
  const ends = (it: string) => value.endsWith(it);
  const includes = [field.Equals?.some(is), field.StartsWith?.some(starts), field.EndsWith?.some(ends)];
  const leavesOut =
    field.NotEquals?.some(is) || field.NotStartsWith?.some(starts) || field.NotEndsWith?.some(ends);
  return (includes.includes(true) || includes.every((it) => it === undefined)) && !leavesOut;
}
