import { setTimeout } from 'node:timers/promises';
import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { SubjectEvent } from '../../domain/subject.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import { batchesOf } from './batches.ts';
import { detailOf } from './event-detail.ts';

/** How often the entries are sent that EventBridge does not take. */
const MOST_TRIES = 3;

/**
 * Sends events to an EventBridge bus: source `drawbridge`, the event's type as the detail type. The bus promises no
 * order; the events of a subject are numbered. Region, credentials and endpoint come from the SDK's own variables.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function eventBridgeBus(name: string, { pauseMs = 200 } = {}): EventBus {
  const client = new EventBridgeClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
  return {
    async send(events) {
      for (const batch of batchesOf(events.map((said) => entryOf(said, name)))) {
        await sendBatch(client, batch, pauseMs);
      }
    },
  };
}

function entryOf(said: SubjectEvent, bus: string): PutEventsRequestEntry {
  const { event } = said;
  return {
    EventBusName: bus,
    Source: 'drawbridge',
    DetailType: event.type,
    Detail: canonicalJson(detailOf(said)),
    Time: new Date(event.at),
    ...(event.type === 'requested' ? { Resources: [event.request.roleArn] } : {}),
  };
}

type Failed = { readonly entry: PutEventsRequestEntry; readonly code: string };

async function sendBatch(
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
