import * as z from 'zod';
import { AwsRefusal } from '../aws.ts';
import type { Evaluator } from '../evaluate.ts';
import { newUuid, type Randomness } from '../identifiers.ts';
import type { Call } from '../operation.ts';
import { type JsonOperation, jsonReply, jsonService } from '../protocols/json.ts';
import type { Service } from '../service.ts';
import { attributesOf } from './attributes.ts';
import { permit, queueAt, queueByArn } from './find-queue.ts';
import { changeVisibility, deleteMessage, receive, send } from './messages.ts';
import { moveBack } from './move-task.ts';
import { queryErrorOf } from './query-error.ts';
import type { Queue } from './queue.ts';

const CONTENT_TYPE = 'application/x-amz-json-1.0';

const onQueue = z.object({ QueueUrl: z.string().min(1) });
const attributeNames = onQueue.extend({ AttributeNames: z.array(z.string()).default([]) });
const task = z.object({ SourceArn: z.string(), DestinationArn: z.string().optional() });

type Parts = {
  readonly queues: ReadonlyMap<string, Queue>;
  readonly evaluate: Evaluator;
  readonly random: Randomness;
};

/** Amazon SQS, standard queues: messages, their delays, visibility and dead letters, and moving these back. */
export function createSqs(parts: Parts): Service {
  const operations: Readonly<Record<string, JsonOperation>> = {
    SendMessage: onMessages(parts, 'SendMessage', send),
    ReceiveMessage: onMessages(parts, 'ReceiveMessage', receive),
    DeleteMessage: onMessages(parts, 'DeleteMessage', deleteMessage),
    ChangeMessageVisibility: onMessages(parts, 'ChangeMessageVisibility', changeVisibility),
    GetQueueAttributes: onMessages(parts, 'GetQueueAttributes', (raw, queue) => ({
      Attributes: attributesOf(queue, parsed(attributeNames, raw).AttributeNames),
    })),
    StartMessageMoveTask: startMessageMoveTask(parts),
  };
  const service = jsonService({
    name: 'sqs',
    contentType: CONTENT_TYPE,
    namespace: 'com.amazonaws.sqs#',
    operation: (name) => (Object.hasOwn(operations, name) ? operations[name] : undefined),
  });
  return { ...service, refuse: (refusal, requestId) => withQueryError(service, refusal, requestId) };
}

/** The code of the older protocol stands in a header (SQS Developer Guide, "Interpreting Amazon SQS JSON API responses"). */
function withQueryError(service: Service, refusal: AwsRefusal, requestId: string) {
  const reply = service.refuse(refusal, requestId);
  return { ...reply, headers: { ...reply.headers, 'x-amzn-query-error': queryErrorOf(refusal) } };
}

/** An operation on one queue. SQS logs them as data events (SQS Developer Guide, "Logging … using CloudTrail"). */
function onMessages(
  { queues, evaluate }: Parts,
  name: string,
  handle: (raw: unknown, queue: Queue) => object,
): JsonOperation {
  return {
    event: { readOnly: name.startsWith('Get'), data: true },
    refused: recorded,
    async run(raw, call) {
      const queue = await queueAt(queues, parsed(onQueue, raw).QueueUrl, `sqs:${name}`, evaluate, call);
      const body = handle(raw, queue);
      return {
        reply: jsonReply(200, body, CONTENT_TYPE, call.requestId),
        detail: {
          requestParameters: recorded(raw),
          resources: [{ accountId: queue.of.account, type: 'AWS::SQS::Queue', ARN: queue.arn }],
        },
      };
    },
  };
}

/** Needs the permissions to read the source and to send to where its messages go. The task is done at once. */
function startMessageMoveTask({ queues, evaluate, random }: Parts): JsonOperation {
  const allowed = (call: Call, actions: readonly string[], queue: Queue) =>
    Promise.all(actions.map((action) => permit(evaluate, call, action, queue.arn, queue.of.account)));
  return {
    event: { readOnly: false },
    refused: (raw) => recordedTask(raw),
    async run(raw, call) {
      const { SourceArn, DestinationArn } = parsed(task, raw);
      const source = queueByArn(queues, SourceArn);
      await allowed(call, ['sqs:StartMessageMoveTask', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'], source);
      const destination = DestinationArn === undefined ? undefined : queueByArn(queues, DestinationArn);
      await moveBack(queues, source, destination, (queue) => allowed(call, ['sqs:SendMessage'], queue));
      return {
        reply: jsonReply(200, { TaskHandle: newUuid(random) }, CONTENT_TYPE, call.requestId),
        detail: { requestParameters: recordedTask(raw) },
      };
    },
  };
}

function parsed<Shape extends z.ZodType>(shape: Shape, raw: unknown): z.output<Shape> {
  const result = shape.safeParse(raw);
  if (!result.success)
    throw new AwsRefusal('InvalidParameterValueException', z.prettifyError(result.error), 400);
  return result.data;
}

/** Which queue, and never what is in a message, as with AWS. */
function recorded(raw: unknown) {
  return { queueUrl: onQueue.safeParse(raw).data?.QueueUrl };
}

function recordedTask(raw: unknown) {
  const { data } = task.safeParse(raw);
  return { sourceArn: data?.SourceArn, destinationArn: data?.DestinationArn };
}
