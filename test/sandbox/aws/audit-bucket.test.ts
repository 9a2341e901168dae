import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { allow, outcomeOf, policy, role, type Story, startStory } from './story.ts';

const Bucket = 'drawbridge-test-audit-log';
const Key = 'entries/000000000001.json';
const OBJECTS = `arn:aws:s3:::${Bucket}/*`;
const deny = (Action: string, Condition: object = {}) => ({
  Effect: 'Deny',
  Principal: '*',
  Action,
  Resource: OBJECTS,
  ...Condition,
});

let story: Story;
let s3: S3Client;
beforeEach(async () => {
  story = await startStory({
    roles: [role('222222222222', 'Announce', allow(['s3:*']))],
    more: {
      buckets: [
        {
          account: '222222222222',
          name: Bucket,
          policy: policy(
            deny('s3:DeleteObject'),
            deny('s3:PutObject', { Condition: { Null: { 's3:if-none-match': 'true' } } }),
          ),
        },
      ],
    },
  });
  s3 = story.s3(story.aws.functionCredentials('arn:aws:iam::222222222222:role/Announce', 'announce'));
});
afterEach(() => story.stop());

const put = (Body: string, IfNoneMatch: string | undefined = '*') =>
  outcomeOf(s3.send(new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch, ChecksumAlgorithm: 'SHA256' })));
const stored = async () =>
  (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString('utf-8');

// S3 User Guide, "How to prevent object overwrites with conditional writes": 412 where the key is there already.
test('an object is put where there is none, and never replaced', async () => {
  expect(await put('first')).toMatchObject({ code: 'allowed' });
  expect(await put('second')).toMatchObject({ code: 'PreconditionFailed', status: 412 });
  expect(await stored()).toBe('first');
});

test('of twenty puts at once one wins', async () => {
  const bodies = Array.from({ length: 20 }, (_, n) => `body ${n}`);
  const outcomes = await Promise.all(bodies.map((body) => put(body)));
  const codes = outcomes.map(({ code }) => code);
  expect(codes.toSorted()).toEqual([...Array(19).fill('PreconditionFailed'), 'allowed']);
  expect(await stored()).toBe(bodies[codes.indexOf('allowed')]);
});

test('a bucket policy keeps out puts without the condition, and deletions', async () => {
  const plain = new PutObjectCommand({ Bucket, Key, Body: 'plain' });
  expect(await outcomeOf(s3.send(plain))).toMatchObject({ code: 'AccessDenied', status: 403 });
  await put('first');
  const deletion = s3.send(new DeleteObjectCommand({ Bucket, Key }));
  expect(await outcomeOf(deletion)).toMatchObject({
    code: 'AccessDenied',
    message: expect.stringContaining('explicit deny in a resource-based policy'),
  });
  expect(await stored()).toBe('first');
});

test('a condition on a version is not modelled and refused', async () => {
  expect(await put('first', '"etag"')).toMatchObject({ code: 'NotImplemented', status: 501 });
});

test('the log is listed in its order', async () => {
  await put('first');
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'entries/' }));
  expect(Contents?.map((it) => it.Key)).toEqual([Key]);
});

test('a refused put is in the trail with its reason', async () => {
  await put('first');
  await put('second');
  expect(story.aws.records().at(-1)).toMatchObject({
    eventName: 'PutObject',
    errorCode: 'PreconditionFailed',
    eventCategory: 'Data',
  });
});
