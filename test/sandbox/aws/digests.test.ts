import { createHash, createPublicKey, verify } from 'node:crypto';
import { CloudTrailClient, ListPublicKeysCommand } from '@aws-sdk/client-cloudtrail';
import { assume, issuer, outcomeOf, type Story, startStory, updateApp } from './story.ts';
import { fileAt, ORGANIZATION, READER, readerS3, TRAIL_BUCKET, TRAIL_DEPLOYMENT } from './trail-bucket.ts';

let story: Story;
beforeEach(async () => {
  story = await startStory({ roles: [READER], more: TRAIL_DEPLOYMENT });
});
afterEach(() => story.stop());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const digestsOf = (account: string, keys: readonly string[]) =>
  keys.filter((key) => key.includes(`/${account}/CloudTrail-Digest/`));
const client = () =>
  new CloudTrailClient(
    story.client(story.aws.functionCredentials('arn:aws:iam::222222222222:role/Reader', 'test')),
  );
const digestAt = async (key: string | undefined) => {
  const { text, metadata } = await fileAt(readerS3(story), key ?? '');
  return { text, metadata, digest: JSON.parse(text) };
};

test('the trail is older than the world: the hours before it have digest files, which the first delivery brings', async () => {
  const keys = digestsOf('999999999999', await story.aws.deliver());
  const digests = await Promise.all(keys.map(async (key) => (await digestAt(key)).digest));
  expect(digests.map(({ digestEndTime }) => digestEndTime)).toEqual([
    '2026-11-24T09:00:00Z',
    '2026-11-24T10:00:00Z',
    '2026-11-24T11:00:00Z',
    '2026-11-24T12:00:00Z',
  ]);
  expect(digests[0]).toMatchObject({
    digestStartTime: '2026-11-24T08:00:00Z',
    newestEventTime: null,
    oldestEventTime: null,
    previousDigestS3Bucket: null,
    previousDigestS3Object: null,
    previousDigestHashValue: null,
    previousDigestHashAlgorithm: null,
    previousDigestSignature: null,
    logFiles: [],
  });
});

// CloudTrail User Guide, "CloudTrail digest file structure".
test('each hour has a digest file of each account, with the log files that were delivered in it', async () => {
  await assume(story, issuer(story), updateApp());
  const delivered = await story.aws.deliver();
  const last = digestsOf('999999999999', delivered).at(-1) ?? '';
  const logFile = delivered.find((key) => key.includes('/999999999999/CloudTrail/')) ?? '';
  story.move(2 * 3600);
  const keys = digestsOf('999999999999', await story.aws.deliver());
  const name = (at: string) =>
    `AWSLogs/${ORGANIZATION}/999999999999/CloudTrail-Digest/us-east-1/2026/11/24/999999999999_CloudTrail-Digest_us-east-1_organization_us-east-1_${at}.json.gz`;
  expect(keys).toEqual([name('20261124T130000Z'), name('20261124T140000Z')]);
  const [before, first] = [await digestAt(last), await digestAt(keys[0])];
  expect(first.digest).toEqual({
    awsAccountId: '999999999999',
    digestStartTime: '2026-11-24T12:00:00Z',
    digestEndTime: '2026-11-24T13:00:00Z',
    digestS3Bucket: TRAIL_BUCKET,
    digestS3Object: keys[0],
    digestPublicKeyFingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
    digestSignatureAlgorithm: 'SHA256withRSA',
    newestEventTime: '2026-11-24T12:00:00Z',
    oldestEventTime: '2026-11-24T12:00:00Z',
    previousDigestS3Bucket: TRAIL_BUCKET,
    previousDigestS3Object: last,
    previousDigestHashValue: sha256(before.text),
    previousDigestHashAlgorithm: 'SHA-256',
    previousDigestSignature: before.metadata['signature'],
    logFiles: [
      {
        s3Bucket: TRAIL_BUCKET,
        s3Object: logFile,
        hashValue: sha256((await fileAt(readerS3(story), logFile)).text),
        hashAlgorithm: 'SHA-256',
        newestEventTime: '2026-11-24T12:00:00Z',
        oldestEventTime: '2026-11-24T12:00:00Z',
      },
    ],
  });
  expect((await digestAt(keys[1])).digest).toMatchObject({
    newestEventTime: null,
    oldestEventTime: null,
    previousDigestS3Object: keys[0],
    previousDigestHashValue: sha256(first.text),
    previousDigestHashAlgorithm: 'SHA-256',
    previousDigestSignature: first.metadata['signature'],
    logFiles: [],
  });
});

// "Custom implementations of CloudTrail log file integrity validation".
test('the signature of a digest file is that of the key with its fingerprint', async () => {
  const [, key] = digestsOf('222222222222', await story.aws.deliver());
  const { text, metadata, digest } = await digestAt(key);
  const { PublicKeyList: [published] = [] } = await client().send(new ListPublicKeysCommand({}));
  expect(published?.Fingerprint).toBe(digest.digestPublicKeyFingerprint);
  const signed = [
    digest.digestEndTime,
    `${digest.digestS3Bucket}/${digest.digestS3Object}`,
    sha256(text),
    digest.previousDigestSignature,
  ].join('\n');
  const publicKey = createPublicKey({
    key: Buffer.from(published?.Value ?? []),
    format: 'der',
    type: 'pkcs1',
  });
  const signature = Buffer.from(String(metadata['signature']), 'hex');
  expect(metadata['signature-algorithm']).toBe('SHA256withRSA');
  expect(verify('sha256', Buffer.from(signed), publicKey, signature)).toBe(true);
  expect(verify('sha256', Buffer.from(`${signed} `), publicKey, signature)).toBe(false);
});

test('an hour that has not ended has none, and one has it once', async () => {
  await story.aws.deliver();
  story.move(3599);
  expect(await story.aws.deliver()).toEqual([]);
  story.move(1);
  expect(digestsOf('222222222222', await story.aws.deliver())).toHaveLength(1);
  expect(await story.aws.deliver()).toEqual([]);
});

test('keys are those of a time that has been, and each Region has its own', async () => {
  const before = { StartTime: new Date('2020-01-01'), EndTime: new Date('2020-02-01') };
  expect((await client().send(new ListPublicKeysCommand(before))).PublicKeyList).toEqual([]);
  const backwards = { StartTime: before.EndTime, EndTime: before.StartTime };
  expect(await outcomeOf(client().send(new ListPublicKeysCommand(backwards)))).toMatchObject({
    code: 'InvalidTimeRangeException',
  });
  const reader = story.aws.functionCredentials('arn:aws:iam::222222222222:role/Reader', 'test');
  const elsewhere = new CloudTrailClient({ ...story.client(reader), region: 'eu-central-1' });
  const fingerprints = await Promise.all(
    [client(), elsewhere].map(
      async (it) => (await it.send(new ListPublicKeysCommand({}))).PublicKeyList?.[0],
    ),
  );
  expect(fingerprints[0]?.Fingerprint).not.toBe(fingerprints[1]?.Fingerprint);
});
