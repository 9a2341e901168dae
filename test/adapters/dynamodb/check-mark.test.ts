import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamoDbCheckMark } from '../../../shared/adapters/dynamodb/check-mark.ts';
import { CHECK_KEY } from '../../../shared/adapters/dynamodb/keys.ts';
import { memoryCheckMark } from '../../../shared/adapters/memory/check-mark.ts';
import type { CheckMark } from '../../../shared/ports/check-mark.ts';
import { at } from '../../domain/values.ts';
import { startUsageTables, type UsageTables } from './usage-tables.ts';

let opened: UsageTables;
beforeAll(async () => {
  opened = await startUsageTables(2);
}, 60_000);
afterAll(() => opened.stop());

function table(n: 0 | 1) {
  const found = opened.tables[n];
  if (found === undefined) throw new Error('The test needs more tables.');
  return found;
}

test.each<readonly [string, () => CheckMark]>([
  ['in the table of usage', () => dynamoDbCheckMark(table(0))],
  ['in memory', memoryCheckMark],
])('%s the last mark is read, and none before the first', async (_, open) => {
  const mark = open();
  expect(await mark.read()).toBeUndefined();
  for (const time of ['2026-11-24T09:00:00.123Z', '2026-11-24T09:15:00Z']) {
    await mark.write(at(time));
    expect(await mark.read()).toBe(at(time));
  }
});

test('a mark that somebody has changed is an error that says what to do', async () => {
  const { client, name } = table(1);
  const Item = { pk: { S: CHECK_KEY.pk }, sk: { S: CHECK_KEY.sk }, until: { S: 'tomorrow' } };
  await client.send(new PutItemCommand({ TableName: name, Item }));
  await expect(dynamoDbCheckMark(table(1)).read()).rejects.toThrow(/Delete it/);
});
