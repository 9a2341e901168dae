import { gzipSync } from 'node:zlib';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { jest } from '@jest/globals';
import type { Credentials } from '../../sandbox/aws/aws.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { activityOf, calls, issued, startAudited } from './audit.ts';
import { keyOf, TRAIL_BUCKET, trailQueues, usageItems } from './audit-aws.ts';
import { approved } from './elevation.ts';
import { root, s3, settings } from './telling-aws.ts';

jest.setTimeout(120_000); // they are many steps, on machines that may have other work

/** What real records of AssumeRole carry, and nobody may keep. */
const TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLETOKENOFASESSION';

type TrailRecord = Readonly<Record<string, unknown>>;

let sandbox: Sandbox;
let log: readonly string[];
let id: string;
let credentials: Required<Credentials>;
/** What Production's trail has of the session. */
let records: readonly TrailRecord[];
let minute: string;
beforeAll(async () => {
  ({ sandbox, log } = await startAudited());
  await letTrailRead();
  id = await approved(sandbox);
  credentials = await issued(sandbox, id);
  const session = calls(sandbox, credentials);
  await session.write('productionapp', 'index.html', 'release 2');
  await session.listBuckets();
  records = sandbox.aws.records().filter((record) => record['recipientAccountId'] === '999999999999');
  minute = new Date(sandbox.now()).toISOString().slice(0, 16);
});
afterAll(() => sandbox.stop());

/** In place of an organization's own bucket, in which trails have a prefix: one that the test can write to. */
async function letTrailRead(): Promise<void> {
  const Resource = `arn:aws:s3:::${sandbox.reportsBucket}/*`;
  const may = [{ Effect: 'Allow', Action: 's3:GetObject', Resource }];
  await new IAMClient(settings(sandbox, root(sandbox))).send(
    new PutRolePolicyCommand({
      ...{ RoleName: 'drawbridge-trail', PolicyName: 'organization-bucket' },
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: may }),
    }),
  );
}

/** The key of a log file, by its Region; each file of this test has one of its own. */
function keyIn(region: string, prefix = 'reports/all logs+old/'): string {
  const name = `999999999999_CloudTrail_${region}_${minute.replace(/[-:]/g, '')}Z_Xy12`;
  const day = minute.slice(0, 10).replaceAll('-', '/');
  return `${prefix}AWSLogs/999999999999/CloudTrail/${region}/${day}/${name}.json.gz`;
}

async function put(region: string, body: Buffer): Promise<void> {
  const report = 'arn:aws:iam::222222222222:role/drawbridge/drawbridge-report'; // who may write there
  const client = s3(sandbox, sandbox.aws.functionCredentials(report, 'by-hand'));
  await client.send(new PutObjectCommand({ Bucket: sandbox.reportsBucket, Key: keyIn(region), Body: body }));
}

/** As a bucket tells of it: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
function notify(key: string, bucket = sandbox.reportsBucket): void {
  const encoded = encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
  const object = { bucket: { name: bucket }, object: { key: encoded } };
  const record = { eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: object };
  trailQueues(sandbox).notifications.send(JSON.stringify({ Records: [record] }));
}

const named = (name: string) => records.filter((record) => record['eventName'] === name);

const logFile = (of: readonly TrailRecord[]) => gzipSync(JSON.stringify({ Records: of.map(asAtAws) }));

function asAtAws(record: TrailRecord): TrailRecord {
  if (record['eventName'] !== 'AssumeRole') return record;
  const { accessKeyId } = credentials;
  const given = { ...Object(record['responseElements']), credentials: { accessKeyId, sessionToken: TOKEN } };
  return { ...record, responseElements: given };
}

/** Files that are none, by their Regions: what is in them, and why they are laid aside. */
const DAMAGED: readonly {
  readonly region: string;
  readonly reason: string;
  readonly body: () => Buffer;
}[] = [
  { region: 'eu-west-1', reason: 'truncated', body: () => logFile(named('PutObject')).subarray(0, -20) },
  { region: 'eu-west-2', reason: 'not-gzip', body: () => Buffer.from('This is not packed.') },
  { region: 'eu-west-3', reason: 'not-json', body: () => gzipSync('<html></html>') },
  { region: 'eu-north-1', reason: 'not-a-log-file', body: () => gzipSync('{"configurationItems":[]}') },
  {
    region: 'eu-south-1',
    reason: 'bad-record',
    body: () => logFile(records.map((record) => ({ ...record, eventTime: 'yesterday' }))),
  },
];

