/** An item's place in a list, and the item as it is sent. */
export type Held = { readonly range: string; readonly json: string };

/** Lists of items by the table, the index if it is in one, and the partition; each in the order of the places. */
export type Lists = ReadonlyMap<string, readonly Held[]>;

type Attribute = { readonly S: string };
type Key = Readonly<Record<'pk' | 'sk' | 'gsiState' | 'requestedAt', Attribute>>;

type Query = {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly KeyConditionExpression: string;
  readonly ExpressionAttributeValues: Readonly<Record<string, Attribute>>;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Key;
  /** Names of attributes with commas between them, as the product asks for them. */
  readonly ProjectionExpression?: string;
};

const PAGE_BYTES = 1024 * 1024;

/** What the tables answer; undefined to an operation that they do not know. */
export function answerTo(operation: string, body: string, lists: Lists): string | undefined {
  const asked = JSON.parse(body);
  if (operation === 'BatchGetItem') return gotten(asked, lists);
  return operation === 'Query' ? queried(asked, lists) : undefined;
}

/** Where a table, or an index of it, holds a partition. */
export function listName(table: string, index: string | undefined, partition: string | undefined): string {
  return `${table}/${index ?? ''}/${partition}`;
}

type BatchOfReads = {
  readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly Key[] }>>;
};

function gotten({ RequestItems }: BatchOfReads, lists: Lists): string {
  const tables = Object.entries(RequestItems).map(([table, { Keys }]) => {
    const found = Keys.flatMap(({ pk, sk }) => {
      const list = lists.get(listName(table, undefined, pk.S)) ?? [];
      return list.find(({ range }) => range === sk.S)?.json ?? [];
    });
    return `"${table}":[${found.join()}]`;
  });
  return `{"Responses":{${tables.join()}},"UnprocessedKeys":{}}`;
}

/** NB. The first value that is given is the partition's, and the others bound the range, in the order of the expression. */
function queried(query: Query, lists: Lists): string {
  const { TableName, IndexName, ScanIndexForward, Limit, ExclusiveStartKey: start } = query;
  const [partition, ...bounds] = Object.values(query.ExpressionAttributeValues).map(({ S }) => S);
  const list = lists.get(listName(TableName, IndexName, partition)) ?? [];
  const within = list.filter(({ range }) => isWithin(range, query.KeyConditionExpression, bounds));
  const found = ScanIndexForward === false ? within.toReversed() : within;
  const place = start && (IndexName === undefined ? start.sk.S : `${start.requestedAt.S}${start.pk.S}`);
  const from = place === undefined ? 0 : 1 + found.findIndex(({ range }) => range === place);
  const { answered, more } = page(found.slice(from), Limit ?? Number.POSITIVE_INFINITY);
  const items = answered.map(({ json }) => shown(json, query.ProjectionExpression));
  const last = more
    ? `,"LastEvaluatedKey":${keyIn(answered.at(-1)?.json ?? '', IndexName !== undefined)}`
    : '';
  return `{"Items":[${items.join()}],"Count":${items.length},"ScannedCount":${items.length}${last}}`;
}

function shown(json: string, wanted: string | undefined): string {
  if (wanted === undefined) return json;
  const item: Readonly<Record<string, unknown>> = JSON.parse(json);
  return JSON.stringify(Object.fromEntries(wanted.split(/, ?/).map((name) => [name, item[name]])));
}

function isWithin(range: string, condition: string, [one = '', other = '']: readonly string[]): boolean {
  if (condition.includes('BETWEEN')) return range >= one && range <= other;
  return condition.includes('begins_with') ? range.startsWith(one) : true;
}

function page(found: readonly Held[], limit: number) {
  let [end, bytes] = [0, 0];
  for (; end < found.length && end < limit && bytes < PAGE_BYTES; end++)
    bytes += found[end]?.json.length ?? 0;
  return { answered: found.slice(0, end), more: end < found.length };
}

function keyIn(json: string, isOfIndex: boolean): string {
  const { pk, sk, gsiState, requestedAt }: Key = JSON.parse(json);
  return JSON.stringify(isOfIndex ? { pk, sk, gsiState, requestedAt } : { pk, sk });
}
