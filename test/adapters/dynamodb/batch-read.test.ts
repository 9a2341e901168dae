import { readAll } from '../../../shared/adapters/dynamodb/batch-read.ts';
import type { Attributes } from '../../../shared/adapters/dynamodb/conditional-write.ts';
import type { Key } from '../../../shared/adapters/dynamodb/keys.ts';
import { type BatchEndpoint, startBatches } from './batch-endpoint.ts';

type Asked = { readonly Keys: readonly Attributes[]; readonly ConsistentRead?: boolean };

let endpoint: BatchEndpoint;
beforeAll(async () => {
  endpoint = await startBatches('drawbridge', (asked, left) => {
    const { Keys, ...how } = asked as Asked;
    const read = Keys.slice(0, Keys.length - left).filter(({ sk }) => sk?.S !== 'nothing');
    return {
      Responses: { drawbridge: read.map((key) => ({ ...key, said: { S: 'something' } })) },
      UnprocessedKeys: left === 0 ? {} : { drawbridge: { Keys: Keys.slice(-left), ...how } },
    };
  });
});
beforeEach(() => endpoint.forget());
afterAll(() => endpoint.stop());

const keys = (count: number, sk = 'item'): readonly Key[] =>
  Array.from({ length: count }, (_, n) => ({ pk: `${n}`, sk }));

const read = async (wanted: readonly Key[]) => {
  const found = await readAll(endpoint.table, wanted, endpoint.retrying());
  return found.map(({ pk }) => pk?.S);
};

const asked = () => (endpoint.calls as Asked[]).map(({ Keys }) => Keys.map(({ pk }) => pk?.S));

test('items are read 100 at a time, each once, and consistently', async () => {
  expect(await read(keys(230))).toEqual(keys(230).map(({ pk }) => pk));
  expect(asked().map(({ length }) => length)).toEqual([100, 100, 30]);
  expect((endpoint.calls as Asked[]).map(({ ConsistentRead }) => ConsistentRead)).toEqual([true, true, true]);
});

test('what there is none of is left out, and nothing is no call', async () => {
  expect(await read([...keys(1, 'nothing'), ...keys(1)])).toEqual(['0']);
  endpoint.forget();
  expect(await read([])).toEqual([]);
  expect(asked()).toEqual([]);
});

test('what is left unread is asked for again, and that alone, before the next batch', async () => {
  endpoint.unprocessed.push(2, 1, 0);
  expect(await read(keys(101))).toEqual(keys(101).map(({ pk }) => pk));
  expect(asked().slice(1)).toEqual([['98', '99'], ['99'], ['100']]);
  expect(endpoint.pauses).toEqual([40, 80]);
});

test('after eight times it throws and says what to do: part of the answer is none', async () => {
  endpoint.unprocessed.push(1);
  await expect(read(keys(3))).rejects.toThrow(
    /left 1 items of drawbridge unread, 8 times: .* Try again later/,
  );
  expect([asked().length, endpoint.pauses.length]).toEqual([8, 7]);
});
