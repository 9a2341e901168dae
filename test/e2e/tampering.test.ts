import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { approved, byToken, pending, told } from './elevation.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({});
}, 30_000);
afterAll(() => sandbox.stop());

/** Writes to the table as somebody would who has got hold of it. */
async function editByHand(id: string, attribute: string, value: string): Promise<void> {
  const table = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: sandbox.endpoints.table,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
  });
  await table.send(
    new UpdateItemCommand({
      TableName: sandbox.tableName,
      Key: { pk: { S: `elevation#${id}` }, sk: { S: 'elevation' } },
      UpdateExpression: 'SET #attribute = :value',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#attribute': attribute },
      ExpressionAttributeValues: { ':value': { S: value } },
    }),
  );
}

test('a request approved by hand issues nothing', async () => {
  const id = await pending(sandbox);
  await editByHand(id, 'gsiState', 'approved');
  const david = await byToken(sandbox, 'david', 0);
  expect(told(await david('POST', `/elevations/${id}/credentials`))).toMatchObject({
    status: 500,
    code: 'record-damaged',
  });
});

test('a seal that is not of the key decides and issues nothing', async () => {
  const id = await approved(sandbox);
  await editByHand(id, 'seal', Buffer.alloc(32, 7).toString('base64'));
  const [david, ruth] = [await byToken(sandbox, 'david', 0), await byToken(sandbox, 'ruth', 0)];
  for (const answer of [
    await david('POST', `/elevations/${id}/credentials`),
    await ruth('POST', `/elevations/${id}/revocation`),
  ]) {
    expect(told(answer)).toMatchObject({ status: 500, code: 'record-damaged' });
  }
});