/** The dead letters, by the Regions of the files. */
function letters(): readonly (readonly [unknown, unknown])[] {
  const bodies = trailQueues(sandbox)
    .deadLetters.messages()
    .map(({ body }) => Object(JSON.parse(body)));
  return bodies
    .map(
      ({ key, reason }) =>
        [DAMAGED.find(({ region }) => key === keyIn(region))?.region ?? key, reason] as const,
    )
    .toSorted();
}

const LAID_ASIDE = DAMAGED.map(({ region, reason }) => [region, reason] as const).toSorted();

/** The Regions of which log files count as delivered; what was not read is kept apart. */
async function vouchedFor(): Promise<readonly unknown[]> {
  const keys = (await usageItems(sandbox)).map(keyOf);
  return keys
    .filter((key) => key.startsWith('delivery#') && key.endsWith('#log'))
    .map((key) => key.split('#')[2])
    .toSorted();
}

async function seen(): Promise<readonly string[]> {
  return (await activityOf(sandbox, id)).events.map(({ name }) => name).toSorted();
}

test('of a batch the files that are none are laid aside with key and reason, and the others are taken', async () => {
  for (const { region, body } of DAMAGED) await put(region, body());
  await put('us-west-1', logFile([...named('AssumeRole'), ...named('ListBuckets')]));
  for (const { region } of DAMAGED) notify(keyIn(region));
  notify(keyIn('us-west-1'));
  await sandbox.settle();
  expect(letters()).toEqual(LAID_ASIDE);
  expect(await vouchedFor()).toEqual(['us-west-1']);
  expect(await seen()).toEqual(['AssumeRole', 'ListBuckets']);
});

test('a file that is mended is taken when its letter goes back to the queue; the others are laid aside again', async () => {
  await put('eu-west-1', logFile(named('PutObject')));
  const { deadLetters, notifications } = trailQueues(sandbox);
  await new SQSClient(settings(sandbox, root(sandbox))).send(
    new StartMessageMoveTaskCommand({ SourceArn: deadLetters.arn, DestinationArn: notifications.arn }),
  );
  await sandbox.settle();
  expect(letters()).toEqual(LAID_ASIDE.filter(([region]) => region !== 'eu-west-1'));
  expect(await vouchedFor()).toEqual(['eu-west-1', 'us-west-1']);
  expect(await seen()).toEqual(['AssumeRole', 'ListBuckets', 'PutObject']);
});

test('a file that is gone is laid aside at once', async () => {
  const before = letters();
  const key = keyIn('eu-west-1', ''); // in the trail's own bucket, as the function is deployed
  notify(key, TRAIL_BUCKET);
  await sandbox.settle();
  expect(letters()).toEqual([...before, [key, 'gone']].toSorted());
  expect(trailQueues(sandbox).notifications.messages()).toEqual([]);
});

test('nothing of credentials is in logs, items or letters', async () => {
  const { deadLetters } = trailQueues(sandbox);
  const kept = JSON.stringify([log, await usageItems(sandbox), deadLetters.messages()]);
  const { secretAccessKey, sessionToken } = credentials;
  expect(kept).toContain(id);
  for (const secret of [TOKEN, secretAccessKey, sessionToken]) expect(kept).not.toContain(secret);
});
