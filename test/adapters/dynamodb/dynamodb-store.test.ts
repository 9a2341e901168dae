import { dynamoDbRate } from '../../../shared/adapters/dynamodb/dynamodb-rate.ts';
import { dynamoDbStore } from '../../../shared/adapters/dynamodb/dynamodb-store.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { describeElevationStore } from '../contract/elevation-store.ts';
import { describeRequestRate } from '../contract/request-rate.ts';
import { createNamedTable, startTable, type TestTable } from './table.ts';

const opened: TestTable[] = [];
afterAll(async () => {
  for (const { stop } of opened) await stop();
});

async function tableOf(start: () => Promise<TestTable>) {
  const one = await start();
  opened.push(one);
  return one.table;
}

describeElevationStore('the table in dynalite', async () => dynamoDbStore(await tableOf(startTable), sha256));
describeRequestRate('the counter in dynalite', async () => dynamoDbRate(await tableOf(startTable)));

const endpoint = process.env['AWS_ENDPOINT_URL_DYNAMODB'];
if (endpoint === undefined || endpoint === '') {
  // NB. The SDK takes an empty name for none and goes to AWS itself.
  test.skip('the table at AWS_ENDPOINT_URL_DYNAMODB, which names none', () => undefined);
} else {
  describeElevationStore(`the table at ${endpoint}`, async () =>
    dynamoDbStore(await tableOf(createNamedTable), sha256),
  );
  describeRequestRate(`the counter at ${endpoint}`, async () =>
    dynamoDbRate(await tableOf(createNamedTable)),
  );
}
