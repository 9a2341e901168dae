import { gzipSync } from 'node:zlib';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { jest } from '@jest/globals';
import { listedKeys } from '../../shared/adapters/digests/public-keys.ts';
import { s3Trail } from '../../shared/adapters/digests/s3-trail.ts';
import { run } from '../cli/run.ts';
import { assume, issuer, type Story, startStory, updateApp } from '../sandbox/aws/story.ts';
import {
  TRAIL_BUCKET as Bucket,
  fileAt,
  READER,
  readerS3,
  TRAIL_DEPLOYMENT,
} from '../sandbox/aws/trail-bucket.ts';

jest.setTimeout(60_000); // hours go by in the sandbox, on machines that may have other work

const HOURS = 4;
const NOTHING = gzipSync(JSON.stringify({ Records: [] }));
let story: Story;
let client: S3Client;
let cloudTrail: CloudTrailClient;
let delivered: readonly string[];

/** A trail into a bucket that its owner may write, with one call in each of some hours. */
beforeEach(async () => {
  story = await startStory({ roles: [READER], more: TRAIL_DEPLOYMENT });
  const keys: string[] = [];
  for (let hour = 0; hour < HOURS; hour++) {
    await assume(story, issuer(story), updateApp());
    keys.push(...(await story.aws.deliver()));
    story.move(3600);
  }
  keys.push(...(await story.aws.deliver()));
  delivered = keys;
  client = readerS3(story);
  const reader = story.aws.functionCredentials('arn:aws:iam::222222222222:role/Reader', 'operator');
  cloudTrail = new CloudTrailClient(story.client(reader));
});
afterEach(async () => {
  client.destroy();
  cloudTrail.destroy();
  await story.stop();
});

async function verified() {
  const { code, out, err } = await run(['trail', 'verify', '--bucket', Bucket, '--json'], {
    trail: {
      bucket: (at, part) => s3Trail({ client, ...at }, part),
      listedKeys: () => listedKeys(() => cloudTrail),
    },
  });
  expect(err).toBe('');
  return { code, ...JSON.parse(out) };
}

const of = (kind: 'CloudTrail' | 'CloudTrail-Digest') =>
  delivered.filter((key) => key.includes(`/999999999999/${kind}/`));

test('untouched, it is whole', async () => {
  expect(await verified()).toMatchObject({ code: 0, whole: true, faults: [] });
});

test('each log file that was altered, removed or added is named, and nothing else', async () => {
  const [altered = '', removed = '', other = ''] = of('CloudTrail');
  const added = other.replace(/_\w{16}\.json\.gz$/, '_0123456789abcdef.json.gz');
  await client.send(new PutObjectCommand({ Bucket, Key: altered, Body: NOTHING }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: removed }));
  await client.send(new PutObjectCommand({ Bucket, Key: added, Body: NOTHING }));
  const { code, whole, faults } = await verified();
  expect({ code, whole }).toEqual({ code: 1, whole: false });
  const states = faults.map(({ key, state }: Readonly<Record<string, string>>) => `${state} ${key}`);
  expect(states.toSorted()).toEqual([`altered ${altered}`, `missing ${removed}`, `unlisted ${added}`]);
});

test('a digest file that was removed is named, and its hour is not proved', async () => {
  const removed = of('CloudTrail-Digest').at(-2) ?? '';
  await client.send(new DeleteObjectCommand({ Bucket, Key: removed }));
  const { code, chains, faults } = await verified();
  expect(code).toBe(1);
  expect(faults).toContainEqual(
    expect.objectContaining({ kind: 'chain', broken: expect.objectContaining({ previous: removed }) }),
  );
  const hours = chains.map(
    ({ hoursNotProved }: { readonly hoursNotProved: readonly string[] }) => hoursNotProved,
  );
  expect(hours.flat()).toEqual(['2026-11-24T14:00:00Z']);
});

test('a digest file from which a log file was struck out is named, though its signature was kept', async () => {
  const forged = of('CloudTrail-Digest').at(-2) ?? '';
  const { text, metadata } = await fileAt(client, forged);
  const digest = JSON.parse(text);
  expect(digest.logFiles).toHaveLength(1);
  const Body = gzipSync(JSON.stringify({ ...digest, logFiles: [] }));
  await client.send(new PutObjectCommand({ Bucket, Key: forged, Body, Metadata: { ...metadata } }));
  const { code, faults } = await verified();
  expect(code).toBe(1);
  expect(faults).toContainEqual(
    expect.objectContaining({ kind: 'digest', key: forged, verdict: 'signature-false' }),
  );
});
