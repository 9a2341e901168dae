import { isoSeconds } from '../callers.ts';
import type { TrailRecord } from '../trail/trail.ts';
import type { ServiceEvent } from './default-bus.ts';

/** A call as CloudTrail tells EventBridge of it (EventBridge User Guide, "AWS service events delivered via AWS CloudTrail"). */
export function apiCallEvent(record: TrailRecord, id: string): ServiceEvent {
  return {
    version: '0',
    id,
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${record.eventSource.replace(/\.amazonaws\.com$/, '')}`,
    account: record.recipientAccountId,
    time: record.eventTime,
    region: record.awsRegion,
    resources: [],
    detail: record,
  };
}

/** An object as S3 knows it once it is there. */
export type CreatedObject = {
  readonly bucket: { readonly name: string; readonly account: string };
  readonly key: string;
  readonly size: number;
  /** As in its header, in quotes. */
  readonly etag: string;
  /** An account, or a service's name. */
  readonly requester: string;
  readonly requestId: string;
};

/** "Object Created" (S3 User Guide, "EventBridge event message structure"): the key stands there as it is, not encoded. */
export function objectCreatedEvent(
  object: CreatedObject,
  { id, region, now }: { readonly id: string; readonly region: string; readonly now: number },
): ServiceEvent {
  const { bucket, key, size, etag, requester, requestId } = object;
  return {
    version: '0',
    id,
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: bucket.account,
    time: isoSeconds(now),
    region,
    resources: [`arn:aws:s3:::${bucket.name}`],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: { key, size, etag: etag.replaceAll('"', ''), sequencer: sequencer(now) },
      'request-id': requestId,
      requester,
      'source-ip-address': '127.0.0.1',
      reason: 'PutObject',
    },
  };
}

/** Hexadecimal, and greater for a later put of the same key. */
function sequencer(now: number): string {
  return now.toString(16).toUpperCase().padStart(16, '0');
}
