import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { inBatches, MOST_TRIES, type Retrying } from './batches.ts';
import { type Attributes, attributes, type Table } from './conditional-write.ts';
import type { Key } from './keys.ts';

/** BatchGetItem takes so many keys at once (DynamoDB API Reference, "BatchGetItem"). */
const MOST_IN_BATCH = 100;

/**
 * The items with these keys, which differ, read consistently, 100 at a time and in no order; without those that there are
 * none of. What DynamoDB leaves unread is asked for again after pauses that grow, and in the end it throws.
 */
export async function readAll(
  table: Table,
  keys: readonly Key[],
  retrying: Retrying,
): Promise<readonly Attributes[]> {
  const found: Attributes[] = [];
  const send = async (Keys: Attributes[]) => {
    const { Responses = {}, UnprocessedKeys = {} } = await table.client.send(
      new BatchGetItemCommand({ RequestItems: { [table.name]: { Keys, ConsistentRead: true } } }),
    );
    found.push(...(Responses[table.name] ?? []));
    return UnprocessedKeys[table.name]?.Keys ?? [];
  };
  const asked = keys.map((key) => attributes(key));
  await inBatches(asked, MOST_IN_BATCH, send, retrying, (left) => unread(table.name, left));
  return found;
}

function unread(table: string, count: number): string {
  return `DynamoDB left ${count} items of ${table} unread, ${MOST_TRIES} times: it is throttled. Try again later, or raise what the table may read at once.`;
}
