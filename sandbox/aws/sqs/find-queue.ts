import { AwsRefusal, type Caller } from '../aws.ts';
import type { Evaluator } from '../evaluate.ts';
import { authorize, because, type Call, type Denial, notAuthorized, type Target } from '../operation.ts';
import type { Queue } from './queue.ts';

/** The queue that a URL names by its last two parts, account and name, if the caller may do this with it. */
export async function queueAt(
  queues: ReadonlyMap<string, Queue>,
  url: string,
  action: string,
  evaluate: Evaluator,
  call: Call,
): Promise<Queue> {
  const [account = '', name = ''] = url.split('/').slice(-2);
  const arn = `arn:aws:sqs:${call.region}:${account}:${name}`;
  await permit(evaluate, call, action, arn, account);
  const queue = queues.get(arn);
  if (queue !== undefined) return queue;
  // SQS Developer Guide, "Interpreting Amazon SQS JSON API responses".
  throw new AwsRefusal('QueueDoesNotExist', 'The specified queue does not exist.', 400);
}

/** The queue with that ARN. */
export function queueByArn(queues: ReadonlyMap<string, Queue>, arn: string): Queue {
  const queue = queues.get(arn);
  if (queue !== undefined) return queue;
  throw new AwsRefusal(
    'ResourceNotFoundException',
    "The resource that you specified for the SourceArn parameter doesn't exist.",
    404,
  );
}

/** Refuses what IAM denies; policies of queues are not modelled. */
export function permit(
  evaluate: Evaluator,
  call: Call,
  action: string,
  arn: string,
  account: string,
): Promise<void> {
  return authorize(evaluate, call, action, { arn, account }, refusal);
}

/** SQS writes the action in small letters the first time. */
function refusal(caller: Caller, action: string, { arn }: Target, verdict: Denial): AwsRefusal {
  const text = notAuthorized(caller, action.toLowerCase(), arn) + because(action, verdict);
  return new AwsRefusal('AccessDeniedException', text, 403);
}
