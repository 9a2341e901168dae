import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';

/** What of a table's definition the emulator keeps: names, keys and indexes. */
export type TableDefinition = Pick<
  CreateTableCommandInput,
  'TableName' | 'AttributeDefinitions' | 'KeySchema' | 'GlobalSecondaryIndexes'
>;

/** DynamoDB on loopback, in memory. It knows no IAM: callers reach it through the sandbox's AWS. */
export type SandboxDynamoDb = { readonly url: string; stop(): Promise<void> };

/** Starts dynalite with the tables in place; port 0 takes a free one. */
export async function startDynamoDb(options: {
  readonly tables: readonly TableDefinition[];
  readonly port?: number;
}): Promise<SandboxDynamoDb> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const stop = () => stopServer(server);
  try {
    await createTables(url, options.tables);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function stopServer(server: Server): Promise<void> {
  const closed = promisify(server.close.bind(server))();
  server.closeAllConnections();
  await closed;
}

async function createTables(url: string, tables: readonly TableDefinition[]): Promise<void> {
  const client = new DynamoDBClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'unchecked', secretAccessKey: 'unchecked' },
  });
  try {
    for (const table of tables) {
      await client.send(new CreateTableCommand({ ...asKnown(table), BillingMode: 'PAY_PER_REQUEST' }));
      await waitUntilTableExists(
        { client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.1 },
        { TableName: table.TableName },
      );
    }
  } finally {
    client.destroy();
  }
}

/** Dynalite refuses what it does not know: streams, encryption, recovery, deletion protection, time to live. */
function asKnown(table: TableDefinition): TableDefinition {
  return {
    TableName: table.TableName,
    AttributeDefinitions: table.AttributeDefinitions,
    KeySchema: table.KeySchema,
    GlobalSecondaryIndexes: table.GlobalSecondaryIndexes,
  };
}
