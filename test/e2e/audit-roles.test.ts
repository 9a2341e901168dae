import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { jest } from '@jest/globals';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { activityOf, calls, issued, reported, startAudited, UPDATE_APP } from './audit.ts';
import { TRAIL_BUCKET } from './audit-aws.ts';
import { approved } from './elevation.ts';
import { outcome, s3, settings } from './telling-aws.ts';

jest.setTimeout(120_000); // they are many steps, on machines that may have other work

const FUNCTIONS = ['trail', 'report', 'reports', 'activity'] as const;
type FunctionName = (typeof FUNCTIONS)[number];

let sandbox: Sandbox;
let id: string;
let reportId: string;
beforeAll(async () => {
  ({ sandbox } = await startAudited());
  id = await approved(sandbox);
  await calls(sandbox, await issued(sandbox, id)).listBuckets();
  await sandbox.deliverTrail();
  await activityOf(sandbox, id);
  await sandbox.advance(61); // all schedules
  await sandbox.deliverTrail();
  ({ id: reportId } = await reported(sandbox, 1));
});
afterAll(() => sandbox.stop());

/** What a function was refused so far, by CloudTrail's records. */
function refusalsOf(name: FunctionName): readonly string[] {
  return sandbox.aws.records().flatMap(({ userIdentity, errorCode, eventName }) => {
    const role = Object(userIdentity).sessionContext?.sessionIssuer?.userName;
    return role === `drawbridge-${name}` && errorCode !== undefined ? [`${eventName} ${errorCode}`] : [];
  });
}

test.each(FUNCTIONS)('%s works under its own role, and is refused nothing that it needs', (name) => {
  expect(refusalsOf(name).filter((refusal) => /AccessDenied/.test(refusal))).toEqual([]);
});

/** What a client of AWS needs to call as a function does. */
const as = (name: FunctionName) =>
  settings(
    sandbox,
    sandbox.aws.functionCredentials(
      `arn:aws:iam::222222222222:role/drawbridge/drawbridge-${name}`,
      'by-hand',
    ),
  );

/** What somebody may try who has got hold of a function: each call says how it ended. */
const TRIES = {
  'change an elevation': (name) =>
    outcome(
      new DynamoDBClient(as(name)).send(new PutItemCommand({ TableName: sandbox.tableName, Item: item() })),
    ),
  'write down what nobody did': (name) =>
    outcome(
      new DynamoDBClient(as(name)).send(
        new PutItemCommand({ TableName: sandbox.usageTableName, Item: item() }),
      ),
    ),
  'read what sessions did': (name) =>
    outcome(
      new DynamoDBClient(as(name)).send(
        new QueryCommand({
          TableName: sandbox.usageTableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: `elevation#${id}` } },
        }),
      ),
    ),
  'seal an elevation': (name) =>
    outcome(
      new KMSClient(as(name)).send(
        new GenerateMacCommand({ KeyId: sealKey(), MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from('x') }),
      ),
    ),
  'assume a role of the catalog': (name) =>
    outcome(
      new STSClient(as(name)).send(
        new AssumeRoleCommand({
          ...{ RoleArn: UPDATE_APP, RoleSessionName: 'by-hand' },
          ExternalId: '7d9c51a0-3c5e-4a59-b0f1-2f6d7c1e8b42',
        }),
      ),
    ),
  'look into Production': (name) =>
    outcome(
      new STSClient(as(name)).send(
        new AssumeRoleCommand({
          RoleArn: 'arn:aws:iam::999999999999:role/drawbridge/drawbridge-auditor',
          RoleSessionName: 'by-hand',
        }),
      ),
    ),
  'write a report': (name) =>
    outcome(
      s3(sandbox, as(name).credentials).send(
        new PutObjectCommand({
          ...{ Bucket: sandbox.reportsBucket, Key: `reports/${reportId}/report.json`, Body: '{}' },
        }),
      ),
    ),
  'read a report': (name) =>
    outcome(
      s3(sandbox, as(name).credentials).send(
        new GetObjectCommand({ Bucket: sandbox.reportsBucket, Key: `reports/${reportId}/report.json` }),
      ),
    ),
  'write a log file': (name) =>
    outcome(
      s3(sandbox, as(name).credentials).send(
        new PutObjectCommand({ Bucket: TRAIL_BUCKET, Key: 'AWSLogs/x.json.gz', Body: 'x' }),
      ),
    ),
  'hand in a log file': (name) =>
    outcome(
      new SQSClient(as(name)).send(
        new SendMessageCommand({ QueueUrl: urlOf('trail'), MessageBody: '{"bucket":"x","key":"x"}' }),
      ),
    ),
  'ask for a report': (name) =>
    outcome(
      new SQSClient(as(name)).send(
        new SendMessageCommand({ QueueUrl: urlOf('report'), MessageBody: reportId }),
      ),
    ),
  'tell of an approval': (name) =>
    outcome(
      new EventBridgeClient(as(name)).send(
        new PutEventsCommand({
          Entries: [{ EventBusName: busArn(), Source: 'payroll', DetailType: 'approved', Detail: '{}' }],
        }),
      ),
    ),
} as const satisfies Record<string, (name: FunctionName) => Promise<string>>;
type Try = keyof typeof TRIES;

/** What each of them may do of that; the rest is refused. */
const MAY: Readonly<Record<FunctionName, readonly Try[]>> = {
  trail: ['read what sessions did'],
  report: ['read what sessions did', 'look into Production', 'write a report', 'read a report'],
  reports: ['read a report', 'ask for a report'],
  activity: ['read what sessions did'],
};

test.each(FUNCTIONS)(
  '%s may do its own part, and nothing else of what the audit works with',
  async (name) => {
    const may: readonly string[] = MAY[name];
    for (const [what, attempt] of Object.entries(TRIES)) {
      const expected = may.includes(what) ? 'done' : expect.stringMatching(/^AccessDenied/);
      expect([what, await attempt(name)]).toEqual([what, expected]);
    }
  },
);

const item = () => ({ pk: { S: `elevation#${id}` }, sk: { S: 'by-hand' } });
const urlOf = (queue: string) => `${sandbox.endpoints.aws}/222222222222/drawbridge-sandbox-${queue}`;

/** The key and the bus that functions have used: the sandbox names them. */
const sealKey = () => textIn('GenerateMac', 'keyId');
const busArn = () => String(sandbox.aws.events()[0]?.bus);

function textIn(eventName: string, parameter: string): string {
  const record = sandbox.aws.records().find((one) => one['eventName'] === eventName);
  return String(Object(record?.['requestParameters'])[parameter]);
}
