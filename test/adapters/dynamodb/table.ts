import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { startDynamoDb, type TableDefinition } from '../../../sandbox/dynamodb/start-dynamodb.ts';
import { dynamoDbClient } from '../../../shared/adapters/dynamodb/client.ts';
import type { Table } from '../../../shared/adapters/dynamodb/conditional-write.ts';
import { storyHub } from '../../sandbox/hub/story-hub.ts';

/** A table that lives as long as a test. */
export type TestTable = { readonly table: Table; stop(): Promise<void> };

/** The table of infra/table.yml in dynalite. */
export async function startTable(): Promise<TestTable> {
  const definition = definedTable();
  const dynamoDb = await startDynamoDb({ tables: [definition] });
  const client = loopbackClient(dynamoDb.url);
  const stop = async () => {
    client.destroy();
    await dynamoDb.stop();
  };
  return { table: { client, name: definition.TableName }, stop };
}

/** A client of an emulator on loopback, which asks nobody who they are. */
export function loopbackClient(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'unchecked', secretAccessKey: 'unchecked' },
  });
}

/** The same table, under a name of its own, wherever the SDK's own variables lead. */
export async function createNamedTable(): Promise<TestTable> {
  const client = dynamoDbClient();
  const name = `drawbridge-test-${randomUUID()}`;
  const definition = { ...definedTable(), TableName: name };
  await client.send(new CreateTableCommand({ ...definition, BillingMode: 'PAY_PER_REQUEST' }));
  await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName: name });
  const stop = async () => {
    await client.send(new DeleteTableCommand({ TableName: name }));
    client.destroy();
  };
  return { table: { client, name }, stop };
}

function definedTable(): TableDefinition & { readonly TableName: string } {
  const definition = storyHub().tables.find(({ TableName }) => TableName === 'drawbridge-sandbox');
  if (definition?.TableName === undefined) throw new Error('The templates have no table.');
  return { ...definition, TableName: definition.TableName };
}
