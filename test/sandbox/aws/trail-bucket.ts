import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Deployment } from '../../../sandbox/world/world.ts';
import { allow, role, type Story } from './story.ts';

/** Where the trail of the story delivers. */
export const TRAIL_BUCKET = 'drawbridge-sandbox-trail-222222222222-us-east-1';
/** The organization of the story. */
export const ORGANIZATION = 'o-exampleorgid';

const HUB = '222222222222';
const QUEUE = `arn:aws:sqs:us-east-1:${HUB}:trail`;

/** What a hub adds to the story for its trail: the bucket, and the queue that two rules fill. */
export const TRAIL_DEPLOYMENT: Omit<Deployment, 'roles' | 'keys'> = {
  buckets: [{ account: HUB, name: TRAIL_BUCKET, eventBridge: true }],
  queues: [{ account: HUB, name: 'trail', arn: QUEUE, visibilitySeconds: 60, delaySeconds: 0 }],
  rules: [
    {
      account: HUB,
      region: 'us-east-1',
      name: 'files',
      pattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [TRAIL_BUCKET] } },
      },
      takesReadOnlyEvents: false,
      queueArns: [QUEUE],
    },
  ],
};

/** A role of the hub that may read everything. */
export const READER = role(HUB, 'Reader', allow(['s3:*', 'cloudtrail:*']));

/** The reader's S3. */
export function readerS3(story: Story): S3Client {
  return story.s3(story.aws.functionCredentials(`arn:aws:iam::${HUB}:role/Reader`, 'test'));
}

/** The bodies of the messages that wait in the queue. */
export function queued(story: Story): { readonly detail: Readonly<Record<string, unknown>> }[] {
  return (story.aws.queues.get(QUEUE)?.messages() ?? []).map(({ body }) => JSON.parse(body));
}

/** A file of the bucket: what it holds, and its metadata. */
export async function fileAt(
  s3: S3Client,
  Key: string,
): Promise<{ readonly text: string; readonly metadata: Readonly<Record<string, string>> }> {
  const { Body, Metadata = {} } = await s3.send(new GetObjectCommand({ Bucket: TRAIL_BUCKET, Key }));
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  return { text: gunzipSync(bytes).toString('utf8'), metadata: Metadata };
}
