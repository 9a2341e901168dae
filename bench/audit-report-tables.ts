import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { itemsOf } from './audit-report-items.ts';
import { benchAccess, SEAL, TABLES } from './audit-report-world.ts';

/**
 * A process of its own: two tables that can only be read. They answer `GetItem` and `Query` as DynamoDB does, each answer after
 * so many milliseconds as DynamoDB takes, and refuse everything else. What was asked can be read, to be asked again.
 */
const { elevations, events } = z
  .object({ elevations: z.number(), events: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const ANSWER_MS = 4;
const PAGE_BYTES = 1024 * 1024;

/** An item's range key in a list, and the item as it is sent. */
type Held = { readonly range: string; readonly key: object; readonly json: string };

const held = new Map<string, Held[]>();
let count = 0;
for await (const { table, item } of itemsOf({ elevations, events }, await benchAccess(), SEAL)) {
  const { pk, sk, gsiState, requestedAt } = item;
  const json = JSON.stringify(item);
  hold(`${TABLES[table]} ${pk?.S}`, { range: `${sk?.S}`, key: { pk, sk }, json });
  if (table === 'usage') count++;
  if (gsiState?.S === undefined) continue;
  const key = { pk, sk, gsiState, requestedAt };
  hold(`${TABLES[table]} byState ${gsiState.S}`, { range: `${requestedAt?.S}${pk?.S}`, key, json });
}
for (const list of held.values()) list.sort((one, other) => (one.range < other.range ? -1 : 1));

const asked: { readonly operation: string; readonly body: string }[] = [];
const server = createServer(async (request, response) => {
  const body = await textOf(request);
  const operation = `${request.headers['x-amz-target']}`.split('.').at(-1) ?? '';
  if (request.url === '/asked') {
    response.end(JSON.stringify(asked.splice(0)));
    return;
  }
  asked.push({ operation, body });
  const answer = answerTo(operation, body);
  await setTimeout(ANSWER_MS);
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  response.statusCode = answer === undefined ? 400 : 200;
  response.end(answer ?? '{"__type":"com.amazon.coral.service#UnknownOperationException"}');
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(
  JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, items: count }),
);

function hold(list: string, one: Held): void {
  const before = held.get(list);
  if (before === undefined) held.set(list, [one]);
  else before.push(one);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

function answerTo(operation: string, body: string): string | undefined {
  const asking = JSON.parse(body);
  if (operation === 'GetItem') return gotten(asking);
  return operation === 'Query' ? queried(asking) : undefined;
}

function gotten({
  TableName,
  Key: { pk, sk },
}: {
  TableName: string;
  Key: Record<string, { S: string }>;
}): string {
  const found = held.get(`${TableName} ${pk?.S}`)?.find(({ range }) => range === sk?.S);
  return found === undefined ? '{}' : `{"Item":${found.json}}`;
}

type Asking = {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly KeyConditionExpression: string;
  readonly ExpressionAttributeValues: Readonly<Record<string, { readonly S: string }>>;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: object;
};

/** NB. The first value that is given is the partition's, and the others bound the range, in the order of the expression. */
function queried({
  TableName,
  IndexName,
  ScanIndexForward,
  Limit,
  ExclusiveStartKey,
  ...asking
}: Asking): string {
  const [partition = '', ...bounds] = Object.values(asking.ExpressionAttributeValues).map(({ S }) => S);
  const list =
    held.get([TableName, IndexName, partition].filter((part) => part !== undefined).join(' ')) ?? [];
  const within = list.filter(({ range }) => isWithin(range, asking.KeyConditionExpression, bounds));
  const found = ScanIndexForward === false ? within.toReversed() : within;
  const start = ExclusiveStartKey && JSON.stringify(sorted(ExclusiveStartKey));
  const from =
    start === undefined ? 0 : 1 + found.findIndex(({ key }) => JSON.stringify(sorted(key)) === start);
  return page(found.slice(from), Limit ?? Number.POSITIVE_INFINITY);
}

function isWithin(range: string, condition: string, [one = '', other = '']: readonly string[]): boolean {
  if (condition.includes('BETWEEN')) return range >= one && range <= other;
  return condition.includes('begins_with') ? range.startsWith(one) : true;
}

function sorted(key: object): object {
  return Object.fromEntries(Object.entries(key).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function page(found: readonly Held[], limit: number): string {
  let [end, bytes] = [0, 0];
  for (; end < found.length && end < limit && bytes < PAGE_BYTES; end++)
    bytes += found[end]?.json.length ?? 0;
  const items = found.slice(0, end).map(({ json }) => json);
  const last = end < found.length ? `,"LastEvaluatedKey":${JSON.stringify(found[end - 1]?.key)}` : '';
  return `{"Items":[${items.join()}],"Count":${items.length},"ScannedCount":${items.length}${last}}`;
}
