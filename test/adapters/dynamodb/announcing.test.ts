import { dynamoDbAnnouncements } from '../../../shared/adapters/dynamodb/announcements.ts';
import { auditLogOrder } from '../../../shared/adapters/dynamodb/audit-log-order.ts';
import { dynamoDbSeenRequests } from '../../../shared/adapters/dynamodb/seen-requests.ts';
import { dynamoDbSlackLinks } from '../../../shared/adapters/dynamodb/slack-links.ts';
import { describeAnnouncements } from '../contract/announcements.ts';
import { describeAuditLogOrder } from '../contract/audit-log-order.ts';
import { describeSeenRequests } from '../contract/seen-requests.ts';
import { describeSlackLinks } from '../contract/slack-links.ts';
import { createNamedTable, startTable, type TestTable } from './table.ts';

const opened: TestTable[] = [];
afterAll(async () => {
  for (const { stop } of opened) await stop();
});

function describeTable(where: string, start: () => Promise<TestTable>): void {
  const table = async () => {
    const one = await start();
    opened.push(one);
    return one.table;
  };
  describeAnnouncements(`announcements ${where}`, async () => dynamoDbAnnouncements(await table()));
  describeAuditLogOrder(`the order of the audit log ${where}`, async () => auditLogOrder(await table()));
  describeSlackLinks(`links ${where}`, async () => dynamoDbSlackLinks(await table()));
  describeSeenRequests(`requests ${where}`, async () => dynamoDbSeenRequests(await table()));
}

describeTable('in dynalite', startTable);

const endpoint = process.env['AWS_ENDPOINT_URL_DYNAMODB'];
if (endpoint === undefined || endpoint === '') {
  test.skip('the table at AWS_ENDPOINT_URL_DYNAMODB, which names none', () => undefined);
} else {
  describeTable(`at ${endpoint}`, createNamedTable);
}
