import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { jest } from '@jest/globals';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import { firstBreak } from '../../shared/domain/log-entry.ts';
import { approved, pending } from './elevation.ts';
import { CHANNEL, cardOf, DAVID, does, keysOf, later, queue, sentOf, startTelling } from './telling.ts';
import { auditLog, root, settings } from './telling-aws.ts';

jest.setTimeout(60_000); // they are many steps, on machines that may have other work

let sandbox: Sandbox;
beforeAll(async () => {
  ({ sandbox } = await startTelling());
});
afterAll(() => sandbox.stop());

const POLICY = { RoleName: 'drawbridge-announce', PolicyName: 'out-of-order' };

/** Takes away what announce may do: to it, a part of AWS that refuses is one that is out of order. */
async function outOfOrder(...actions: readonly string[]): Promise<void> {
  const iam = new IAMClient(settings(sandbox, root(sandbox)));
  const Statement = [{ Effect: 'Deny', Action: actions, Resource: '*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutRolePolicyCommand({ ...POLICY, PolicyDocument }));
}

async function inOrder(): Promise<void> {
  const iam = new IAMClient(settings(sandbox, root(sandbox)));
  await iam.send(new DeleteRolePolicyCommand(POLICY));
}

async function logged(id: string): Promise<readonly string[]> {
  const entries = await auditLog(sandbox);
  expect(firstBreak(entries, sha256)).toBeUndefined();
  return entries
    .filter(({ said }) => said.subject.kind === 'elevation' && said.subject.id === id)
    .map(({ said }) => said.event.type);
}

/** Everything is told of an elevation that was approved and then revoked: once, and in order. */
async function expectAllTold(id: string): Promise<void> {
  const events = ['requested', 'approved', 'revoked'];
  expect(await logged(id)).toEqual(events);
  expect(sentOf(sandbox, id)).toEqual(events);
  expect(keysOf(sandbox, CHANNEL, id)).toEqual(['card', 'thread:2', 'thread:3']);
  expect(keysOf(sandbox, DAVID, id)).toEqual(['direct:1', 'direct:2', 'direct:3']);
  expect(cardOf(sandbox, id).text).toContain('Revoked: update-app for david');
}

test.each([
  ['S3, after an entry has got its place', ['s3:PutObject'], { log: 0, bus: 3, cards: 1 }],
  ['the event bus', ['events:PutEvents'], { log: 3, bus: 0, cards: 1 }],
  ['the key of the seals', ['kms:VerifyMac'], { log: 0, bus: 0, cards: 0 }],
  ['writing to the table', ['dynamodb:PutItem'], { log: 0, bus: 0, cards: 0 }],
  ['reading the table', ['dynamodb:GetItem'], { log: 0, bus: 0, cards: 0 }],
  ['finding Slack users of people', ['dynamodb:Query'], { log: 3, bus: 3, cards: 0 }],
])(
  'without %s the API and all else go on, and nothing is lost or told twice',
  async (_, actions, meanwhile) => {
    await outOfOrder(...actions);
    const id = await approved(sandbox);
    await does(sandbox, 'ruth', 'revocation', id);
    await later(sandbox, 2);
    expect({
      log: (await logged(id)).length,
      bus: sentOf(sandbox, id).length,
      cards: keysOf(sandbox, CHANNEL, id).filter((key) => key === 'card').length,
    }).toEqual(meanwhile);

    await inOrder();
    await later(sandbox, 7);
    await expectAllTold(id);
    await later(sandbox, 7);
    await expectAllTold(id);
    for (const end of ['announce', 'announce-dead-letters', 'stream-dead-letters']) {
      expect([end, queue(sandbox, end).messages()]).toEqual([end, []]);
    }
  },
);

test('what neither could be told nor handed to the queue is noted, and told with the next change', async () => {
  await outOfOrder('kms:VerifyMac', 'sqs:SendMessage');
  const id = await approved(sandbox);
  await sandbox.settle();
  expect(queue(sandbox, 'stream-dead-letters').messages().length).toBeGreaterThan(0);
  await inOrder();
  const other = await pending(sandbox);
  await later(sandbox, 7);
  expect(keysOf(sandbox, CHANNEL, other)).toEqual(['card']); // the shards go on
  expect(keysOf(sandbox, CHANNEL, id)).toEqual([]);
  await does(sandbox, 'ruth', 'revocation', id);
  await sandbox.settle();
  await expectAllTold(id);
});
