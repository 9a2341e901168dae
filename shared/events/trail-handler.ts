import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { jsonIn } from '../domain/json-in.ts';
import { parseTrailKey } from '../domain/trail/file-name.ts';
import type { DeadLetter, DeadLetters } from '../ports/dead-letters.ts';
import type { Log } from '../ports/log.ts';
import { type FileRead, type TrailFile, UnreadableFile } from '../ports/trail-files.ts';
import type { Delivery } from '../ports/usage-store.ts';
import { contentsOf, type TrailContents } from './trail-event.ts';

/** What the handler works with. */
export type TrailEdge = {
  /** Throws an `UnreadableFile` where it is none. */
  readonly takeFile: (file: TrailFile) => Promise<FileRead & { readonly kept: number }>;
  /** Takes records as JSON has them; those that are none come back with what is wrong with them. */
  readonly takeRecords: (records: readonly unknown[]) => Promise<readonly DeadLetter[]>;
  readonly noteDeliveries: (deliveries: readonly Delivery[]) => Promise<void>;
  readonly checkSessions: () => Promise<void>;
  readonly deadLetters: DeadLetters;
  readonly log: Log;
};

/** A message of SQS takes 256 KB, and a character that JSON must escape comes to six bytes. */
const MOST_OF_EVENT = 40_000;

/** What is not begun with so much time left stays in the queue: a large file takes a minute. */
const ENOUGH_MS = 90_000;

/**
 * Handles notifications of log files and records that come by themselves. What can never be read goes to the dead
 * letters, with the reason, and the rest of the batch goes on; what fails for now stays in the queue.
 */
export function trailHandler(
  edge: TrailEdge,
): (event: unknown, context: Context) => Promise<SQSBatchResponse | undefined> {
  return async (event, context) => {
    if (isSchedule(event)) {
      await edge.checkSessions();
      return undefined;
    }
    if (!isQueueBatch(event)) {
      await handle(edge, contentsOf(event), { name: 'event', text: JSON.stringify(event), isAgain: false });
      return undefined;
    }
    const failed: string[] = [];
    for (const message of event.Records) {
      const isEnough = context.getRemainingTimeInMillis() > ENOUGH_MS;
      if (!isEnough || !(await isHandled(edge, message))) failed.push(message.messageId);
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

function isSchedule(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'source' in event && event.source === 'aws.events';
}

function isQueueBatch(event: unknown): event is SQSEvent {
  if (typeof event !== 'object' || event === null || !('Records' in event)) return false;
  const [first] = Array.isArray(event.Records) ? event.Records : [];
  return first?.eventSource === 'aws:sqs';
}

/** Whether nothing is left to do with the message. */
async function isHandled(edge: TrailEdge, { messageId, body, attributes }: SQSRecord): Promise<boolean> {
  try {
    const isAgain = Number(attributes.ApproximateReceiveCount) > 1;
    await handle(edge, contentsOf(jsonIn(body)), { name: messageId, text: body, isAgain });
    return true;
  } catch (error) {
    edge.log('error', 'trail-not-taken', { message: messageId, reason: messageOf(error) });
    return false;
  }
}

/** A message as it came; `isAgain` where it was handled before, and not to the end. */
type Message = { readonly name: string; readonly text: string; readonly isAgain: boolean };

async function handle(
  edge: TrailEdge,
  contents: TrailContents | undefined,
  { name, text, isAgain }: Message,
): Promise<void> {
  if (contents === undefined) {
    return layAside(edge, {
      reason: 'unknown-event',
      detail: `The message ${name} is no notification of a log file, no event of CloudTrail and no batch of its log.`,
      event: text,
    });
  }
  for (const file of contents.files) await handleFile(edge, file, isAgain || contents.again === true);
  if (contents.records.length === 0) return;
  for (const letter of await edge.takeRecords(contents.records)) await layAside(edge, letter);
}

async function handleFile(edge: TrailEdge, file: TrailFile, isAgain: boolean): Promise<void> {
  const named = parseTrailKey(file.key);
  if (named === undefined) return edge.log('info', 'not-a-log-file', file);
  const { kind, ...where } = named;
  if (kind === 'insight') return edge.log('info', 'insight-skipped', file);
  if (kind === 'digest') return edge.noteDeliveries([{ ...where, kind }]);
  const state = { ...where, file: file.key.slice(file.key.lastIndexOf('/') + 1) };
  // Before it is tried again: a file that is too much for the function ends it, and must not be taken for one that was read.
  if (isAgain) await edge.noteDeliveries([{ ...state, kind: 'unread' }]);
  if (await isTaken(edge, file))
    return edge.noteDeliveries([
      { ...where, kind },
      ...(isAgain ? [{ ...state, kind: 'mended' } as const] : []),
    ]);
  if (!isAgain) await edge.noteDeliveries([{ ...state, kind: 'unread' }]);
}

/** Whether the file could be read. */
async function isTaken(edge: TrailEdge, file: TrailFile): Promise<boolean> {
  try {
    const { records, kept, skipped } = await edge.takeFile(file);
    edge.log('info', 'log-file-taken', { ...file, records, kept, ...skipped });
    return true;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    await layAside(edge, { ...file, reason: error.reason, detail: error.message });
    return false;
  }
}

/** NB. The letter keeps what came, and the log does not: callers' own texts stand in it. */
async function layAside({ deadLetters, log }: TrailEdge, letter: DeadLetter): Promise<void> {
  const { event, ...facts } = letter;
  log('error', 'laid-aside', facts);
  await deadLetters.add(event === undefined ? facts : { ...facts, event: beginningOf(event) });
}

/** As much as a message takes, without the two characters that none may have (SQS API Reference, "SendMessage"). */
function beginningOf(event: string): string {
  return event.slice(0, MOST_OF_EVENT).replace(/[\uFFFE\uFFFF]/g, '\uFFFD');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something that is no error was thrown.';
}
