import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { jest } from '@jest/globals';
import * as z from 'zod';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { approved, pending } from './elevation.ts';
import { cardOf, does, later, queue, startTelling } from './telling.ts';
import { outcome, roleOf, settings } from './telling-aws.ts';

jest.setTimeout(60_000); // they are many steps, on machines that may have other work

let sandbox: Sandbox;
let id: string;
beforeAll(async () => {
  ({ sandbox } = await startTelling());
  id = await approved(sandbox);
  await pending(sandbox);
  await later(sandbox, 16); // a reminder, and with it the sweep
  await does(sandbox, 'ruth', 'revocation', id);
  await sandbox.slack.as('U0RUTH').command('help');
  await sandbox.settle();
});
afterAll(() => sandbox.stop());

const DENIED = expect.stringMatching(/^AccessDenied/); // the older protocols have another ending

const Recorded = z.looseObject({
  eventName: z.string(),
  errorCode: z.string().optional(),
  userIdentity: z.looseObject({
    sessionContext: z.looseObject({ sessionIssuer: z.looseObject({ userName: z.string() }) }).optional(),
  }),
});

/** What a function has called so far, and what it was refused, by CloudTrail's records. */
function callsOf(name: string) {
  const calls = sandbox.aws
    .records()
    .map((record) => Recorded.parse(record))
    .filter(
      ({ userIdentity }) => userIdentity.sessionContext?.sessionIssuer.userName === `drawbridge-${name}`,
    );
  return {
    names: [...new Set(calls.map(({ eventName }) => eventName))].toSorted(),
    refusals: calls.flatMap(({ errorCode }) => (errorCode?.startsWith('AccessDenied') ? [errorCode] : [])),
  };
}

test('each function works under its own role, and is refused nothing that it needs', () => {
  expect(cardOf(sandbox, id).text).toContain('Revoked: update-app for david');
  expect(callsOf('announce')).toEqual({
    names: ['GetItem', 'GetSecretValue', 'PutEvents', 'PutItem', 'PutObject', 'Query', 'VerifyMac'],
    refusals: [],
  });
  expect(callsOf('sweep')).toEqual({ names: ['Query', 'SendMessage'], refusals: [] });
});

describe('the role of sweep', () => {
  const query = (asked: Partial<ConstructorParameters<typeof QueryCommand>[0]>) =>
    outcome(
      new DynamoDBClient(settings(sandbox, roleOf(sandbox, 'sweep'))).send(
        new QueryCommand({
          ...{ TableName: sandbox.tableName, IndexName: 'byState', KeyConditionExpression: 'gsiState = :s' },
          ExpressionAttributeValues: { ':s': { S: 'pending' } },
          ...asked,
        }),
      ),
    );

  test('sees keys of the index and nothing else of what is stored', async () => {
    expect(await query({ ProjectionExpression: 'pk, sk' })).toBe('done');
    expect(await query({})).toEqual(DENIED);
    expect(await query({ Select: 'ALL_PROJECTED_ATTRIBUTES' })).toEqual(DENIED);
    expect(await query({ ProjectionExpression: 'pk, history' })).toEqual(DENIED);
    expect(
      await query({ ProjectionExpression: '#h', ExpressionAttributeNames: { '#h': 'history' } }),
    ).toEqual(DENIED);
    expect(await query({ ProjectionExpression: 'pk', FilterExpression: 'contains(history, :s)' })).toEqual(
      DENIED,
    );
    expect(await query({ ProjectionExpression: 'pk', IndexName: 'byPerson' })).toEqual(DENIED);
  });

  test('reads no item, writes none, and takes nothing from the queue', async () => {
    const table = new DynamoDBClient(settings(sandbox, roleOf(sandbox, 'sweep')));
    const Key = { pk: { S: `elevation#${id}` }, sk: { S: 'elevation' } };
    const TableName = sandbox.tableName;
    expect(await outcome(table.send(new GetItemCommand({ TableName, Key })))).toEqual(DENIED);
    expect(await outcome(table.send(new PutItemCommand({ TableName, Item: Key })))).toEqual(DENIED);
    const sqs = new SQSClient(settings(sandbox, roleOf(sandbox, 'sweep')));
    const QueueUrl = urlOf('announce');
    expect(await outcome(sqs.send(new ReceiveMessageCommand({ QueueUrl })))).toEqual(DENIED);
  });
});

describe('the role of announce', () => {
  test('cannot seal what it writes', async () => {
    const kms = new KMSClient(settings(sandbox, roleOf(sandbox, 'announce')));
    const seal = new GenerateMacCommand({
      KeyId: sealKeyArn(),
      MacAlgorithm: 'HMAC_SHA_256',
      Message: Buffer.from('{}'),
    });
    expect(await outcome(kms.send(seal))).toEqual(DENIED);
  });

  test('speaks on the bus as drawbridge alone', async () => {
    const bus = new EventBridgeClient(settings(sandbox, roleOf(sandbox, 'announce')));
    const entry = { EventBusName: 'drawbridge-prod', DetailType: 'requested', Detail: '{}' };
    const send = (...sources: readonly string[]) =>
      outcome(bus.send(new PutEventsCommand({ Entries: sources.map((Source) => ({ ...entry, Source })) })));
    expect(await send('somebody')).toEqual(DENIED);
    expect(await send('drawbridge', 'somebody')).toEqual(DENIED);
  });

  test('knows the bot’s token and not the signing secret', async () => {
    const secrets = new SecretsManagerClient(settings(sandbox, roleOf(sandbox, 'announce')));
    const read = (SecretId: string | undefined) =>
      outcome(secrets.send(new GetSecretValueCommand({ SecretId })));
    expect(await read(secretArn('slack-bot-token'))).toBe('done');
    expect(await read(secretArn('slack-signing-secret'))).toEqual(DENIED);
  });

  test('takes nothing out of the dead letters and puts nothing in', async () => {
    const sqs = new SQSClient(settings(sandbox, roleOf(sandbox, 'announce')));
    const QueueUrl = urlOf('announce-dead-letters');
    expect(await outcome(sqs.send(new ReceiveMessageCommand({ QueueUrl })))).toEqual(DENIED);
    expect(await outcome(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' })))).toEqual(DENIED);
  });
});

function urlOf(end: string): string {
  const [, , , , account, name] = queue(sandbox, end).arn.split(':');
  return `${sandbox.endpoints.aws}/${account}/${name}`;
}

const UsedKey = z.looseObject({ resources: z.array(z.looseObject({ ARN: z.string() })) });
const UsedSecret = z.looseObject({ requestParameters: z.looseObject({ secretId: z.string() }) });

const recordsOf = (operation: string) =>
  sandbox.aws.records().filter(({ eventName }) => eventName === operation);

/** The seal's key, as a record of its use names it. */
function sealKeyArn(): string | undefined {
  return UsedKey.parse(recordsOf('VerifyMac')[0]).resources[0]?.ARN;
}

/** A secret, as a record of its use names it. */
function secretArn(name: string): string | undefined {
  return recordsOf('GetSecretValue')
    .map((record) => UsedSecret.parse(record).requestParameters.secretId)
    .find((secret) => secret.includes(`/${name}-`));
}
