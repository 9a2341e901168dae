import { DeleteItemCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { ReceivedRequest } from '../../../sandbox/aws/aws.ts';
import { createDynamoDb } from '../../../sandbox/aws/dynamodb/dynamodb.ts';
import type { Attributes } from '../../../sandbox/dynamodb/item-size.ts';
import { type SandboxDynamoDb, startDynamoDb } from '../../../sandbox/dynamodb/start-dynamodb.ts';
import {
  createTableStream,
  type StreamRecord,
  type TableStream,
  TRIM_HORIZON,
} from '../../../sandbox/dynamodb/table-stream.ts';

const TABLE = {
  TableName: 'drawbridge',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' as const },
    { AttributeName: 'sk', AttributeType: 'S' as const },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: 'sk', KeyType: 'RANGE' as const },
  ],
};
const ARN = 'arn:aws:dynamodb:us-east-1:222222222222:table/drawbridge/stream/2026-01-01T00:00:00.000';
const CALLER = {
  kind: 'assumed-role',
  arn: 'arn:aws:sts::222222222222:assumed-role/Keeper/keeper',
  account: '222222222222',
  userId: 'AROA:keeper',
  accessKeyId: 'ASIA',
  context: {},
} as const;

let table: SandboxDynamoDb;
let stream: TableStream;
let service: ReturnType<typeof createDynamoDb>;
/** Knows the table only past the front. */
let behind: DynamoDBClient;

