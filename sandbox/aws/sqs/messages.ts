import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AwsRefusal, type ReceivedMessage } from '../aws.ts';
import type { Queue } from './queue.ts';

/** SendMessage: 1 to 1,048,576 bytes of these characters. */
const MOST_BYTES = 1024 * 1024;
const ALLOWED = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;

/** Strict: what is not modelled, such as message attributes and groups, is refused and not lost. */
const sendInput = z.strictObject({
  QueueUrl: z.string(),
  MessageBody: z
    .string()
    .min(1)
    .refine((it) => Buffer.byteLength(it) <= MOST_BYTES, `A message has at most ${MOST_BYTES} bytes.`),
  DelaySeconds: z.int().min(0).max(900).optional(),
});
const receiveInput = z.object({
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  VisibilityTimeout: z.int().min(0).max(43_200).optional(),
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
});
const handleInput = z.object({ ReceiptHandle: z.string() });
const visibilityInput = handleInput.extend({ VisibilityTimeout: z.int().min(0).max(43_200) });

/** Puts a message into the queue. */
export function send(raw: unknown, queue: Queue): object {
  const { MessageBody, DelaySeconds } = parsed(sendInput, raw);
  if (!ALLOWED.test(MessageBody)) {
    throw new AwsRefusal(
      'InvalidMessageContents',
      'The message contains characters outside the allowed set.',
      400,
    );
  }
  return { MessageId: queue.send(MessageBody, DelaySeconds), MD5OfMessageBody: md5(MessageBody) };
}

/** Messages that can be seen now. It answers at once, however long the caller would wait. */
export function receive(raw: unknown, queue: Queue): object {
  const input = parsed(receiveInput, raw);
  const names = [...input.AttributeNames, ...input.MessageSystemAttributeNames];
  const messages = queue.receive(input.MaxNumberOfMessages, input.VisibilityTimeout);
  return messages.length === 0 ? {} : { Messages: messages.map((it) => messageJson(it, names)) };
}

/** Deletes a message by a receipt; deleting it again changes nothing. */
export function deleteMessage(raw: unknown, queue: Queue): object {
  const { ReceiptHandle } = parsed(handleInput, raw);
  refuseUnknown(queue, ReceiptHandle);
  queue.delete(ReceiptHandle);
  return {};
}

/** Hides a message for longer, or shows it again. */
export function changeVisibility(raw: unknown, queue: Queue): object {
  const { ReceiptHandle, VisibilityTimeout } = parsed(visibilityInput, raw);
  refuseUnknown(queue, ReceiptHandle);
  if (queue.stateOf(ReceiptHandle) !== 'in-flight') {
    throw new AwsRefusal('MessageNotInflight', "The specified message isn't in flight.", 400);
  }
  queue.changeVisibility(ReceiptHandle, VisibilityTimeout);
  return {};
}

function refuseUnknown(queue: Queue, handle: string): void {
  if (queue.stateOf(handle) !== 'unknown') return;
  throw new AwsRefusal('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.', 404);
}

function messageJson(
  { messageId, receiptHandle, body, attributes }: ReceivedMessage,
  names: readonly string[],
) {
  const wanted = Object.entries(attributes).filter(([name]) => names.includes('All') || names.includes(name));
  return {
    MessageId: messageId,
    ReceiptHandle: receiptHandle,
    Body: body,
    MD5OfBody: md5(body),
    ...(wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) }),
  };
}

/** The SDK verifies it. */
function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function parsed<Shape extends z.ZodType>(shape: Shape, raw: unknown): z.output<Shape> {
  const result = shape.safeParse(raw);
  if (!result.success)
    throw new AwsRefusal('InvalidParameterValueException', z.prettifyError(result.error), 400);
  return result.data;
}
