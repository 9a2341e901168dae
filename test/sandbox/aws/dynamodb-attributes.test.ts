import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { DynamoDBClient, GetItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { outcomeOf, policy, role, type Story, startStory } from './story.ts';

// As in example 2 of https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
const TABLE = 'arn:aws:dynamodb:us-east-1:222222222222:table/scores';
const READER = role(
  '222222222222',
  'Reader',
  policy({
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    Resource: [TABLE, `${TABLE}/index/byGame`],
    Condition: {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['UserId', 'Game', 'TopScore'] },
      StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
    },
  }),
);

let store: Server;
let story: Story;
let reader: DynamoDBClient;
beforeAll(async () => {
  store = createServer((request, response) => {
    request.resume().on('end', () => response.end('{}'));
  });
  store.listen(0, '127.0.0.1');
  await once(store, 'listening');
  story = await startStory({ dynamodb: `http://127.0.0.1:${Object(store.address()).port}`, roles: [READER] });
  reader = new DynamoDBClient(
    story.client(story.aws.functionCredentials('arn:aws:iam::222222222222:role/Reader', 'reader')),
  );
});
afterAll(async () => {
  await story.stop();
  store.close();
});

const DENIED = 'AccessDeniedException';

test.each([
  ['the names that are allowed', { ProjectionExpression: 'UserId, TopScore' }, 'allowed'],
  ['parts of one that is allowed', { ProjectionExpression: 'TopScore[0].at' }, 'allowed'],
  ['all attributes', {}, DENIED],
  ['another name', { ProjectionExpression: 'UserId, Wins' }, DENIED],
  [
    'another name by a placeholder',
    { ProjectionExpression: '#a', ExpressionAttributeNames: { '#a': 'Wins' } },
    DENIED,
  ],
])('an item is read by %s: %s', async (_, asked, code) => {
  const get = new GetItemCommand({ TableName: 'scores', Key: { UserId: { S: '1' } }, ...asked });
  expect(await outcomeOf(reader.send(get))).toMatchObject({ code });
});

test.each([
  ['the names that are allowed', { ProjectionExpression: 'UserId' }, 'allowed'],
  ['the names, said twice', { ProjectionExpression: 'UserId', Select: 'SPECIFIC_ATTRIBUTES' }, 'allowed'],
  ['what the index holds', {}, DENIED],
  ['what the index holds, said aloud', { Select: 'ALL_PROJECTED_ATTRIBUTES' }, DENIED],
  ['a count', { Select: 'COUNT' }, DENIED],
  ['a filter on another', { ProjectionExpression: 'UserId', FilterExpression: 'size(Wins) > :v' }, DENIED],
  [
    'a filter on one that is allowed',
    { ProjectionExpression: 'UserId', FilterExpression: 'attribute_exists(TopScore) AND TopScore > :v' },
    'allowed',
  ],
] as const)('an index is queried by %s', async (_, asked, code) => {
  const query = new QueryCommand({
    ...{ TableName: 'scores', IndexName: 'byGame', KeyConditionExpression: 'Game = :v' },
    ExpressionAttributeValues: { ':v': { S: 'Wins' } },
    ...asked,
  });
  expect(await outcomeOf(reader.send(query))).toMatchObject({ code });
});

test.each([
  ['SET TopScore = :v', undefined, 'allowed'],
  ['SET TopScore = if_not_exists(Wins, :v)', undefined, DENIED],
  ['SET TopScore = :v REMOVE Wins', undefined, DENIED],
  ['SET TopScore = :v', 'attribute_not_exists(Wins)', DENIED],
])('an item is changed by "%s" where %s: %s', async (UpdateExpression, ConditionExpression, code) => {
  const update = new UpdateItemCommand({
    ...{ TableName: 'scores', Key: { UserId: { S: '1' } }, UpdateExpression, ConditionExpression },
    ExpressionAttributeValues: { ':v': { N: '1' } },
  });
  expect(await outcomeOf(reader.send(update))).toMatchObject({ code });
});
