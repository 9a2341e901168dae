import { createHash } from 'node:crypto';
import type { ReceivedMessage } from '../aws/aws.ts';
import type { QueueSource } from '../hub/event-source.ts';
import { type BatchAnswer, readBatchAnswer } from './batch-answer.ts';
import type { EventSourceOptions, Reader } from './reader.ts';

/**
 * Polls a queue as Lambda does: what succeeded is deleted, and the rest comes back after the visibility timeout or goes
 * where the queue's redrive policy says (developer guide, "Using Lambda with Amazon SQS").
 */
export function queueReader(source: QueueSource, { hub, invoke, queues }: EventSourceOptions): Reader {
  const queue = queues.get(source.arn);
  if (queue === undefined) throw new Error(`The sandbox has no queue ${source.arn}, which wakes a function.`);
  const eventOf = (messages: readonly ReceivedMessage[]) => ({
    Records: messages.map((message) => recordOf(message, source.arn, hub.region)),
  });
  return async () => {
    let delivered = 0;
    for (
      let batch = queue.receive(source.batchSize);
      batch.length > 0;
      batch = queue.receive(source.batchSize)
    ) {
      const ids = batch.map(({ messageId }) => messageId);
      const answer = readBatchAnswer(await invoke(source.wakes, eventOf(batch)), source.reportsFailures, ids);
      for (const { receiptHandle } of batch.filter((message) => succeeded(message, answer))) {
        queue.delete(receiptHandle);
      }
      delivered += batch.length;
    }
    return delivered;
  };
}

function succeeded({ messageId }: ReceivedMessage, answer: BatchAnswer): boolean {
  switch (answer.kind) {
    case 'succeeded':
      return true;
    case 'failed':
      return false;
    case 'partial':
      return !answer.failed.has(messageId);
    default:
      return answer satisfies never;
  }
}

function recordOf(message: ReceivedMessage, eventSourceARN: string, awsRegion: string) {
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: message.attributes,
    messageAttributes: {},
    md5OfBody: createHash('md5').update(message.body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion,
  };
}
