import type { StreamRecord } from '../dynamodb/table-stream.ts';
import type { KeyFilter } from '../hub/event-source.ts';

/**
 * Whether a record passes: patterns are alternatives, the members of one must all fit (Lambda developer guide, "Control
 * which events Lambda sends to your function"). Other patterns than these are refused where the template is read.
 */
export function passes(record: StreamRecord, filters: readonly KeyFilter[]): boolean {
  return filters.length === 0 || filters.some((filter) => fits(record, filter));
}

function fits({ dynamodb }: StreamRecord, filter: KeyFilter): boolean {
  return Object.entries(filter).every(([name, texts]) => {
    const text = dynamodb.Keys[name]?.['S'];
    return typeof text === 'string' && texts.includes(text);
  });
}
