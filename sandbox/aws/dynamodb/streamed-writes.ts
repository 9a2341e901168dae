import * as z from 'zod';
import type { Attributes } from '../../dynamodb/item-size.ts';
import type { TableStream } from '../../dynamodb/table-stream.ts';
import type { ReceivedRequest } from '../aws.ts';
import type { Outcome } from '../service.ts';
import { askStore } from './store.ts';
import { BatchOfWrites } from './tables.ts';

const AttributesOfItem = z.record(z.string(), z.record(z.string(), z.unknown()));
const Write = z
  .object({ TableName: z.string() })
  .and(z.union([z.object({ Key: AttributesOfItem }), z.object({ Item: AttributesOfItem })]));
const Found = z.object({ Item: AttributesOfItem.optional() });

/** Runs a write, and adds what it changed to the stream. The caller's answer is the store's, whatever the stream has. */
export type StreamedWrites = (
  body: unknown,
  request: ReceivedRequest,
  write: () => Promise<Outcome>,
) => Promise<Outcome>;

/**
 * The store has no streams. Writes of one item wait for each other, so that what is read before and after one is what it
 * found and left. What is written past this front, on the store itself, has no record.
 */
export function streamedWrites(endpoint: string, stream: TableStream): StreamedWrites {
  const inTurn = takingTurns();
  return (body, request, write) => {
    const keys = keysOf(body, stream);
    if (keys.size === 0) return write();
    const read = () =>
      Promise.all([...keys.values()].map((key) => readItem(endpoint, request, stream.tableName, key)));
    return inTurn([...keys.keys()], async () => {
      const before = await read();
      const outcome = await write();
      if (outcome.refusal !== undefined) return outcome;
      const after = await read();
      for (const [n, item] of before.entries()) stream.add({ before: item, after: after[n] });
      return outcome;
    });
  };
}

/** The keys that a write names, by their names; none where it is for another table, or is one that the store will refuse. */
function keysOf(body: unknown, stream: TableStream): ReadonlyMap<string, Attributes> {
  const keys = itemsIn(body, stream.tableName).flatMap((item) => keyIn(item, stream));
  return new Map(keys.map((key) => [JSON.stringify(key), key]));
}

function itemsIn(body: unknown, tableName: string): readonly Attributes[] {
  const batch = BatchOfWrites.safeParse(body).data;
  if (batch !== undefined) return batch.RequestItems[tableName] ?? [];
  const { data } = Write.safeParse(body);
  if (data === undefined || data.TableName !== tableName) return [];
  return ['Key' in data ? data.Key : data.Item];
}

function keyIn(item: Attributes, { keyNames }: TableStream): readonly Attributes[] {
  const key = keyNames.flatMap((name) => {
    const value = item[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return key.length === keyNames.length ? [Object.fromEntries(key)] : [];
}

async function readItem(
  endpoint: string,
  request: ReceivedRequest,
  TableName: string,
  Key: Attributes,
): Promise<Attributes | undefined> {
  const response = await askStore(endpoint, request, {
    target: 'DynamoDB_20120810.GetItem',
    body: JSON.stringify({ TableName, Key, ConsistentRead: true }),
  });
  return response.ok ? Found.parse(await response.json()).Item : undefined; // the write is refused as well then
}

/** Runs what has a name in common one after the other, in the order of the calls. */
function takingTurns() {
  const last = new Map<string, Promise<unknown>>();
  const inTurnOf = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const turn = (last.get(name) ?? Promise.resolve()).then(work, work);
    last.set(name, turn);
    try {
      return await turn;
    } finally {
      if (last.get(name) === turn) last.delete(name);
    }
  };
  // Names are taken in one order by all, so that no two wait for each other.
  return <T>(names: readonly string[], work: () => Promise<T>): Promise<T> =>
    names.toSorted().reduceRight<() => Promise<T>>((inner, name) => () => inTurnOf(name, inner), work)();
}
