import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { parseTrailKey } from '../domain/trail/file-name.ts';
import type { DeadLetter, DeadLetters } from '../ports/dead-letters.ts';
import type { Log } from '../ports/log.ts';
import { type FileRead, type TrailFile, UnreadableFile } from '../ports/trail-files.ts';
import type { Delivery } from '../ports/usage-store.ts';
import { contentsOf, jsonIn, type TrailContents } from './trail-event.ts';

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
      await handle(edge, contentsOf(event), 'event');
      return undefined;
    }
    const failed: string[] = [];
    for (const { messageId, body } of event.Records) {
      const isEnough = context.getRemainingTimeInMillis() > ENOUGH_MS;
      if (!isEnough || !(await isHandled(edge, messageId, body))) failed.push(messageId);
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
async function isHandled(edge: TrailEdge, messageId: string, body: string): Promise<boolean> {
  try {
    await handle(edge, contentsOf(jsonIn(body)), messageId);
    return true;
  } catch (error) {
    edge.log('error', 'trail-not-taken', { message: messageId, reason: messageOf(error) });
    return false;
  }
}

async function handle(edge: TrailEdge, contents: TrailContents | undefined, name: string): Promise<void> {
  if (contents === undefined) {
    return layAside(edge, {
      reason: 'unknown-event',
      detail: `The message ${name} is no notification of a log file, no event of CloudTrail and no batch of its log.`,
    });
  }
  for (const file of contents.files) await handleFile(edge, file);
  if (contents.records.length === 0) return;
  for (const letter of await edge.takeRecords(contents.records)) await layAside(edge, letter);
}

async function handleFile(edge: TrailEdge, file: TrailFile): Promise<void> {
  const named = parseTrailKey(file.key);
  if (named === undefined) return edge.log('info', 'not-a-log-file', file);
  const { kind, account, region, at } = named;
  if (kind === 'insight') return edge.log('info', 'insight-skipped', file);
  if (kind === 'log' && !(await isTaken(edge, file))) return;
  await edge.noteDeliveries([{ account, region, kind, at }]);
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

async function layAside({ deadLetters, log }: TrailEdge, letter: DeadLetter): Promise<void> {
  log('error', 'laid-aside', letter);
  await deadLetters.add(letter);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something that is no error was thrown.';
}
