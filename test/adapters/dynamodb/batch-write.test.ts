import { putAll } from '../../../shared/adapters/dynamodb/batch-write.ts';
import type { Attributes } from '../../../shared/adapters/dynamodb/conditional-write.ts';
import { type BatchEndpoint, startBatches } from './batch-endpoint.ts';

type Asked = readonly { readonly PutRequest: { readonly Item: Attributes } }[];

let endpoint: BatchEndpoint;
beforeAll(async () => {
  endpoint = await startBatches('usage', (asked, left) => ({
    UnprocessedItems: left === 0 ? {} : { usage: (asked as Asked).slice(-left) },
  }));
});
beforeEach(() => endpoint.forget());
afterAll(() => endpoint.stop());

/** The keys of the items of each call. */
const calls = () =>
  (endpoint.calls as Asked[]).map((asked) => asked.map(({ PutRequest }) => PutRequest.Item['pk']?.S));

const items = (count: number): readonly Attributes[] =>
  Array.from({ length: count }, (_, n) => ({ pk: { S: `${n}` }, sk: { S: 'item' } }));

const put = (count: number, chance?: number) =>
  putAll(endpoint.table, items(count), endpoint.retrying(chance));

test('items are put 25 at a time, each once', async () => {
  await put(60);
  expect(calls().map((keys) => keys.length)).toEqual([25, 25, 10]);
  expect(calls().flat()).toEqual(items(60).map(({ pk }) => pk?.S));
  expect(endpoint.pauses).toEqual([]);
});

test('nothing is no call', async () => {
  await put(0);
  expect(calls()).toEqual([]);
});

test('what is left unprocessed is sent again, and that alone, before the next batch', async () => {
  endpoint.unprocessed.push(2, 1, 0);
  await put(26);
  expect(calls().slice(1)).toEqual([['23', '24'], ['24'], ['25']]);
});

test('pauses double, and half of each is chance', async () => {
  endpoint.unprocessed.push(1, 1, 1, 1, 0);
  await put(1);
  expect(endpoint.pauses).toEqual([40, 80, 160, 320]);
  endpoint.forget();
  endpoint.unprocessed.push(1, 1, 1, 1, 0);
  await put(1, 1);
  expect(endpoint.pauses).toEqual([80, 160, 320, 640]);
});

test('after eight times it throws and says that nothing is lost by sending the batch again', async () => {
  endpoint.unprocessed.push(1);
  await expect(put(3)).rejects.toThrow(
    /left 1 items .* for usage unwritten, 8 times: .* Send the batch again/,
  );
  expect([calls().length, endpoint.pauses.length]).toEqual([8, 7]);
});
