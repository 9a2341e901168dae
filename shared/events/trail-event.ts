import { gunzipSync } from 'node:zlib';
import { jsonIn } from '../domain/json-in.ts';
import type { TrailFile } from '../ports/trail-files.ts';
import { notifiedFiles } from './notified-files.ts';

/** What an event source brings: log files that have arrived, or records themselves. */
export type TrailContents = {
  readonly files: readonly TrailFile[];
  /** As JSON has them, not parsed yet. */
  readonly records: readonly unknown[];
  /** The files come from a letter: they could not be read before. */
  readonly again?: true;
};

/** A batch of CloudWatch Logs, unpacked, is at most so large: a subscription sends less than 1 MB packed. */
const LARGEST_BATCH_BYTES = 64 * 1024 * 1024;

/**
 * What an event holds, whichever way it comes: a notification of S3 (by itself, through EventBridge, SNS or SQS), an event
 * of the bus "via CloudTrail", or a batch of CloudWatch Logs. Undefined where it is none of these.
 */
export function contentsOf(event: unknown): TrailContents | undefined {
  if (!isObject(event)) return undefined;
  if (isObject(event['awslogs'])) return logsBatch(event['awslogs']['data']);
  if (isViaCloudTrail(event)) return { files: [], records: [event['detail']] };
  const laidAside = fileOfLetter(event);
  if (laidAside !== undefined) return { files: [laidAside], records: [], again: true };
  const files = notifiedFiles(event);
  return files === undefined ? undefined : { files, records: [] };
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
function isViaCloudTrail(event: Readonly<Record<string, unknown>>): boolean {
  const type = event['detail-type'];
  return typeof type === 'string' && type.endsWith(' via CloudTrail');
}

/** A letter about a file that was laid aside and has been sent to the queue again. */
function fileOfLetter({ bucket, key }: Readonly<Record<string, unknown>>): TrailFile | undefined {
  return typeof bucket === 'string' && typeof key === 'string' ? { bucket, key } : undefined;
}

/**
 * Base64 of gzip of JSON, whose messages are records; control messages hold none.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
function logsBatch(data: unknown): TrailContents | undefined {
  const batch = typeof data === 'string' ? unpacked(data) : undefined;
  if (!isObject(batch)) return undefined;
  if (batch['messageType'] === 'CONTROL_MESSAGE') return { files: [], records: [] };
  const events = batch['logEvents'];
  if (!Array.isArray(events)) return undefined;
  return {
    files: [],
    records: events.map(recordIn),
  };
}

/** What is no JSON is left as it is, so that it can be laid aside with its text. */
function recordIn(event: unknown): unknown {
  const message = isObject(event) ? event['message'] : undefined;
  return jsonIn(message) ?? message ?? null;
}

function unpacked(data: string): unknown {
  try {
    const bytes = gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: LARGEST_BATCH_BYTES });
    return jsonIn(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
