import { AwsRefusal } from '../aws.ts';
import { queueByArn } from './find-queue.ts';
import type { Queue } from './queue.ts';

/**
 * Moves the dead letters of a queue to the destination, or each to the queue that it came from, as new messages
 * (StartMessageMoveTask). `permit` refuses a queue that the caller may not send to; then nothing has moved.
 */
export async function moveBack(
  queues: ReadonlyMap<string, Queue>,
  source: Queue,
  destination: Queue | undefined,
  permit: (queue: Queue) => Promise<unknown>,
): Promise<void> {
  const feeding = [...queues.values()].filter(({ of }) => of.redrive?.deadLetterArn === source.arn);
  if (feeding.length === 0 && destination === undefined) {
    throw new AwsRefusal(
      'InvalidParameterValueException',
      'Source queue must be configured as a Dead Letter Queue.',
      400,
    );
  }
  for (const queue of destination === undefined ? feeding : [destination]) await permit(queue);
  for (const { body, cameFrom } of source.drain()) {
    const target = destination ?? (cameFrom === undefined ? source : queueByArn(queues, cameFrom));
    target.send(body);
  }
}
