import { type ListQuery, listElevations } from '../../shared/app/list-elevations.ts';
import { requestElevation } from '../../shared/app/request-elevation.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import type { Ask } from '../../shared/domain/evaluation.ts';
import { needing } from '../domain/record.ts';
import { ASK, caller } from '../domain/story.ts';
import { duration, roleName } from '../domain/values.ts';
import { codeOf, decided, granted, type TestBroker, testBroker } from './broker.ts';

const LOGS: Ask = { role: roleName('read-logs'), duration: duration('1h'), reason: 'Look at the errors' };
const HOUR = 3_600_000;

/** The reasons of those that somebody is shown, newest first. */
async function shown(
  broker: TestBroker,
  who: string | Caller,
  query: Partial<ListQuery> = {},
): Promise<string[]> {
  const by = typeof who === 'string' ? caller(who) : who;
  const { elevations } = granted(await listElevations(broker, by, { limit: 50, ...query }));
  return elevations.map(({ request }) => request.reason);
}

/** A second later, somebody asks with a reason by which their request is known. */
async function ask(broker: TestBroker, who: string, reason: string, what: Ask = ASK) {
  broker.wait(1000);
  const mfa = { kind: 'token', evidence: 'amr:hwk', at: broker.clock() } as const;
  const outcome = await requestElevation(broker, caller(who, { mfa }), { ...what, reason }, undefined);
  return granted(outcome).elevation.request.id;
}

/** Requests of David's and Dora's in every state; `developers-read-logs` needs no approval. */
async function storyBroker(): Promise<TestBroker> {
  const broker = testBroker();
  const by = (who: string) => caller(who);
  await ask(broker, 'david', 'david lapses');
  broker.wait(2 * HOUR);
  await ask(broker, 'david', 'david ends', LOGS);
  broker.wait(HOUR + 1000);
  const ruth = { ...by('ruth'), mfa: { kind: 'token', evidence: 'amr:hwk', at: broker.clock() } } as const;
  await ask(broker, 'david', 'david waits');
  await decided(broker, await ask(broker, 'david', 'david denied'), { type: 'deny', by: ruth });
  await decided(broker, await ask(broker, 'david', 'david withdrawn'), { type: 'withdraw', by: by('david') });
  broker.wait(60_000);
  await decided(broker, await ask(broker, 'david', 'david returned', LOGS), {
    type: 'return',
    by: by('david'),
  });
  await decided(broker, await ask(broker, 'dora', 'dora approved'), { type: 'approve', by: ruth });
  await decided(broker, await ask(broker, 'dora', 'dora revoked', LOGS), { type: 'revoke', by: by('ada') });
  await ask(broker, 'dora', 'dora waits');
  return broker;
}

const DAVIDS = [
  ...['david returned', 'david withdrawn', 'david denied', 'david waits', 'david ends', 'david lapses'],
];

test('everybody is shown their own, newest first', async () => {
  const broker = await storyBroker();
  expect(await shown(broker, 'david')).toEqual(DAVIDS);
  expect(await shown(broker, 'david', { mine: true })).toEqual(DAVIDS);
  expect(await shown(broker, 'dora')).toEqual(['dora waits', 'dora revoked', 'dora approved']);
  expect(await shown(broker, 'nina')).toEqual([]);
});

const ALL_OF_THE_ROLE = [
  ...['dora waits', 'dora approved', 'david withdrawn', 'david denied', 'david waits', 'david lapses'],
];

test.each<[string, string[]]>([
  ['david', ALL_OF_THE_ROLE.filter((reason) => reason.startsWith('david'))],
  ['dora', ALL_OF_THE_ROLE.filter((reason) => reason.startsWith('dora'))],
  ['ruth', ALL_OF_THE_ROLE],
  ['ada', ALL_OF_THE_ROLE],
  ['otto', ALL_OF_THE_ROLE],
  ['nina', []],
  ['tess', []],
])('of the role update-app %s is shown what they may know of', async (who, reasons) => {
  const broker = await storyBroker();
  expect(await shown(broker, who, { role: roleName('update-app') })).toEqual(reasons);
});

