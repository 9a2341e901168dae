import { setTimeout } from 'node:timers/promises';
import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';

/** How often the entries are sent that EventBridge does not take. */
const MOST_TRIES = 3;

type Failed = { readonly entry: PutEventsRequestEntry; readonly code: string };

/** Sends a batch; what is not taken is sent again after a pause, and in the end it throws. */
export async function sendBatch(
  client: EventBridgeClient,
  batch: readonly PutEventsRequestEntry[],
  pauseMs: number,
): Promise<void> {
  let failed = await sendOnce(client, batch);
  for (let tries = 1; failed.length > 0 && tries < MOST_TRIES; tries++) {
    await setTimeout(pauseMs * tries);
    failed = await sendOnce(
      client,
      failed.map(({ entry }) => entry),
    );
  }
  if (failed.length === 0) return;
  const codes = [...new Set(failed.map(({ code }) => code))].join(', ');
  throw new Error(`EventBridge does not take ${failed.length} of ${batch.length} events: ${codes}.`);
}

/** NB. The call succeeds where entries fail; the answer lists them in the order of the request. */
async function sendOnce(
  client: EventBridgeClient,
  entries: readonly PutEventsRequestEntry[],
): Promise<readonly Failed[]> {
  const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [...entries] }));
  return entries.flatMap((entry, index) => failureOf(entry, Entries[index]));
}

/** An entry is taken where it has got an id. */
function failureOf(
  entry: PutEventsRequestEntry,
  result: PutEventsResultEntry | undefined,
): readonly Failed[] {
  return result?.EventId === undefined ? [{ entry, code: result?.ErrorCode ?? 'NoAnswer' }] : [];
}
