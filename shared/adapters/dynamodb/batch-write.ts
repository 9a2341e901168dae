import { setTimeout } from 'node:timers/promises';
import { BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import type { Attributes, Table } from './conditional-write.ts';

/** BatchWriteItem takes so many items at once (DynamoDB API Reference, "BatchWriteItem"). */
const MOST_IN_BATCH = 25;

/** How often items are sent that DynamoDB leaves unprocessed; the pauses between come to 10 seconds at most. */
const MOST_TRIES = 8;
const FIRST_PAUSE_MS = 80;

/** How to wait before trying again. */
export type Retrying = {
  pause(milliseconds: number): Promise<unknown>;
  /** From 0 to below 1. */
  random(): number;
};

/** The machine's clock and chance. */
export const IN_TIME: Retrying = { pause: (milliseconds) => setTimeout(milliseconds), random: Math.random };

/**
 * Puts items whose keys differ, 25 at a time; what DynamoDB leaves unprocessed is sent again after pauses that grow, and
 * in the end it throws. What was written by then stays.
 */
export async function putAll(table: Table, items: readonly Attributes[], retrying: Retrying): Promise<void> {
  for (let from = 0; from < items.length; from += MOST_IN_BATCH) {
    await putBatch(table, items.slice(from, from + MOST_IN_BATCH), retrying);
  }
}

async function putBatch(
  table: Table,
  batch: readonly Attributes[],
  { pause, random }: Retrying,
): Promise<void> {
  let waiting: WriteRequest[] = batch.map((Item) => ({ PutRequest: { Item } }));
  for (let tries = 1; waiting.length > 0; tries++) {
    const { UnprocessedItems = {} } = await table.client.send(
      new BatchWriteItemCommand({ RequestItems: { [table.name]: waiting } }),
    );
    waiting = UnprocessedItems[table.name] ?? [];
    if (waiting.length === 0) return;
    if (tries === MOST_TRIES) throw new Error(leftOver(table.name, waiting.length));
    // Half of it by chance, so that writers that were refused together do not come back together.
    await pause(FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + random() / 2));
  }
}

function leftOver(table: string, count: number): string {
  return `DynamoDB left ${count} items of a batch for ${table} unwritten, ${MOST_TRIES} times: it is throttled. Send the batch again later; what is written already does no harm.`;
}
