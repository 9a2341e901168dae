import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CloudTrailClient, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { logFilesOf } from '../../../sandbox/aws/trail/log-files.ts';
import { assume, issuer, outcomeOf, type Story, startStory, updateApp } from './story.ts';
import {
  fileAt,
  ORGANIZATION,
  queued,
  READER,
  readerS3,
  TRAIL_BUCKET,
  TRAIL_DEPLOYMENT,
} from './trail-bucket.ts';

let story: Story;
beforeEach(async () => {
  story = await startStory({ roles: [READER], more: TRAIL_DEPLOYMENT });
});
afterEach(() => story.stop());

/** The keys of log files, and not those of digests. */
const logFilesIn = (keys: readonly string[]) => keys.filter((key) => key.includes('/CloudTrail/'));

async function recordsIn(keys: readonly string[]): Promise<Readonly<Record<string, unknown>>[]> {
  const files = await Promise.all(keys.map((key) => fileAt(readerS3(story), key)));
  return files.flatMap(({ text }) => JSON.parse(text).Records);
}

// CloudTrail User Guide, "CloudTrail log file names" and, for an organization, "Finding your CloudTrail log files".
test('log files lie in the bucket, named and packed as CloudTrail does, and hold each record once', async () => {
  await assume(story, issuer(story), updateApp());
  const records = [...story.aws.records()];
  const keys = logFilesIn(await story.aws.deliver());
  const named = (account: string) =>
    expect.stringMatching(
      new RegExp(
        `^AWSLogs/${ORGANIZATION}/${account}/CloudTrail/us-east-1/2026/11/24/${account}_CloudTrail_us-east-1_20261124T1200Z_[0-9a-f]{16}\\.json\\.gz$`,
      ),
    );
  expect(keys.toSorted()).toEqual([named('222222222222'), named('999999999999')]);
  expect(await recordsIn(keys)).toEqual(expect.arrayContaining(records));
});

test('a record is delivered once, also where two deliveries are asked for at once', async () => {
  await story.aws.deliver();
  await assume(story, issuer(story), updateApp());
  story.move(3600);
  const [first, second] = await Promise.all([story.aws.deliver(), story.aws.deliver()]);
  expect(first).toHaveLength(2 + 3); // two log files, and a digest file of each account
  expect(second).toEqual([]);
});

test('many records make several files', () => {
  const records = Array.from({ length: 120 }, (_, n) => ({
    ...{ eventTime: '2026-11-24T12:00:00Z', eventSource: 's3.amazonaws.com', eventName: 'ListBuckets' },
    ...{ eventID: `e${n}`, awsRegion: 'us-east-1', recipientAccountId: '222222222222' },
    ...{ readOnly: true, managementEvent: true },
  }));
  const files = logFilesOf(records, 'AWSLogs/', story.now(), randomBytes);
  const sizes = files.map(({ body }) => JSON.parse(gunzipSync(body).toString()).Records.length);
  expect(sizes).toEqual([50, 50, 20]);
  expect(new Set(files.map(({ key }) => key)).size).toBe(3);
});

test('data events are delivered where the trail selects them, and are records all the same', async () => {
  const session = story.s3(await assume(story, issuer(story), updateApp()));
  await session.send(new PutObjectCommand({ Bucket: 'productionapp', Key: 'x', Body: 'x' }));
  await outcomeOf(session.send(new PutObjectCommand({ Bucket: TRAIL_BUCKET, Key: 'x', Body: 'x' })));
  const buckets = (records: readonly Readonly<Record<string, unknown>>[]) =>
    records.map((it) => Object(it['requestParameters']).bucketName).filter((it) => it !== undefined);
  const keys = logFilesIn(await story.aws.deliver());
  expect(buckets(await recordsIn(keys))).toEqual(['productionapp']);
  expect(buckets(story.aws.records())).toContain(TRAIL_BUCKET);
});

// S3 User Guide, "EventBridge event message structure".
test('S3 tells EventBridge of each file', async () => {
  await assume(story, issuer(story), updateApp());
  const keys = await story.aws.deliver();
  const events = queued(story);
  expect(events.map(({ detail }) => Object(detail['object']).key)).toEqual(keys);
  expect(events[0]).toEqual({
    version: '0',
    id: expect.any(String),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '222222222222',
    time: '2026-11-24T12:00:00Z',
    region: 'us-east-1',
    resources: [`arn:aws:s3:::${TRAIL_BUCKET}`],
    detail: {
      version: '0',
      bucket: { name: TRAIL_BUCKET },
      object: {
        key: keys[0],
        size: expect.any(Number),
        etag: expect.stringMatching(/^[0-9a-f]{32}$/),
        sequencer: expect.stringMatching(/^[0-9A-F]{16}$/),
      },
      'request-id': expect.any(String),
      requester: 'cloudtrail.amazonaws.com',
      'source-ip-address': '127.0.0.1',
      reason: 'PutObject',
    },
  });
});

test('S3 tells of what anybody puts there, with the size of the object', async () => {
  const put = { Bucket: TRAIL_BUCKET, Key: 'a b', Body: 'four', ChecksumAlgorithm: 'SHA256' } as const;
  await readerS3(story).send(new PutObjectCommand(put));
  expect(queued(story)[0]?.detail).toMatchObject({
    object: { key: 'a b', size: 4 },
    requester: '222222222222',
  });
});

test('without the bucket nothing is delivered there, and the trail says why; a folder gets the files still', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trail-'));
  const bare = await startStory({ roles: [READER], trailDirectory: folder });
  try {
    await assume(bare, issuer(bare), updateApp());
    const [key = ''] = await bare.aws.deliver();
    expect(existsSync(join(folder, key))).toBe(true);
    const reader = bare.aws.functionCredentials('arn:aws:iam::222222222222:role/Reader', 'test');
    const status = new GetTrailStatusCommand({ Name: 'organization' });
    expect(await new CloudTrailClient(bare.client(reader)).send(status)).toMatchObject({
      IsLogging: true,
      LatestDeliveryError: 'NoSuchBucket',
    });
  } finally {
    await bare.stop();
    await rm(folder, { recursive: true });
  }
});
