import { BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { inBatches, MOST_TRIES, type Retrying } from './batches.ts';
import type { Attributes, Table } from './conditional-write.ts';

/** BatchWriteItem takes so many items at once (DynamoDB API Reference, "BatchWriteItem"). */
const MOST_IN_BATCH = 25;

/**
 * Puts items whose keys differ, 25 at a time; what DynamoDB leaves unprocessed is sent again after pauses that grow, and
 * in the end it throws. What was written by then stays.
 */
export async function putAll(table: Table, items: readonly Attributes[], retrying: Retrying): Promise<void> {
  const requests = items.map((Item): WriteRequest => ({ PutRequest: { Item } }));
  const send = async (batch: WriteRequest[]) => {
    const { UnprocessedItems = {} } = await table.client.send(
      new BatchWriteItemCommand({ RequestItems: { [table.name]: batch } }),
    );
    return UnprocessedItems[table.name] ?? [];
  };
  await inBatches(requests, MOST_IN_BATCH, send, retrying, (left) => unwritten(table.name, left));
}

function unwritten(table: string, count: number): string {
  return `DynamoDB left ${count} items of a batch for ${table} unwritten, ${MOST_TRIES} times: it is throttled. Send the batch again later; what is written already does no harm.`;
}
