import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { jest } from '@jest/globals';
import { createTableStream } from '../../sandbox/dynamodb/table-stream.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { pending } from './elevation.ts';
import {
  CHANNEL,
  cardOf,
  DAVID,
  does,
  keysOf,
  later,
  messagesOf,
  queue,
  sentOf,
  startTelling,
} from './telling.ts';
import { auditLog, emulator, type Item, putByHand, root, settings, storedElevation } from './telling-aws.ts';

jest.setTimeout(60_000); // they are many steps, on machines that may have other work

let sandbox: Sandbox;
let log: readonly string[];
beforeAll(async () => {
  ({ sandbox, log } = await startTelling());
});
afterAll(() => sandbox.stop());

/** All that was told, everywhere: what is told again must change none of it. */
async function everythingTold(): Promise<unknown> {
  return {
    log: await auditLog(sandbox),
    bus: sandbox.aws.events(),
    channel: sandbox.slack.messages(CHANNEL),
    david: sandbox.slack.messages(DAVID),
  };
}

const bodyOf = (id: string) => JSON.stringify({ id, kind: 'elevation' });

/** How often a message is in a queue. */
const count = (end: string, body: string) =>
  queue(sandbox, end)
    .messages()
    .filter((message) => message.body === body).length;

/** The item with a seal that no key made. */
const damaged = (item: Item): Item => ({ ...item, seal: { S: Buffer.alloc(32, 7).toString('base64') } });

async function putBack(item: Item): Promise<void> {
  await emulator(sandbox).send(new PutItemCommand({ TableName: sandbox.tableName, Item: item }));
}

/** Until the queue has given it up: it hands a message out every six minutes, twenty times. */
async function untilGivenUp(): Promise<void> {
  for (let times = 0; times <= 21; times++) await later(sandbox, 7);
}

/** Moves the dead letters back, as an operator does. */
async function redrive(): Promise<void> {
  const sqs = new SQSClient(settings(sandbox, root(sandbox)));
  const SourceArn = queue(sandbox, 'announce-dead-letters').arn;
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
  await sandbox.settle();
}

/** Which shard of the stream the records of an elevation are in. */
function shardOf(id: string): string | undefined {
  const keyNames = ['pk', 'sk'];
  const stream = createTableStream(
    { arn: 'arn', region: 'us-east-1', tableName: 'table', keyNames, viewType: 'NEW_AND_OLD_IMAGES' },
    () => 0,
  );
  stream.add({ before: undefined, after: { pk: { S: `elevation#${id}` }, sk: { S: 'elevation' } } });
  return stream.shards.find((shard) => shard.after('').length > 0)?.id;
}

/** A new elevation whose records are in the same shard as the other's. */
async function besideIt(id: string): Promise<string> {
  for (let tries = 0; tries < 50; tries++) {
    const other = await pending(sandbox);
    if (shardOf(other) === shardOf(id)) return other;
    await does(sandbox, 'david', 'withdrawal', other);
  }
  throw new Error('No other elevation came into that shard.');
}

describe('an elevation that was damaged by hand', () => {
  test('is not told, holds up no other of its shard, ends in the dead letters, and is told after a redrive', async () => {
    const id = await pending(sandbox);
    await does(sandbox, 'ruth', 'approval', id);
    await sandbox.settle();
    const whole = await storedElevation(sandbox, id);
    await putByHand(sandbox, damaged(whole));
    const other = await besideIt(id);
    await sandbox.settle();
    expect(cardOf(sandbox, other).text).toContain('Waiting for approval: update-app for david');
    expect(sentOf(sandbox, other)).toEqual(['requested']);
    expect(log.join('\n')).toMatch(new RegExp(`announcement-failed.*${id}`));
    expect([count('announce', bodyOf(id)), count('announce-dead-letters', bodyOf(id))]).toEqual([1, 0]);

    const { ts } = cardOf(sandbox, id);
    await untilGivenUp();
    expect([count('announce', bodyOf(id)), count('announce-dead-letters', bodyOf(id))]).toEqual([0, 1]);
    expect(queue(sandbox, 'stream-dead-letters').messages()).toEqual([]);
    expect(cardOf(sandbox, id).text).toContain('Approved: update-app for david');

    await putBack(whole);
    await redrive();
    expect([count('announce', bodyOf(id)), count('announce-dead-letters', bodyOf(id))]).toEqual([0, 0]);
    expect(cardOf(sandbox, id)).toMatchObject({ ts, text: expect.stringContaining('Ended: update-app') });
    expect(sentOf(sandbox, id)).toEqual(['requested', 'approved']);
  });

  test('before anything was told of it, has all told once it is put back', async () => {
    sandbox.slack.fail({ method: '*', times: 100, with: { kind: 'unavailable' } });
    const id = await pending(sandbox);
    await sandbox.settle();
    await does(sandbox, 'ruth', 'denial', id);
    const whole = await storedElevation(sandbox, id);
    await sandbox.settle();
    await putByHand(sandbox, damaged(whole));
    await sandbox.settle();
    sandbox.slack.recover();
    await later(sandbox, 3);
    expect(messagesOf(sandbox, CHANNEL, id)).toEqual([]);
    await putBack(whole);
    await later(sandbox, 7);
    expect(cardOf(sandbox, id).text).toContain('Denied: update-app for david');
    expect(keysOf(sandbox, CHANNEL, id)).toEqual(['card', 'thread:2']);
    expect(count('announce', bodyOf(id))).toBe(0);
  });
});

