import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';

/** API_PutEvents: "Array Members: Minimum number of 1 item. Maximum number of 10 items." */
const MOST_ENTRIES = 10;

/**
 * What all entries of a call may have together: the smaller of the limits in force, those of the Regions in which it was
 * not raised to 1 MB. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 */
const MOST_BYTES = 256 * 1024;

/** Entries in calls that EventBridge takes, in order; an entry that is too large alone is left to its judgement. */
export function batchesOf(
  entries: readonly PutEventsRequestEntry[],
): readonly (readonly PutEventsRequestEntry[])[] {
  const batches: PutEventsRequestEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const batch = batches.at(-1);
    const size = sizeOf(entry);
    if (batch !== undefined && batch.length < MOST_ENTRIES && bytes + size < MOST_BYTES) {
      batch.push(entry);
      bytes += size;
    } else {
      batches.push([entry]);
      bytes = size;
    }
  }
  return batches;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html: a time counts as 14 bytes. */
function sizeOf({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: PutEventsRequestEntry) {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : 14);
}
