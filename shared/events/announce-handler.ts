import type {
  Context,
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import type { Announced } from '../app/announce.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { Subject } from '../domain/subject.ts';
import type { AnnounceQueue } from '../ports/announce-queue.ts';
import type { Log } from '../ports/log.ts';

/** What the handler works with. */
export type AnnounceEdge = {
  readonly announce: (subject: Subject) => Promise<Announced>;
  readonly queue: AnnounceQueue;
  /** The subject of a key of the table; undefined where the item has none. */
  readonly subjectOfKey: (key: { readonly pk: string; readonly sk: string }) => Subject | undefined;
  /** The subject in a message of the queue; undefined where it holds none. */
  readonly subjectOfMessage: (body: string) => Subject | undefined;
  readonly log: Log;
};

type Batch = DynamoDBStreamEvent | SQSEvent;
type BatchResponse = DynamoDBBatchResponse | SQSBatchResponse;

/** What is not begun with so much time left goes to the queue: a message can take Slack seconds. */
const ENOUGH_MS = 15_000;

/** Another announcer has the subject, and may have read it before this event. */
const BUSY_SECONDS = 30;

/** A subject that cannot be told. */
const FAILED_SECONDS = 60;

/**
 * Handles batches of the table's stream and of the queue. Records only name subjects. Of the stream, a subject that
 * cannot be told now goes to the queue, so that it never blocks a shard; only what the queue does not take is answered
 * as failed. Of the queue, it stays there, and ends in the dead letters.
 */
export function announceHandler(
  edge: AnnounceEdge,
): (event: Batch, context: Context) => Promise<BatchResponse> {
  return async (event, context) => {
    const isEnough = () => context.getRemainingTimeInMillis() > ENOUGH_MS;
    const items = event.Records.map((record) => itemOf(edge, record));
    const failed: string[] = [];
    for (const [, [first, ...others]] of Map.groupBy(items, ({ name }) => name)) {
      if (first === undefined || (await isHandled(edge, first, isEnough()))) continue;
      failed.push(...[first, ...others].map(({ identifier }) => identifier));
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** A record with the subject that it names; several of one batch can name the same. */
type Item = {
  readonly name: string;
  readonly identifier: string;
  readonly from: 'stream' | 'queue';
  readonly subject: Subject | undefined;
};

function itemOf(edge: AnnounceEdge, record: Batch['Records'][number]): Item {
  if ('body' in record) {
    const subject = edge.subjectOfMessage(record.body);
    return { name: nameOf(subject), identifier: record.messageId, from: 'queue', subject };
  }
  const subject = edge.subjectOfKey(keyOf(record));
  return {
    name: nameOf(subject),
    identifier: record.dynamodb?.SequenceNumber ?? '',
    from: 'stream',
    subject,
  };
}

function nameOf(subject: Subject | undefined): string {
  return canonicalJson(subject ?? null);
}

function keyOf({ dynamodb }: DynamoDBRecord): { readonly pk: string; readonly sk: string } {
  return { pk: dynamodb?.Keys?.['pk']?.S ?? '', sk: dynamodb?.Keys?.['sk']?.S ?? '' };
}

/** Whether nothing is left to do with the record. */
async function isHandled(edge: AnnounceEdge, item: Item, isEnoughTime: boolean): Promise<boolean> {
  const { subject, from } = item;
  if (subject === undefined) {
    edge.log('error', 'nothing-to-announce', { from, identifier: item.identifier });
    return from === 'stream'; // a message that names nothing belongs among the dead letters
  }
  if (!isEnoughTime) return from === 'stream' && isQueued(edge, subject, 0);
  const delay = await delayAfter(edge, subject);
  if (delay === undefined) return true;
  return from === 'stream' && isQueued(edge, subject, delay);
}

/** Announces; the seconds after which to try again, undefined where that is not needed. */
async function delayAfter({ announce, log }: AnnounceEdge, subject: Subject): Promise<number | undefined> {
  try {
    return (await announce(subject)) === 'busy' ? BUSY_SECONDS : undefined;
  } catch (error) {
    log('error', 'announcement-failed', { subject: nameOf(subject), reason: messageOf(error) });
    return FAILED_SECONDS;
  }
}

async function isQueued({ queue, log }: AnnounceEdge, subject: Subject, delay: number): Promise<boolean> {
  try {
    await queue.add(subject, delay);
    return true;
  } catch (error) {
    log('error', 'announcement-not-queued', { subject: nameOf(subject), reason: messageOf(error) });
    return false;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something that is no error was thrown.';
}
