import { readFile, watch, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { jest } from '@jest/globals';
import type { Credentials } from '../../sandbox/aws/aws.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { dynamoDbStore } from '../../shared/adapters/dynamodb/dynamodb-store.ts';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import { type ElevationId, parseElevationId } from '../../shared/domain/elevation-id.ts';
import { instant } from '../../shared/domain/instant.ts';
import { type Bundle, bundled } from '../cli/bundled.ts';
import { approved } from './elevation.ts';
import { does } from './telling.ts';
import { emulator, root, settings } from './telling-aws.ts';

jest.setTimeout(120_000); // CloudTrail is asked twice a second

const MINUTE = 60_000;
let sandbox: Sandbox;
let bundle: Bundle;
let operator: Credentials;
let id: ElevationId;

beforeAll(async () => {
  [sandbox, bundle] = await Promise.all([startSandbox({}), bundled()]);
  const access = await readFile('sandbox/access.yml', 'utf8');
  await writeFile(join(bundle.folder, 'access.yml'), access.replaceAll('$ISSUER', sandbox.endpoints.idp));
  operator = await operatorOf(sandbox);
  const lent = parseElevationId(await approved(sandbox));
  if (lent === undefined) throw new Error('Nothing was lent.');
  id = lent;
  for (let issue = 0; issue < 2; issue++) await does(sandbox, 'david', 'credentials', id);
  await sandbox.settle(); // so that what came by the bus is kept
}, 120_000);
afterAll(async () => {
  await Promise.all([sandbox.stop(), bundle.remove()]);
});

/** Keys of a role that may do what `--help` says the command needs, and nothing else. */
async function operatorOf(of: Sandbox): Promise<Credentials> {
  const table = (name: string) => `arn:aws:dynamodb:us-east-1:222222222222:table/${name}`;
  const { tableName, usageTableName } = of;
  const statements = [
    { Action: 'dynamodb:Query', Resource: [table(tableName), `${table(tableName)}/index/*`] },
    { Action: 'dynamodb:GetItem', Resource: table(tableName) },
    { Action: 'cloudtrail:LookupEvents', Resource: '*' },
    { Action: ['dynamodb:GetItem', 'dynamodb:BatchWriteItem'], Resource: table(usageTableName) },
  ];
  const iam = new IAMClient(settings(of, root(of)));
  const trusting = {
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  await iam.send(
    new CreateRoleCommand({ RoleName: 'Operator', AssumeRolePolicyDocument: document([trusting]) }),
  );
  const allowed = statements.map((one) => ({ Effect: 'Allow', ...one }));
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'Operator',
      PolicyName: 'check',
      PolicyDocument: document(allowed),
    }),
  );
  return of.aws.functionCredentials('arn:aws:iam::222222222222:role/Operator', 'operator');
}

