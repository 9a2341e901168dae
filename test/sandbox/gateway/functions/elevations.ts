import { DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

const client = new DynamoDBClient({ maxAttempts: 1 });
const TableName = process.env['DRAWBRIDGE_TABLE'];

/** A function that writes down who called and reads it again; then it tries what its role does not allow. */
export const handler = async ({ requestContext }: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const who: unknown = requestContext.authorizer?.['principalId'];
  const Key = { pk: { S: `caller#${String(who)}` }, sk: { S: 'caller' } };
  await client.send(new PutItemCommand({ TableName, Item: { ...Key, at: { N: String(Date.now()) } } }));
  const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  const scan = await client.send(new ScanCommand({ TableName })).then(
    () => 'allowed',
    (error: Error) => error.name,
  );
  return { statusCode: 200, body: JSON.stringify({ who, at: Number(Item?.['at']?.N), scan }) };
};
