import { paginateQuery, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Json } from '../../domain/canonical-json.ts';
import { type Attributes, attributes, type Table } from './conditional-write.ts';

/** A query without the table and the values. */
export type Query = Omit<QueryCommandInput, 'TableName' | 'ExpressionAttributeValues' | 'Limit'>;

/** The first items of a query, or all of them, over as many pages of 1 MB as that takes. */
export async function queried(
  table: Table,
  query: Query,
  values: Readonly<Record<string, Json>>,
  limit = Number.POSITIVE_INFINITY,
): Promise<readonly Attributes[]> {
  const found: Attributes[] = [];
  const input = { ...query, TableName: table.name, ExpressionAttributeValues: attributes(values) };
  const paging = { client: table.client, ...(Number.isFinite(limit) ? { pageSize: limit } : {}) };
  for await (const { Items = [] } of paginateQuery(paging, input)) {
    found.push(...Items);
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}
