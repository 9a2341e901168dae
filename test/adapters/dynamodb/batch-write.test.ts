import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { putAll } from '../../../shared/adapters/dynamodb/batch-write.ts';
import type { Attributes, Table } from '../../../shared/adapters/dynamodb/conditional-write.ts';
import { loopbackClient } from './table.ts';

type Asked = readonly { readonly PutRequest: { readonly Item: Attributes } }[];

let server: Server;
let table: Table;
/** The keys of the items of each call. */
let calls: string[][];
/** How many items of a call, from its end, stay unprocessed: of the first call, the second … */
let unprocessed: number[];
let pauses: number[];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { RequestItems } = Object(await json(request));
    const asked: Asked = RequestItems[table.name];
    calls.push(asked.map(({ PutRequest }) => PutRequest.Item['pk']?.S ?? ''));
    const left = unprocessed[Math.min(calls.length, unprocessed.length) - 1] ?? 0;
    const UnprocessedItems = left === 0 ? {} : { [table.name]: asked.slice(-left) };
    response
      .writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify({ UnprocessedItems }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = loopbackClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  table = { client, name: 'usage' };
});
beforeEach(() => {
  calls = [];
  unprocessed = [];
  pauses = [];
});
afterAll(async () => {
  table.client.destroy();
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

const items = (count: number): readonly Attributes[] =>
  Array.from({ length: count }, (_, n) => ({ pk: { S: `${n}` }, sk: { S: 'item' } }));

const put = (count: number, chance = 0) =>
  putAll(table, items(count), {
    pause: async (milliseconds) => void pauses.push(milliseconds),
    random: () => chance,
  });

test('items are put 25 at a time, each once', async () => {
  await put(60);
  expect(calls.map((keys) => keys.length)).toEqual([25, 25, 10]);
  expect(calls.flat()).toEqual(items(60).map(({ pk }) => pk?.S));
  expect(pauses).toEqual([]);
});

test('nothing is no call', async () => {
  await put(0);
  expect(calls).toEqual([]);
});

test('what is left unprocessed is sent again, and that alone, before the next batch', async () => {
  unprocessed = [2, 1, 0];
  await put(26);
  expect(calls.slice(1)).toEqual([['23', '24'], ['24'], ['25']]);
});

test('pauses double, and half of each is chance', async () => {
  unprocessed = [1, 1, 1, 1, 0];
  await put(1);
  await put(1);
  expect(pauses).toEqual([40, 80, 160, 320]);
  [calls, pauses] = [[], []];
  await put(1, 1);
  expect(pauses).toEqual([80, 160, 320, 640]);
});

test('after eight times it throws and says that nothing is lost by sending the batch again', async () => {
  unprocessed = [1];
  await expect(put(3)).rejects.toThrow(
    /left 1 items .* for usage unwritten, 8 times: .* Send the batch again/,
  );
  expect([calls.length, pauses.length]).toEqual([8, 7]);
});
