import type { Queue } from './queue.ts';

/** Those attributes of a queue that are asked for, as texts; `All` asks for all that are modelled. */
export function attributesOf(queue: Queue, names: readonly string[]): Readonly<Record<string, string>> {
  const all = Object.entries(allOf(queue));
  return Object.fromEntries(names.includes('All') ? all : all.filter(([name]) => names.includes(name)));
}

function allOf(queue: Queue): Readonly<Record<string, string>> {
  const { visibilitySeconds, delaySeconds, redrive } = queue.of;
  const { visible, inFlight, delayed } = queue.counts();
  const policy = redrive && {
    deadLetterTargetArn: redrive.deadLetterArn,
    maxReceiveCount: redrive.maxReceiveCount,
  };
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    VisibilityTimeout: String(visibilitySeconds),
    DelaySeconds: String(delaySeconds),
    ...(policy === undefined ? {} : { RedrivePolicy: JSON.stringify(policy) }),
  };
}
