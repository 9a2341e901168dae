import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { jest } from '@jest/globals';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import { firstBreak, type LogEntry } from '../../shared/domain/log-entry.ts';
import { byToken, pending, told } from './elevation.ts';
import { CHANNEL, DAVID, does, keysOf, later, sentOf, startTelling } from './telling.ts';
import { auditLog, outcome, roleOf, root, s3 } from './telling-aws.ts';

jest.setTimeout(60_000); // they are many steps, on machines that may have other work

let sandbox: Sandbox;
let log: readonly string[];
beforeEach(async () => {
  ({ sandbox, log } = await startTelling());
});
afterEach(() => sandbox.stop());

/** The ways that elevations go here, and the events that each leaves. */
const LIVES = [
  { acts: [['ruth', 'denial']], events: ['requested', 'denied'] },
  { acts: [['david', 'withdrawal']], events: ['requested', 'withdrawn'] },
  { acts: [['rob', 'approval']], events: ['requested', 'approved'] },
  {
    acts: [
      ['ruth', 'approval'],
      ['david', 'credentials'],
      ['david', 'return'],
    ],
    events: ['requested', 'approved', 'issue-intended', 'returned'],
  },
  {
    acts: [
      ['ruth', 'approval'],
      ['rob', 'revocation'],
    ],
    events: ['requested', 'approved', 'revoked'],
  },
] as const;

async function lived({ acts }: (typeof LIVES)[number]): Promise<string> {
  const id = await pending(sandbox);
  for (const [person, what] of acts) await does(sandbox, person, what, id);
  return id;
}

function loggedOf(entries: readonly LogEntry[], id: string): readonly string[] {
  return entries
    .filter(({ said }) => said.subject.kind === 'elevation' && said.subject.id === id)
    .map(({ said }) => said.event.type);
}

/** Which events were told, whatever their order: subject, number, type and time of each. */
const inLog = (entries: readonly LogEntry[]) =>
  entries
    .map(({ said: { subject, n, event } }) => JSON.stringify([subject, n, event.type, event.at]))
    .toSorted();

const onBus = () =>
  sandbox.aws
    .events()
    .map(({ detail, detailType }) => {
      const { subject, n, event } = Object(detail);
      return JSON.stringify([subject, n, detailType, Date.parse(event.at)]);
    })
    .toSorted();

const entryKey = (n: number) => `entries/${String(n).padStart(12, '0')}.json`;

test('of ten elevations at once, every event is in the log once, in one chain, and on the bus once', async () => {
  const ids = [
    ...(await Promise.all(LIVES.map(lived))), // five may wait at once
    ...(await Promise.all(LIVES.map(lived))),
  ];
  await sandbox.settle();
  const entries = await auditLog(sandbox);
  for (const [index, id] of ids.entries()) {
    expect(loggedOf(entries, id)).toEqual(LIVES[index % LIVES.length]?.events);
    expect(sentOf(sandbox, id).toSorted()).toEqual(loggedOf(entries, id).toSorted());
  }
  expect(firstBreak(entries, sha256)).toBeUndefined();
  expect(entries.map(({ n }) => n)).toEqual(entries.map((_, index) => index + 1));
  expect(onBus()).toEqual(inLog(entries));
  expect(entries).toHaveLength(2 * LIVES.flatMap(({ events }) => events).length);
});

test('a link between a Slack user and a person, and its end, are in the log and on the bus', async () => {
  const { replies } = await sandbox.slack.as('U0ROB').command('link');
  const code = /"code":"([^"]+)"/.exec(JSON.stringify(replies.at(-1)).replaceAll('\\"', '"'))?.[1];
  const rob = await byToken(sandbox, 'rob', 0);
  expect(told(await rob('POST', '/slack-links', { code }))).toMatchObject({ status: 201 });
  await sandbox.settle();
  const entries = await auditLog(sandbox);
  expect(entries.map(({ said }) => said)).toMatchObject([
    {
      subject: { kind: 'slack-link', of: { team: 'T024BE7LD', user: 'U0ROB' } },
      n: 1,
      event: { type: 'slack-linked', person: 'rob' },
    },
  ]);
  expect(onBus()).toEqual(inLog(entries));
});

describe('the bucket', () => {
  const put = (who: 'announce' | 'root', n: number, condition: { readonly IfNoneMatch?: string }) =>
    outcome(
      s3(sandbox, who === 'root' ? root(sandbox) : roleOf(sandbox, who)).send(
        new PutObjectCommand({
          ...{ Bucket: sandbox.auditBucket, Key: entryKey(n), Body: '{}', ChecksumAlgorithm: 'SHA256' },
          ...condition,
        }),
      ),
    );
  const remove = (who: 'announce' | 'root', n: number) =>
    outcome(
      s3(sandbox, who === 'root' ? root(sandbox) : roleOf(sandbox, who)).send(
        new DeleteObjectCommand({ Bucket: sandbox.auditBucket, Key: entryKey(n) }),
      ),
    );

  test('lets nobody remove or replace an entry, nor put one without the condition', async () => {
    await pending(sandbox);
    await sandbox.settle();
    const before = await auditLog(sandbox);
    expect(before).toHaveLength(1);
    for (const who of ['announce', 'root'] as const) {
      expect([who, await remove(who, 1)]).toEqual([who, 'AccessDenied']);
      expect([who, await put(who, 1, {})]).toEqual([who, 'AccessDenied']);
      expect([who, await put(who, 2, {})]).toEqual([who, 'AccessDenied']);
    }
    expect(await put('announce', 1, { IfNoneMatch: '*' })).toBe('PreconditionFailed');
    expect(await put('root', 2, { IfNoneMatch: '*' })).toBe('AccessDenied'); // only announce writes
    expect(await auditLog(sandbox)).toEqual(before);
  });

  test('with a foreign entry in the next place: it is seen, and bus and Slack are told all the same', async () => {
    expect(await put('announce', 1, { IfNoneMatch: '*' })).toBe('done');
    const id = await pending(sandbox);
    await sandbox.settle();
    expect(sentOf(sandbox, id)).toEqual(['requested']);
    expect(keysOf(sandbox, CHANNEL, id)).toEqual(['card']);
    expect(keysOf(sandbox, DAVID, id)).toEqual(['direct:1']);
    expect(log.filter((line) => line.includes('announcement-failed')).join()).toMatch(
      /Entry 1 of the audit log is another one than .*tampered with/,
    );
    await later(sandbox, 2); // and no try makes it twice on the bus or in the channel
    expect(sentOf(sandbox, id)).toEqual(['requested']);
    expect(keysOf(sandbox, CHANNEL, id)).toEqual(['card']);
  });
});
