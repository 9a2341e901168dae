import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { outcomeOf, policy, role, type Story, startStory, TESS } from './story.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:222222222222:table/drawbridge';
const KEEPER = role(
  '222222222222',
  'Keeper',
  policy(
    { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: TABLE },
    { Effect: 'Allow', Action: 'dynamodb:Query', Resource: `${TABLE}/index/byRole` },
    {
      Effect: 'Allow',
      Action: ['dynamodb:BatchWriteItem', 'dynamodb:BatchGetItem'],
      Resource: [TABLE, `${TABLE}-usage`],
    },
  ),
);

let story: Story;
let store: Server;
let received: unknown[];
let answer: { readonly status: number; readonly body: object };

beforeAll(async () => {
  store = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      received.push([request.headers['x-amz-target'], JSON.parse(Buffer.concat(chunks).toString())]);
      response
        .writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' })
        .end(JSON.stringify(answer.body));
    });
  });
  store.listen(0, '127.0.0.1');
  await once(store, 'listening');
  story = await startStory({ dynamodb: `http://127.0.0.1:${Object(store.address()).port}`, roles: [KEEPER] });
});
beforeEach(() => {
  received = [];
  answer = { status: 200, body: {} };
});
afterAll(async () => {
  await story.stop();
  store.close();
});

const keeper = () =>
  new DynamoDBClient(
    story.client(story.aws.functionCredentials('arn:aws:iam::222222222222:role/Keeper', 'keeper')),
  );
const get = (TableName: string) => new GetItemCommand({ TableName, Key: { pk: { S: '1' } } });

test('a call that is allowed reaches the store as it was sent', async () => {
  answer = { status: 200, body: { Item: { pk: { S: '1' } } } };
  expect((await keeper().send(get('drawbridge'))).Item).toEqual({ pk: { S: '1' } });
  expect(received).toEqual([
    ['DynamoDB_20120810.GetItem', { TableName: 'drawbridge', Key: { pk: { S: '1' } } }],
  ]);
});

test('a call that is denied does not reach the store', async () => {
  expect(await outcomeOf(keeper().send(get('another')))).toMatchObject({
    code: 'AccessDeniedException',
    message: expect.stringMatching(
      /dynamodb:GetItem on resource: .*:table\/another because no identity-based policy allows the dynamodb:GetItem action$/,
    ),
    status: 400,
  });
  expect(received).toEqual([]);
});

test.each([
  ['byRole', 'allowed'],
  ['byState', 'AccessDeniedException'],
  [undefined, 'AccessDeniedException'],
])('a query of index %s is judged by the ARN of the index: %s', async (IndexName, code) => {
  const query = new QueryCommand({
    TableName: 'drawbridge',
    IndexName,
    KeyConditionExpression: 'a = :a',
    ExpressionAttributeValues: { ':a': { S: '1' } },
  });
  expect(await outcomeOf(keeper().send(query))).toMatchObject({ code });
});

test("another account's administrator has no such table", async () => {
  const tess = new DynamoDBClient(story.client(story.aws.userCredentials(TESS)));
  expect(await outcomeOf(tess.send(get('drawbridge')))).toMatchObject({ code: 'ResourceNotFoundException' });
  expect(received).toEqual([]);
});

test("the store's refusal comes through whole, and the record names it", async () => {
  answer = {
    status: 400,
    body: {
      __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
      message: 'The conditional request failed',
    },
  };
  expect(await outcomeOf(keeper().send(get('drawbridge')))).toMatchObject({
    code: 'ConditionalCheckFailedException',
    message: 'The conditional request failed',
  });
  expect(story.aws.records().at(-1)).toMatchObject({
    errorCode: 'ConditionalCheckFailedException',
    managementEvent: false,
  });
});

describe('a batch of writes', () => {
  const puts = [{ PutRequest: { Item: { pk: { S: '1' } } } }, { DeleteRequest: { Key: { pk: { S: '2' } } } }];
  const batch = (...tables: readonly string[]) =>
    new BatchWriteItemCommand({ RequestItems: Object.fromEntries(tables.map((table) => [table, puts])) });

  test('reaches the store as it was sent, and the record names its tables', async () => {
    expect(await outcomeOf(keeper().send(batch('drawbridge', 'drawbridge-usage')))).toMatchObject({
      code: 'allowed',
    });
    expect(received).toEqual([
      ['DynamoDB_20120810.BatchWriteItem', { RequestItems: { drawbridge: puts, 'drawbridge-usage': puts } }],
    ]);
    expect(story.aws.records().at(-1)).toMatchObject({
      eventName: 'BatchWriteItem',
      readOnly: false,
      requestParameters: { requestItems: [{ tableName: 'drawbridge' }, { tableName: 'drawbridge-usage' }] },
      resources: [{ ARN: TABLE }, { ARN: `${TABLE}-usage` }],
    });
  });

  test('needs permission for each of its tables', async () => {
    expect(await outcomeOf(keeper().send(batch('drawbridge', 'another')))).toMatchObject({
      code: 'AccessDeniedException',
      message: expect.stringMatching(/dynamodb:BatchWriteItem on resource: .*:table\/another because/),
    });
    expect(received).toEqual([]);
  });

  test('that names no table is refused', async () => {
    expect(await outcomeOf(keeper().send(batch()))).toMatchObject({ code: 'ValidationException' });
    expect(received).toEqual([]);
  });
});

describe('a batch of reads', () => {
  const asked = { Keys: [{ pk: { S: '1' } }, { pk: { S: '2' } }], ConsistentRead: true };
  const batch = (...tables: readonly string[]) =>
    new BatchGetItemCommand({ RequestItems: Object.fromEntries(tables.map((table) => [table, asked])) });

  test('reaches the store as it was sent, and the record names its tables', async () => {
    answer = { status: 200, body: { Responses: { drawbridge: [{ pk: { S: '1' } }] } } };
    const sent = batch('drawbridge', 'drawbridge-usage');
    expect((await keeper().send(sent)).Responses).toEqual({ drawbridge: [{ pk: { S: '1' } }] });
    expect(received).toEqual([['DynamoDB_20120810.BatchGetItem', sent.input]]);
    expect(story.aws.records().at(-1)).toMatchObject({
      ...{ eventName: 'BatchGetItem', readOnly: true, managementEvent: false },
      requestParameters: { requestItems: [{ tableName: 'drawbridge' }, { tableName: 'drawbridge-usage' }] },
      resources: [{ ARN: TABLE }, { ARN: `${TABLE}-usage` }],
    });
  });

  test('needs permission for each of its tables', async () => {
    expect(await outcomeOf(keeper().send(batch('drawbridge', 'another')))).toMatchObject({
      code: 'AccessDeniedException',
      message: expect.stringMatching(/dynamodb:BatchGetItem on resource: .*:table\/another because/),
    });
    expect(received).toEqual([]);
  });

  test('that names no table is refused', async () => {
    expect(await outcomeOf(keeper().send(batch()))).toMatchObject({ code: 'ValidationException' });
    expect(received).toEqual([]);
  });
});

test('transactions are not modelled and refused', async () => {
  expect(await outcomeOf(keeper().send(new TransactWriteItemsCommand({ TransactItems: [] })))).toMatchObject({
    code: 'UnknownOperationException',
  });
});
