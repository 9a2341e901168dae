import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  allow,
  assume,
  issuer,
  outcomeOf,
  policy,
  role,
  type Story,
  startStory,
  updateApp,
} from './story.ts';

const READER = role(
  '999999999999',
  'Reader',
  policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::productionapp/*' }),
);
const PREFIX = role(
  '999999999999',
  'PrefixOnly',
  policy({
    Effect: 'Allow',
    Action: 's3:ListBucket',
    Resource: '*',
    Condition: { StringEquals: { 's3:prefix': 'config/' } },
  }),
);
const ABROAD = role('222222222222', 'Abroad', allow(['s3:*']));

let story: Story;
let app: S3Client;
beforeAll(async () => {
  story = await startStory({ roles: [READER, PREFIX, ABROAD] });
  app = story.s3(await assume(story, issuer(story), updateApp()));
});
afterAll(() => story.stop());

const as = (account: string, name: string) =>
  story.s3(story.aws.functionCredentials(`arn:aws:iam::${account}:role/${name}`, 'test'));

test('UpdateApp lists the buckets of its account', async () => {
  const { Buckets } = await app.send(new ListBucketsCommand({}));
  expect(Buckets?.map(({ Name }) => Name)).toEqual(['productionapp', 'payroll']);
});

test('UpdateApp locates and lists productionapp', async () => {
  const Bucket = 'productionapp';
  expect((await app.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeFalsy(); // us-east-1
  const { Contents } = await app.send(new ListObjectsV2Command({ Bucket, Prefix: 'config/' }));
  expect(Contents?.map(({ Key }) => Key)).toEqual(['config/release.json']);
});

test.each(['plain.txt', 'a b/ü+*()!~%2F.txt', 'dots/../escape.txt', '/leading'])(
  'UpdateApp puts, gets and deletes %s',
  async (Key) => {
    const object = { Bucket: 'productionapp', Key };
    await app.send(new PutObjectCommand({ ...object, Body: `content of ${Key}`, ContentType: 'text/plain' }));
    const { Body, ContentType } = await app.send(new GetObjectCommand(object));
    expect([await Body?.transformToString(), ContentType]).toEqual([`content of ${Key}`, 'text/plain']);
    expect((await app.send(new HeadObjectCommand(object))).ContentLength).toBe(
      Buffer.byteLength(`content of ${Key}`),
    );
    await app.send(new DeleteObjectCommand(object));
    expect(await outcomeOf(app.send(new GetObjectCommand(object)))).toMatchObject({
      code: 'NoSuchKey',
      status: 404,
    });
  },
);

test('another bucket of the account is denied, with the reason', async () => {
  const user = 'arn:aws:sts::999999999999:assumed-role/UpdateApp/dbr+david+01ABC+1';
  expect(await outcomeOf(app.send(new GetObjectCommand({ Bucket: 'payroll', Key: '2026-11.csv' })))).toEqual({
    code: 'AccessDenied',
    message: `User: ${user} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::payroll/2026-11.csv" because no identity-based policy allows the s3:GetObject action`,
    status: 403,
  });
});

test('a path with dots does not lead into another bucket', async () => {
  const outcome = await outcomeOf(
    app.send(new GetObjectCommand({ Bucket: 'productionapp', Key: '../payroll/2026-11.csv' })),
  );
  expect(outcome).toMatchObject({ code: 'NoSuchKey' });
});

test('a bucket that does not exist is said not to', async () => {
  expect(await outcomeOf(app.send(new ListObjectsV2Command({ Bucket: 'nowhere' })))).toEqual({
    code: 'NoSuchBucket',
    message: 'The specified bucket does not exist',
    status: 404,
  });
});

test('who may not list is not told that a key is missing', async () => {
  const missing = new GetObjectCommand({ Bucket: 'productionapp', Key: 'missing' });
  expect(await outcomeOf(as('999999999999', 'Reader').send(missing))).toMatchObject({
    code: 'AccessDenied',
    status: 403,
  });
});

test('a condition on the prefix holds', async () => {
  const list = (Prefix: string) =>
    outcomeOf(
      as('999999999999', 'PrefixOnly').send(new ListObjectsV2Command({ Bucket: 'productionapp', Prefix })),
    );
  expect(await list('config/')).toMatchObject({ code: 'allowed' });
  expect(await list('')).toMatchObject({ code: 'AccessDenied' });
});

test('across accounts everything needs a bucket policy, and the refusal gives no reason', async () => {
  const get = new GetObjectCommand({ Bucket: 'productionapp', Key: 'index.html' });
  expect(await outcomeOf(as('222222222222', 'Abroad').send(get))).toMatchObject({
    code: 'AccessDenied',
    message: 'Access Denied',
  });
});

test('copies, which need two permissions, are not modelled and refused', async () => {
  const copy = new CopyObjectCommand({
    Bucket: 'productionapp',
    Key: 'stolen',
    CopySource: 'payroll/2026-11.csv',
  });
  expect(await outcomeOf(app.send(copy))).toMatchObject({ code: 'NotImplemented', status: 501 });
});

test('unsigned requests are denied', async () => {
  const response = await fetch(`${story.aws.url}/productionapp/index.html`);
  expect([response.status, await response.text()]).toEqual([
    403,
    expect.stringContaining('<Code>AccessDenied</Code>'),
  ]);
});
