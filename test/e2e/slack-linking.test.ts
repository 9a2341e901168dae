import { DynamoDBClient, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { byToken, pending, told } from './elevation.ts';
import { said } from './slack-hands.ts';
import { cardOf } from './telling.ts';

const ROB = 'U0ROB';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({});
}, 30_000);
afterEach(() => sandbox.stop());

/** The code that /drawbridge link shows to Rob. */
async function codeOfRob(): Promise<string> {
  const { replies } = await sandbox.slack.as(ROB).command('link');
  const code = /[0-9A-Z]{16}/.exec(replies.at(-1)?.text ?? '')?.[0];
  if (code === undefined) throw new Error('Rob is shown no code.');
  return code;
}

async function confirmed(person: string, code: string) {
  const visitor = await byToken(sandbox, person, 0);
  const { status, code: problem } = told(await visitor('POST', '/slack-links', { code }));
  return problem ?? status;
}

async function robApproves() {
  const id = await pending(sandbox);
  await sandbox.settle();
  return said(await sandbox.slack.as(ROB).press('approve', cardOf(sandbox, id)));
}

/** The emulator, past every right. */
function table(): DynamoDBClient {
  return new DynamoDBClient({
    ...{ region: 'us-east-1', endpoint: sandbox.endpoints.table },
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
  });
}

test('who has confirmed a code acts in Slack as their person, until they unlink', async () => {
  expect(await robApproves()).toContain('/drawbridge link');
  expect(await confirmed('rob', await codeOfRob())).toBe(201);
  expect(await robApproves()).toBe('You have approved update-app for david (1h).');
  await sandbox.slack.as(ROB).command('unlink');
  expect(await robApproves()).toContain('/drawbridge link');
}, 30_000);

test('a code works once, for one person, for ten minutes', async () => {
  const code = await codeOfRob();
  expect(await confirmed('rob', code)).toBe(201);
  expect(await confirmed('omar', code)).toBe('unknown-link-code');
  const late = await codeOfRob().catch(() => 'none is made');
  expect(late).toBe('none is made');
  await sandbox.slack.as(ROB).command('unlink');
  const old = await codeOfRob();
  await sandbox.advance(11);
  expect(await confirmed('rob', old)).toBe('unknown-link-code');
}, 30_000);

test('a link that was edited by hand approves nothing', async () => {
  expect(await confirmed('omar', await codeOfRob())).toBe(201);
  await table().send(
    new UpdateItemCommand({
      TableName: sandbox.tableName,
      Key: { pk: { S: `slack-user#T024BE7LD#${ROB}` }, sk: { S: 'slack-link' } },
      UpdateExpression: 'SET history[0].person = :rob, gsiPerson = :robs',
      ExpressionAttributeValues: { ':rob': { S: 'rob' }, ':robs': { S: 'slack#rob' } },
    }),
  );
  const id = await pending(sandbox);
  await sandbox.settle();
  await sandbox.slack.as(ROB).press('approve', cardOf(sandbox, id));
  const david = await byToken(sandbox, 'david', 0);
  expect(told(await david('GET', `/elevations/${id}`)).state).toBe('pending');
}, 30_000);

test('guests are refused, and so is everything that Slack has not signed, or not just now', async () => {
  const id = await pending(sandbox);
  await sandbox.settle();
  expect(said(await sandbox.slack.as('U0GUEST').press('approve', cardOf(sandbox, id)))).toMatch(/guest/i);
  await sandbox.slack.as('U0RUTH').command('pending');
  const [callback] = sandbox.slack.callbacks().slice(-1);
  if (callback === undefined) throw new Error('Slack has sent nothing.');
  const { url, headers, body } = callback;
  const before = await table().send(new ScanCommand({ TableName: sandbox.tableName }));
  const again = (sent: Record<string, string>, text = body) =>
    fetch(url, { method: 'POST', headers: sent, body: text }).then(({ status }) => status);
  expect(await again({ ...headers })).toBe(409);
  expect(await again({ ...headers }, body.replace('pending', 'mine'))).toBe(401);
  const { 'x-slack-signature': _, ...unsigned } = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  expect(await again(unsigned)).toBe(401);
  sandbox.slack.setSigningSecret('another secret of Slack, not ours');
  expect((await sandbox.slack.as('U0RUTH').command('mine')).replies).toEqual([]);
  const after = await table().send(new ScanCommand({ TableName: sandbox.tableName }));
  expect(after.Items).toEqual(before.Items);
}, 30_000);
