import { EventBridgeClient, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { SubjectEvent } from '../../domain/subject.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import { batchesOf } from './batches.ts';
import { detailOf } from './event-detail.ts';
import { sendBatch } from './send-batch.ts';

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
