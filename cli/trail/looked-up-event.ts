import { parseRecord } from '../../shared/adapters/cloudtrail/parse-record.ts';
import type { Sha256 } from '../../shared/domain/hash.ts';
import { jsonIn } from '../../shared/domain/json-in.ts';
import type { TrailRecord } from '../../shared/domain/trail/record.ts';

/** The record in an event that was looked up, or what is wrong with it, as a sentence. */
export function eventIn(json: string, sha256: Sha256): TrailRecord | { readonly fault: string } {
  const record = parseRecord(jsonIn(json), sha256);
  return 'skipped' in record ? { fault: 'It is no API call.' } : record;
}