const linesOf = (event: string, id: string) =>
  log.filter((line) => line.includes(event) && line.includes(id));

describe('an elevation that was rolled back by hand', () => {
  test('to an earlier state with its true seal is noticed, and nobody is told that it waits again', async () => {
    const id = await pending(sandbox);
    const earlier = await storedElevation(sandbox, id);
    await does(sandbox, 'ruth', 'denial', id);
    await sandbox.settle();
    const before = await everythingTold();
    await putByHand(sandbox, earlier);
    await sandbox.settle();
    const [line, ...more] = linesOf('record-rolled-back', id);
    expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 'error', elevation: id, events: 1, logged: 2 });
    expect(more).toEqual([]);
    await untilGivenUp();
    expect(await everythingTold()).toEqual(before);
    expect(count('announce-dead-letters', bodyOf(id))).toBe(1);
  });

  test('to nothing is noticed as well', async () => {
    const id = await pending(sandbox);
    const { pk, sk } = await storedElevation(sandbox, id);
    await sandbox.settle();
    if (pk === undefined || sk === undefined) throw new Error('The item has no key.');
    await emulator(sandbox).send(new DeleteItemCommand({ TableName: sandbox.tableName, Key: { pk, sk } }));
    queue(sandbox, 'announce').send(bodyOf(id));
    await sandbox.settle();
    const [line] = linesOf('record-rolled-back', id);
    expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 'error', elevation: id, events: 0, logged: 1 });
  });
});

describe('what is told already', () => {
  test('is told again by any number of messages without a difference', async () => {
    const id = await pending(sandbox);
    await does(sandbox, 'ruth', 'approval', id);
    await sandbox.settle();
    const before = await everythingTold();
    for (let times = 0; times < 25; times++) queue(sandbox, 'announce').send(bodyOf(id));
    await sandbox.settle();
    await later(sandbox, 7);
    expect(await everythingTold()).toEqual(before);
    expect(count('announce', bodyOf(id))).toBe(0);
  });

  test('is told once where stream and queue name it at the same moment', async () => {
    const id = await pending(sandbox);
    for (let times = 0; times < 5; times++) queue(sandbox, 'announce').send(bodyOf(id));
    await does(sandbox, 'ruth', 'denial', id);
    for (let times = 0; times < 5; times++) queue(sandbox, 'announce').send(bodyOf(id));
    await sandbox.settle();
    await later(sandbox, 7);
    expect(sentOf(sandbox, id)).toEqual(['requested', 'denied']);
    const logged = (await auditLog(sandbox)).filter(
      ({ said }) => JSON.stringify(said.subject) === bodyOf(id),
    );
    expect(logged.map(({ said }) => said.event.type)).toEqual(['requested', 'denied']);
    expect(keysOf(sandbox, CHANNEL, id)).toEqual(['card', 'thread:2']);
    expect(keysOf(sandbox, DAVID, id)).toEqual(['direct:1', 'direct:2']);
  });

  test('says nothing of an elevation that there never was', async () => {
    const body = bodyOf('00000000000000000000000000');
    const before = await everythingTold();
    queue(sandbox, 'announce').send(body);
    await later(sandbox, 7);
    expect(await everythingTold()).toEqual(before);
    expect([count('announce', body), count('announce-dead-letters', body)]).toEqual([0, 0]);
  });
});

test('a message that names nothing ends among the dead letters, and others go on', async () => {
  const body = '{"kind":"elevation","id":"../../etc"}';
  queue(sandbox, 'announce').send(body);
  const id = await pending(sandbox);
  queue(sandbox, 'announce').send(bodyOf(id));
  await later(sandbox, 7);
  expect([count('announce', body), count('announce', bodyOf(id))]).toEqual([1, 0]);
  await untilGivenUp();
  expect(count('announce-dead-letters', body)).toBe(1);
  expect(cardOf(sandbox, id).text).toContain('Lapsed: update-app for david');
});
