import { jsonIn } from '../domain/json-in.ts';
import type { TrailFile } from '../ports/trail-files.ts';

type Members = Readonly<Record<string, unknown>>;

/** Of what wraps a notification: a body of SQS, that of SNS in it, and the notification. */
const MOST_WRAPPINGS = 4;

/**
 * The files that a notification of S3 tells of, whichever way it came: from S3 itself, as the message of SNS, as the body of
 * SQS, or as an event "Object Created" of EventBridge. Undefined where it is no such notification; of other events of a
 * bucket, and of the test that S3 makes when notifications are set up, there are none.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function notifiedFiles(event: unknown): readonly TrailFile[] | undefined {
  return filesIn(event, MOST_WRAPPINGS);
}

function filesIn(event: unknown, depth: number): readonly TrailFile[] | undefined {
  if (!isObject(event) || depth === 0) return undefined;
  if (event['Event'] === 's3:TestEvent') return [];
  if (event['source'] === 'aws.s3') return filesOfBusEvent(event);
  const wrapped = wrappedIn(event);
  if (wrapped !== undefined) return filesIn(jsonIn(wrapped), depth - 1);
  const records = event['Records'];
  if (!Array.isArray(records)) return undefined;
  return allOrNone(records.map((record) => filesOfRecord(record, depth)));
}

/** The text in a message of SQS, in one of SNS, and in what SNS hands to Lambda. */
function wrappedIn(message: Members): string | undefined {
  const sns = message['Sns'];
  if (isObject(sns)) return textOf(sns['Message']);
  if (message['Type'] === 'Notification') return textOf(message['Message']);
  return textOf(message['body']);
}

/** Keys are URL-encoded here, with + for a space. */
function filesOfRecord(record: unknown, depth: number): readonly TrailFile[] | undefined {
  if (!isObject(record)) return undefined;
  const { s3 } = record;
  if (!isObject(s3)) return wrappedIn(record) === undefined ? undefined : filesIn(record, depth - 1);
  if (!textOf(record['eventName'])?.startsWith('ObjectCreated:')) return [];
  const file = fileOf(s3);
  const key = file && decoded(file.key);
  return file && key !== undefined ? [{ ...file, key }] : undefined;
}

/** Keys are as they are here. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
function filesOfBusEvent(event: Members): readonly TrailFile[] | undefined {
  if (event['detail-type'] !== 'Object Created') return [];
  const file = isObject(event['detail']) ? fileOf(event['detail']) : undefined;
  return file && [file];
}

function fileOf({ bucket, object }: Members): TrailFile | undefined {
  const name = isObject(bucket) ? textOf(bucket['name']) : undefined;
  const key = isObject(object) ? textOf(object['key']) : undefined;
  return name === undefined || key === undefined ? undefined : { bucket: name, key };
}

/** Undefined where any is: half of a notification is not to be taken for the whole. */
function allOrNone<T>(parts: readonly (readonly T[] | undefined)[]): readonly T[] | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length ? known.flat() : undefined;
}

function decoded(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