const document = (Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

/** The hours until now. */
function period(hours: number): readonly string[] {
  const until = sandbox.now();
  return [
    ...['--from', new Date(until - hours * 60 * MINUTE).toISOString()],
    ...['--until', new Date(until).toISOString()],
  ];
}

function checked(args: readonly string[], signal?: AbortSignal) {
  const { accessKeyId, secretAccessKey, sessionToken = '' } = operator;
  const command = ['trail', 'check', '--table', sandbox.tableName, '--access', 'access.yml', ...args];
  return bundle.ran(
    command,
    {
      ...{ AWS_ENDPOINT_URL: sandbox.endpoints.aws, AWS_ACCESS_KEY_ID: accessKeyId },
      ...{ AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken },
    },
    signal,
  );
}

const table = () => dynamoDbStore({ client: emulator(sandbox), name: sandbox.tableName }, sha256);

/** The keys of what is kept under the elevation: time, eventID, and the beginning of the content's hash. */
async function kept(): Promise<readonly string[]> {
  const { Items = [] } = await emulator(sandbox).send(
    new QueryCommand({
      ...{ TableName: sandbox.usageTableName, KeyConditionExpression: 'pk = :pk', ConsistentRead: true },
      ExpressionAttributeValues: { ':pk': { S: `elevation#${id}` } },
    }),
  );
  return Items.map(({ sk }) => sk?.S ?? '');
}

async function forget(keys: readonly string[]): Promise<void> {
  for (const sk of keys) {
    const Key = { pk: { S: `elevation#${id}` }, sk: { S: sk } };
    await emulator(sandbox).send(new DeleteItemCommand({ TableName: sandbox.usageTableName, Key }));
  }
}

test('the sessions that were issued are those that AWS recorded', async () => {
  const { code, out, err } = await checked([...period(1), '--json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({
    ...{ agrees: true, issued: 2, recorded: 2, notRecorded: [], notYetRecorded: [], notIssued: [] },
  });
});

test('back-filled events are the same as those that came by the bus', async () => {
  const came = await kept();
  expect(came).toHaveLength(2);
  await forget(came);
  const { code, err } = await checked([...period(1), '--backfill', '--usage-table', sandbox.usageTableName]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(await kept()).toEqual(came);
});

test('a session whose record somebody has put into the table is not recorded', async () => {
  await table().recordSession({
    ...{ elevation: id, n: 9, assumedRoleId: `AROAFORGED:dbr+david+${id}+9`, accessKeyId: 'ASIAFORGED' },
    issuedAt: instant(sandbox.now() - 50 * MINUTE),
    expiresAt: instant(sandbox.now()),
  });
  const { code, out } = await checked([...period(1), '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    ...{ issued: 3, recorded: 2, notRecorded: [{ name: `dbr+david+${id}+9` }], notIssued: [] },
  });
});

test('a session that somebody began with the issuer’s role was not issued, whatever its name', async () => {
  const issuer = 'arn:aws:iam::222222222222:role/drawbridge/drawbridge-credentials';
  const sts = new STSClient(settings(sandbox, sandbox.aws.functionCredentials(issuer, 'by-hand')));
  const names = [`dbr+david+${id}+1`, `dbr+david+${id}+5`, `dbr+david+${'0'.repeat(26)}+1`];
  for (const RoleSessionName of names) {
    await sts.send(
      new AssumeRoleCommand({
        ...{ RoleArn: 'arn:aws:iam::999999999999:role/UpdateApp', RoleSessionName },
        ...{ SourceIdentity: `dbr+david+${id}`, ExternalId: '7d9c51a0-3c5e-4a59-b0f1-2f6d7c1e8b42' },
        Tags: [{ Key: 'drawbridge:elevation', Value: id }],
      }),
    );
  }
  const { code, out } = await checked(period(1));
  expect(code).toBe(1);
  expect(out).toContain(`${names[0]} of arn:aws:iam::999999999999:role/UpdateApp`);
  expect(out).toContain('has the name of a session that was issued, and is another');
  expect(out).toContain('was never meant by the elevation that it is named for');
  expect(out).toContain('is named for an elevation that there is not');
});

test('stopped by Ctrl-C it goes on where it was, with the answer of one that was not', async () => {
  const args = [...period(12), '--json'];
  const whole = await checked(args);
  const stop = new AbortController();
  const stopped = checked([...args, '--state', 'check.json'], stop.signal);
  for await (const { filename } of watch(bundle.folder)) if (filename === 'check.json') break;
  stop.abort();
  expect(await stopped).toMatchObject({ code: 'SIGINT', out: '' });
  const state = JSON.parse(await readFile(join(bundle.folder, 'check.json'), 'utf8'));
  expect(Date.parse(state.lookedUpUntil)).toBeLessThan(sandbox.now() - 60 * MINUTE);
  expect(await checked([...args, '--state', 'check.json'])).toEqual(whole);
  const another = await checked([...period(7), '--state', 'check.json']);
  expect(another).toMatchObject({ code: 2, out: '', err: expect.stringContaining('another period') });
});

test('who may not look up events is told so by AWS, and nothing is written', async () => {
  const nobody = sandbox.aws.functionCredentials(
    'arn:aws:iam::222222222222:role/drawbridge/drawbridge-elevations',
    'operator',
  );
  const before = operator;
  operator = nobody;
  const { code, out, err } = await checked(period(1));
  operator = before;
  expect({ code, out }).toEqual({ code: 4, out: '' });
  expect(err).toContain('AccessDeniedException');
});
