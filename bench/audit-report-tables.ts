import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { itemsOf } from './audit-report-items.ts';
import { answerTo, type Held, listName } from './audit-report-queries.ts';
import { benchAccess, SEAL, TABLES } from './audit-report-world.ts';

/**
 * A process of its own: two tables that can only be read. They answer `BatchGetItem` and `Query` as DynamoDB does, and refuse
 * everything else. What was asked can be read at `/asked`, so that it can be asked again.
 */
const size = z
  .object({ elevations: z.number(), events: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ''));

/** An answer takes so long, as it does from DynamoDB within a Region ("single-digit milliseconds"). */
const ANSWER_MS = 4;

const lists = new Map<string, Held[]>();
let items = 0;
for await (const { table, item } of itemsOf(size, await benchAccess(), SEAL)) {
  const { pk, sk, gsiState, requestedAt } = item;
  const json = JSON.stringify(item);
  hold(listName(TABLES[table], undefined, pk?.S), { range: `${sk?.S}`, json });
  if (table === 'usage') items++;
  if (gsiState === undefined) continue;
  hold(listName(TABLES[table], 'byState', gsiState.S), { range: `${requestedAt?.S}${pk?.S}`, json });
}
for (const list of lists.values()) list.sort((one, other) => (one.range < other.range ? -1 : 1));

const asked: { readonly operation: string; readonly body: string }[] = [];
const server = createServer(async (request, response) => {
  if (request.url === '/asked') {
    response.end(JSON.stringify(asked.splice(0)));
    return;
  }
  const body = await text(request);
  const operation = `${request.headers['x-amz-target']}`.split('.').at(-1) ?? '';
  asked.push({ operation, body });
  const answer = answerTo(operation, body, lists);
  await setTimeout(ANSWER_MS);
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  response.statusCode = answer === undefined ? 400 : 200;
  response.end(answer ?? '{"__type":"com.amazon.coral.service#UnknownOperationException"}');
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, items }));

function hold(list: string, one: Held): void {
  const before = lists.get(list);
  if (before === undefined) lists.set(list, [one]);
  else before.push(one);
}
