import fc from 'fast-check';
import { dynamoDbUsage } from '../../../shared/adapters/dynamodb/usage-store.ts';
import { memoryUsage } from '../../../shared/adapters/memory/usage-store.ts';
import type { Kept } from '../../../shared/ports/usage-store.ts';
import { keptSets, places } from '../contract/usage.ts';
import { allUnder, describeUsageStore } from '../contract/usage-store.ts';
import { dumpOf, startUsageTables, type UsageTables } from './usage-tables.ts';

const RUNS = 15;

let opened: UsageTables;
beforeAll(async () => {
  opened = await startUsageTables(1 + 2 * RUNS);
}, 60_000);
afterAll(() => opened.stop());

let used = 0;
function nextTable() {
  const table = opened.tables[used++];
  if (table === undefined) throw new Error('The test needs more tables.');
  return table;
}

describeUsageStore('usage in dynalite', async () => dynamoDbUsage(nextTable(), { keptDays: 400 }));

test('whatever the order, repetitions and interleaving, the same observations make the same table and the same reading', async () => {
  await fc.assert(
    fc.asyncProperty(deliveredTwice, async ({ kept, deliveries }) => {
      const [plain, scrambled] = [nextTable(), nextTable()];
      const expected = memoryUsage();
      await expected.keep(kept);
      await dynamoDbUsage(plain, { keptDays: 400 }).keep(kept);
      const store = dynamoDbUsage(scrambled, { keptDays: 400 });
      await Promise.all(deliveries.map((batch) => store.keep(batch)));
      expect(await dumpOf(scrambled)).toEqual(await dumpOf(plain));
      for (const place of places) {
        expect(await allUnder(store, place)).toEqual(await allUnder(expected, place));
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 120_000);

/** A set, and batches that hold each of it at least once and any of it again, in any order. */
const deliveredTwice = keptSets.chain((kept) =>
  fc
    .tuple(
      fc.shuffledSubarray([...kept], { minLength: kept.length }),
      fc.array(fc.shuffledSubarray([...kept]), { maxLength: 3 }),
      fc.integer({ min: 1, max: 30 }),
    )
    .map(([all, again, size]) => ({ kept, deliveries: [...inBatches(all, size), ...again] })),
);

function inBatches(kept: readonly Kept[], size: number): readonly (readonly Kept[])[] {
  return kept.flatMap((_, index) => (index % size === 0 ? [kept.slice(index, index + size)] : []));
}
