import fc from 'fast-check';
import { dynamoDbRate } from '../../../shared/adapters/dynamodb/dynamodb-rate.ts';
import { dynamoDbStore } from '../../../shared/adapters/dynamodb/dynamodb-store.ts';
import { memoryRate } from '../../../shared/adapters/memory/memory-rate.ts';
import { memoryStore } from '../../../shared/adapters/memory/memory-store.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { answersTo, commands, freshRequests, type Kept } from '../contract/commands.ts';
import { startTable, type TestTable } from './table.ts';

let opened: TestTable;
let inTable: Kept;
let inMemory: Kept;
beforeAll(async () => {
  opened = await startTable();
  inTable = { store: dynamoDbStore(opened.table, sha256), rate: dynamoDbRate(opened.table) };
  inMemory = { store: memoryStore(), rate: memoryRate() };
}, 60_000);
afterAll(() => opened.stop());

test('memory and table answer alike, whatever is asked in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (asked) => {
      const requests = freshRequests();
      expect(await answersTo(asked, requests, inTable)).toEqual(await answersTo(asked, requests, inMemory));
    }),
    { numRuns: 40 },
  );
}, 60_000);
