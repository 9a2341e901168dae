import {
  ConditionalCheckFailedException,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { type SandboxDynamoDb, startDynamoDb } from '../../../sandbox/dynamodb/start-dynamodb.ts';

const TABLE = {
  TableName: 'drawbridge-sandbox',
  BillingMode: 'PAY_PER_REQUEST' as const,
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const },
  SSESpecification: { Enabled: true, SSEType: 'KMS' as const },
  DeletionProtectionEnabled: true,
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' as const },
    { AttributeName: 'gsiPerson', AttributeType: 'S' as const },
  ],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byPerson',
      Projection: { ProjectionType: 'ALL' as const },
      KeySchema: [{ AttributeName: 'gsiPerson', KeyType: 'HASH' as const }],
    },
  ],
};

let dynamoDb: SandboxDynamoDb;
let client: DynamoDBClient;

beforeAll(async () => {
  dynamoDb = await startDynamoDb({ tables: [TABLE] });
  client = new DynamoDBClient({
    endpoint: dynamoDb.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
});

afterAll(async () => {
  client.destroy();
  await dynamoDb.stop();
});

test('the table is ready at once, with its keys and indexes', async () => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'drawbridge-sandbox' }));
  expect(Table).toMatchObject({ TableStatus: 'ACTIVE', KeySchema: TABLE.KeySchema });
  expect(Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName)).toEqual(['byPerson']);
});

test('of two conditional writes of one item, the second is refused', async () => {
  const put = new PutItemCommand({
    TableName: 'drawbridge-sandbox',
    Item: { pk: { S: 'one' }, gsiPerson: { S: 'david' } },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  await client.send(put);
  await expect(client.send(put)).rejects.toThrow(ConditionalCheckFailedException);
});

test('an index finds what was written', async () => {
  await client.send(
    new PutItemCommand({
      TableName: 'drawbridge-sandbox',
      Item: { pk: { S: 'two' }, gsiPerson: { S: 'ruth' } },
    }),
  );
  const { Items } = await client.send(
    new QueryCommand({
      TableName: 'drawbridge-sandbox',
      IndexName: 'byPerson',
      KeyConditionExpression: 'gsiPerson = :person',
      ExpressionAttributeValues: { ':person': { S: 'ruth' } },
    }),
  );
  expect(Items?.map((item) => item['pk'])).toEqual([{ S: 'two' }]);
});

test('a table that DynamoDB would not take is an error', async () => {
  await expect(startDynamoDb({ tables: [{ TableName: 'x' }] })).rejects.toThrow();
});
