import { readFileSync } from 'node:fs';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { parse } from 'yaml';
import { startDynamoDb, type TableDefinition } from '../../../sandbox/dynamodb/start-dynamodb.ts';
import type { Attributes, Table } from '../../../shared/adapters/dynamodb/conditional-write.ts';
import { loopbackClient } from './table.ts';

/** Tables of usage that live as long as a test. */
export type UsageTables = { readonly tables: readonly Table[]; stop(): Promise<void> };

/** So many tables like that of infra/usage-table.yml, in one dynalite. */
export async function startUsageTables(count: number): Promise<UsageTables> {
  const definition = definedTable();
  const names = Array.from({ length: count }, (_, n) => `usage-${n}`);
  const dynamoDb = await startDynamoDb({ tables: names.map((TableName) => ({ ...definition, TableName })) });
  const client = loopbackClient(dynamoDb.url);
  return {
    tables: names.map((name) => ({ client, name })),
    async stop() {
      client.destroy();
      await dynamoDb.stop();
    },
  };
}

/** Every item of a table, in the order of their keys. */
export async function dumpOf({ client, name }: Table): Promise<readonly Attributes[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name, ConsistentRead: true }));
  const keyOf = ({ pk, sk }: Attributes) => JSON.stringify([pk, sk]);
  return Items.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** The template, without the name that only a stage gives it. */
function definedTable(): TableDefinition {
  const template = parse(readFileSync('infra/usage-table.yml', 'utf8'));
  return template.Resources.UsageTable.Properties;
}