test('who approves one role is not shown another', async () => {
  const broker = await storyBroker();
  expect(await shown(broker, 'ruth', { role: roleName('read-logs') })).toEqual([]);
});

test.each<[ListQuery['state'] & string, string[]]>([
  ['pending', ['dora waits', 'david waits']],
  ['lapsed', ['david lapses']],
  ['denied', ['david denied']],
  ['withdrawn', ['david withdrawn']],
  ['approved', ['dora approved']],
  ['ended', ['david ends']],
  ['returned', ['david returned']],
  ['revoked', ['dora revoked']],
])('an auditor who asks for %s is shown those that stand so now', async (state, reasons) => {
  const broker = await storyBroker();
  expect(await shown(broker, 'otto', { state })).toEqual(reasons);
});

test('all that is named must hold', async () => {
  const broker = await storyBroker();
  expect(await shown(broker, 'otto', { state: 'ended', role: roleName('update-app') })).toEqual([]);
  expect(await shown(broker, 'david', { mine: true, state: 'pending' })).toEqual(['david waits']);
  expect(await shown(broker, 'david', { mine: true, role: roleName('read-logs') })).toEqual([
    'david returned',
    'david ends',
  ]);
  expect(await shown(broker, 'otto', { mine: true, state: 'pending' })).toEqual([]);
});

test('to approve is what waits for the caller, and neither their own nor what they have approved', async () => {
  const broker = testBroker(needing(2));
  const id = await ask(broker, 'david', 'david waits');
  expect(await shown(broker, 'ruth', { toApprove: true })).toEqual(['david waits']);
  await decided(broker, id, { type: 'approve', by: caller('ruth') });
  expect(await shown(broker, 'ruth', { toApprove: true })).toEqual([]);
  expect(await shown(broker, 'rob', { toApprove: true })).toEqual(['david waits']);
  expect(await shown(broker, 'david', { toApprove: true })).toEqual([]);
  expect(await shown(broker, 'ada', { toApprove: true })).toEqual([]);
  broker.wait(2 * HOUR + 1);
  expect(await shown(broker, 'rob', { toApprove: true })).toEqual([]);
});

test.each([1, 2, 3])('a list in parts of %i shows everything once, in the same order', async (limit) => {
  const broker = await storyBroker();
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? { limit } : { limit, cursor };
    const part = granted(await listElevations(broker, caller('david'), query));
    expect(part.elevations.length).toBeLessThanOrEqual(limit);
    seen.push(...part.elevations.map(({ request }) => request.reason));
    cursor = part.next;
  } while (cursor !== undefined && seen.length < 20);
  expect(seen).toEqual(DAVIDS);
});

test('a cursor that is none is a fault of the query', async () => {
  const outcome = await listElevations(testBroker(), caller('david'), { limit: 5, cursor: 'x' });
  expect(codeOf(outcome)).toBe('invalid');
  expect(outcome).toMatchObject({ refusal: { faults: [{ pointer: '/cursor' }] } });
});

describe('behind many that the caller must not see', () => {
  let broker: TestBroker;
  beforeAll(async () => {
    broker = testBroker();
    const withdrawn = async (who: string, reason: string) =>
      decided(broker, await ask(broker, who, reason), { type: 'withdraw', by: caller(who) });
    await withdrawn('dora', 'dora withdrew first');
    for (let n = 0; n < 40; n++) {
      broker.wait(HOUR / 4);
      await withdrawn('david', `david withdrew number ${n}`);
    }
  });

  test('their own is found, however short the page', async () => {
    expect(await shown(broker, 'dora', { state: 'withdrawn', limit: 1 })).toEqual(['dora withdrew first']);
  });

  test('no cursor tells somebody who sees none of them that there are any', async () => {
    const list = granted(await listElevations(broker, caller('tess'), { state: 'withdrawn', limit: 1 }));
    expect(list).toEqual({ elevations: [] });
  });

  test('a cursor names the last one that was shown', async () => {
    const first = granted(await listElevations(broker, caller('david'), { state: 'withdrawn', limit: 3 }));
    const [, , last] = first.elevations;
    if (last === undefined) throw new Error('David is shown fewer than three.');
    expect(first.next).toContain(last.request.id);
  });
});
