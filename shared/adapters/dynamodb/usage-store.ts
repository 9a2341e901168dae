import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { formatInstant, type Instant } from '../../domain/instant.ts';
import type { Delivery, UsageStore } from '../../ports/usage-store.ts';
import { putAll } from './batch-write.ts';
import { IN_TIME, type Retrying } from './batches.ts';
import { type Attributes, attributes, readItem, type Table } from './conditional-write.ts';
import { deliveryPartition, usageKey, usagePartition } from './keys.ts';
import { deliveryIn, deliveryItem, hourOf, type KeptDays, usageItem, usageReader } from './usage-item.ts';

/** From the first instant to before the last. */
type Between = { readonly from: Instant; readonly until: Instant };

/** What the trail has seen, in a table of its own. `keptDays` after an event its item may go. */
export function dynamoDbUsage(
  table: Table,
  { keptDays, retrying = IN_TIME }: { readonly keptDays?: KeptDays; readonly retrying?: Retrying } = {},
): UsageStore {
  return {
    async keep(kept) {
      const items = kept.map((one) => usageItem(one, keptDays));
      await putAll(table, onePerKey(items), retrying);
    },
    isKept: async (kept) => (await readItem(table, usageKey(kept))) !== undefined,
    async *under(place, between) {
      const observationIn = usageReader(place);
      for await (const items of pagesOf(table, usagePartition(place), 'sk, observation', between)) {
        for (const item of items) yield observationIn(item);
      }
    },
    async noteDeliveries(deliveries) {
      const items = deliveries.map((delivery) => deliveryItem(delivery, keptDays));
      await putAll(table, onePerKey(items), retrying);
    },
    async deliveriesOf(account, { from, until }) {
      const deliveries: Delivery[] = [];
      const during = { from: hourOf(from), until };
      for await (const items of pagesOf(table, deliveryPartition(account), 'sk', during)) {
        deliveries.push(...items.map((item) => deliveryIn(item, account)));
      }
      return deliveries;
    },
  };
}

/** One request cannot name a key twice (DynamoDB API Reference, "BatchWriteItem"). */
function onePerKey(items: readonly Attributes[]): readonly Attributes[] {
  return [...new Map(items.map((item) => [JSON.stringify([item['pk'], item['sk']]), item])).values()];
}

/**
 * What is wanted of the items of a partition, read consistently, a page of at most 1 MB at a time. NB. Range keys begin
 * with their time.
 */
async function* pagesOf(
  table: Table,
  partition: string,
  wanted: string,
  between?: Between,
): AsyncIterable<readonly Attributes[]> {
  const during =
    between === undefined
      ? { condition: '', values: {} }
      : {
          condition: ' AND sk BETWEEN :from AND :until',
          values: { ':from': formatInstant(between.from), ':until': formatInstant(between.until) },
        };
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      KeyConditionExpression: `pk = :partition${during.condition}`,
      ExpressionAttributeValues: attributes({ ':partition': partition, ...during.values }),
      ProjectionExpression: wanted,
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) yield Items;
}
