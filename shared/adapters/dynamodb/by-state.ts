import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { formatInstant, type Instant, instant } from '../../domain/instant.ts';
import { type Attributes, attributes, type Table } from './conditional-write.ts';
import { INDEXES } from './keys.ts';

/**
 * What is wanted of the items that the index of states holds under a state, of times from then to before then and in
 * their order; eventually consistent.
 */
export async function* itemsInState(
  table: Table,
  state: string,
  { from, until }: { readonly from: Instant; readonly until: Instant },
  wanted: string,
): AsyncIterable<Attributes> {
  if (from >= until) return;
  const { hash, range } = INDEXES.byState;
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      IndexName: 'byState',
      KeyConditionExpression: '#hash = :state AND #range BETWEEN :from AND :until',
      ProjectionExpression: wanted,
      ExpressionAttributeNames: { '#hash': hash, '#range': range },
      ExpressionAttributeValues: attributes({
        ':state': state,
        ':from': formatInstant(from),
        ':until': formatInstant(instant(until - 1)), // in milliseconds, as the times in the index are
      }),
    },
  );
  for await (const { Items = [] } of pages) yield* Items;
}
