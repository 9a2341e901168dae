import type { EventPattern } from '../aws.ts';

type Wanted = Extract<EventPattern[string], readonly unknown[]>[number];

/**
 * Whether an event is as the pattern says (EventBridge User Guide, "Amazon EventBridge event patterns"): every path of
 * the pattern is there, and one of its values; of a list in the event, one element is enough.
 */
export function matches(pattern: EventPattern, event: unknown): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const value = memberOf(event, name);
    return isList(wanted) ? wanted.some((it) => hasValue(it, value)) : matches(wanted, value);
  });
}

function hasValue(wanted: Wanted, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((it) => hasValue(wanted, it));
  if (typeof wanted !== 'object' || wanted === null) return value === wanted;
  return typeof value === 'string' && value.startsWith(wanted.prefix);
}

function memberOf(event: unknown, name: string): unknown {
  return typeof event === 'object' && event !== null
    ? Object.getOwnPropertyDescriptor(event, name)?.value
    : undefined;
}

function isList(wanted: EventPattern[string]): wanted is readonly Wanted[] {
  return Array.isArray(wanted);
}