beforeEach(async () => {
  table = await startDynamoDb({ tables: [TABLE] });
  stream = createTableStream(
    {
      arn: ARN,
      region: 'us-east-1',
      tableName: 'drawbridge',
      keyNames: ['pk', 'sk'],
      viewType: 'NEW_AND_OLD_IMAGES',
    },
    Date.now,
  );
  service = createDynamoDb({
    endpoint: table.url,
    account: '222222222222',
    evaluate: async () => ({ outcome: 'allowed' }),
    stream,
  });
  behind = new DynamoDBClient({
    endpoint: table.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
});
afterEach(async () => {
  behind.destroy();
  await table.stop();
});

/** What the front answers to a call: the status, and the JSON of the store. */
async function front(operation: string, input: object): Promise<{ status: number; body: unknown }> {
  const request: ReceivedRequest = {
    method: 'POST',
    target: '/',
    headers: {
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-date': '20260701T120000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=ASIA/20260701/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: Buffer.from(JSON.stringify({ TableName: 'drawbridge', ...input })),
  };
  const { reply } = await service
    .recognize(request)
    .run({ caller: CALLER, request, region: 'us-east-1', requestId: 'r', now: Date.now() });
  return { status: reply.status, body: JSON.parse(reply.body.toString()) };
}

const key = (pk: string, sk = 'elevation') => ({ pk: { S: pk }, sk: { S: sk } });
const put = (pk: string, state: string, condition?: string) =>
  front('PutItem', {
    Item: { ...key(pk), state: { S: state } },
    ...(condition && { ConditionExpression: condition }),
  });
const records = () => stream.shards.flatMap((shard) => shard.after(TRIM_HORIZON));
const names = () => records().map(({ eventName }) => eventName);

test('putting, changing and deleting an item are an insert, a change and a removal, with their images', async () => {
  await put('1', 'pending');
  await front('UpdateItem', {
    Key: key('1'),
    UpdateExpression: 'SET #s = :s',
    ExpressionAttributeNames: { '#s': 'state' },
    ExpressionAttributeValues: { ':s': { S: 'approved' } },
  });
  await front('DeleteItem', { Key: key('1') });
  const pending = { ...key('1'), state: { S: 'pending' } };
  const approved = { ...key('1'), state: { S: 'approved' } };
  expect(
    records().map(({ eventName, dynamodb: { OldImage, NewImage } }) => [eventName, OldImage, NewImage]),
  ).toEqual([
    ['INSERT', undefined, pending],
    ['MODIFY', pending, approved],
    ['REMOVE', approved, undefined],
  ]);
});

test('a write whose condition fails has no record, and its refusal comes through', async () => {
  await put('1', 'pending');
  const { status, body } = await put('1', 'approved', 'attribute_not_exists(pk)');
  expect([status, body]).toEqual([
    400,
    expect.objectContaining({ __type: expect.stringContaining('ConditionalCheckFailedException') }),
  ]);
  expect(names()).toEqual(['INSERT']);
});

test('writes that change nothing have no record: the same item again, and one that is not there to delete', async () => {
  await put('1', 'pending');
  await put('1', 'pending');
  await front('DeleteItem', { Key: key('2') });
  expect(names()).toEqual(['INSERT']);
});

test("a write's answer is the store's alone, also where old values are asked for", async () => {
  await put('1', 'pending');
  const old = await front('DeleteItem', { Key: key('1'), ReturnValues: 'ALL_OLD' });
  expect(old.body).toEqual({ Attributes: { ...key('1'), state: { S: 'pending' } } });
  expect((await put('1', 'again')).body).toEqual({});
});

test('a malformed write is refused by the store and has no record', async () => {
  const { status } = await front('PutItem', { Item: { pk: { S: '1' } } });
  expect(status).toBe(400);
  expect(records()).toEqual([]);
});

test('what is written past the front has no record', async () => {
  await behind.send(new PutItemCommand({ TableName: 'drawbridge', Item: key('1') }));
  await behind.send(new DeleteItemCommand({ TableName: 'drawbridge', Key: key('1') }));
  expect(records()).toEqual([]);
});

describe('a batch of writes', () => {
  const putRequest = (pk: string, state: string) => ({
    PutRequest: { Item: { ...key(pk), state: { S: state } } },
  });
  const deleteRequest = (pk: string) => ({ DeleteRequest: { Key: key(pk) } });
  const batch = (...requests: readonly object[]) =>
    front('BatchWriteItem', { RequestItems: { drawbridge: requests } });

  test('has a record for each item that it changed', async () => {
    await put('1', 'pending');
    await put('2', 'pending');
    await batch(
      putRequest('1', 'pending'),
      putRequest('3', 'pending'),
      deleteRequest('2'),
      deleteRequest('4'),
    );
    const told = records().map(({ eventName, dynamodb }) => `${eventName} ${dynamodb.Keys['pk']?.['S']}`);
    expect(told.toSorted()).toEqual(['INSERT 1', 'INSERT 2', 'INSERT 3', 'REMOVE 2']);
  });

  test('that the store refuses has none: a key that is named twice', async () => {
    const { status } = await batch(putRequest('1', 'pending'), deleteRequest('1'));
    expect([status, records()]).toEqual([400, []]);
  });

  test('of another table has none', async () => {
    await front('BatchWriteItem', { RequestItems: { another: [putRequest('1', 'pending')] } });
    expect(records()).toEqual([]);
  });

  test('waits for the others that write an item of it, in whatever order they name them', async () => {
    const names = ['1', '2', '3'];
    const writers = Array.from({ length: 10 }, async (_, n) => {
      const requests = names.map((pk) => putRequest(pk, `${n}`));
      await batch(...(n % 2 === 0 ? requests : requests.toReversed()));
    });
    await Promise.all(writers);
    const { Items = [] } = await behind.send(new ScanCommand({ TableName: 'drawbridge' }));
    expect(replayed(records())).toEqual(new Map(Items.map((item) => [item['pk']?.S, item])));
    expect(records()).toHaveLength(30);
  }, 30_000);
});

test('50 writers at once leave a stream that tells, in order, how each item came to be what it is', async () => {
  const writers = Array.from({ length: 50 }, async (_, writer) => {
    const pk = `item-${writer % 5}`;
    const answers = [];
    for (const change of changesOf(writer))
      answers.push(await front(change.operation, { Key: key(pk), ...change.input }));
    return answers.filter(({ status }) => status === 200).length;
  });
  const succeeded = (await Promise.all(writers)).reduce((sum, count) => sum + count, 0);

  const { Items = [] } = await behind.send(new ScanCommand({ TableName: 'drawbridge' }));
  const told = replayed(records());
  expect(told).toEqual(new Map(Items.map((item) => [item['pk']?.S, item])));
  // Adding one and making the first of a kind change the item each time that they succeed.
  expect(records()).toHaveLength(succeeded);
  expect(succeeded).toBe(50 + 5);
}, 30_000);

/** Each writer counts the item up, and tries to be the one that claims it. */
function changesOf(writer: number) {
  return [
    {
      operation: 'UpdateItem',
      input: { UpdateExpression: 'ADD version :one', ExpressionAttributeValues: { ':one': { N: '1' } } },
    },
    {
      operation: 'UpdateItem',
      input: {
        UpdateExpression: 'SET claimedBy = :writer',
        ConditionExpression: 'attribute_not_exists(claimedBy)',
        ExpressionAttributeValues: { ':writer': { S: `${writer}` } },
      },
    },
  ];
}

/** The items as a stream tells them; each old image must be the new one of the record before. */
function replayed(told: readonly StreamRecord[]): Map<string | undefined, Attributes> {
  const items = new Map<string | undefined, Attributes>();
  for (const { dynamodb } of told) {
    const pk = dynamodb.Keys['pk']?.['S']?.toString();
    expect(dynamodb.OldImage).toEqual(items.get(pk));
    if (dynamodb.NewImage !== undefined) items.set(pk, dynamodb.NewImage);
  }
  return items;
}
