import { checkIssues } from '../../shared/app/check-issues.ts';
import type { ElevationStore } from '../../shared/ports/elevation-store.ts';
import type { EventLookup } from '../../shared/ports/event-lookup.ts';
import { OTHER_ID, sessionOf } from '../domain/trail/observations.ts';
import { type TestBroker, testBroker } from './broker.ts';
import { at, begun, checking, HOUR, type Lent, lent, lookupOf } from './issue-checks.ts';

let broker: TestBroker;
let sessions: readonly Lent[];
let session: Lent;

beforeEach(async () => {
  broker = testBroker();
  sessions = await lent(broker, 2);
  const [first] = sessions;
  if (first === undefined) throw new Error('Nothing was lent.');
  session = first;
});

const found = (records: readonly ReturnType<typeof begun>[], period = HOUR) =>
  checkIssues(checking(broker, lookupOf(records)), period);

test('sessions that AWS recorded one by one agree with what was issued', async () => {
  expect(await found(sessions.map((one) => begun(one)))).toEqual({
    ...{ issued: 2, recorded: 2, notRecorded: [], notYetRecorded: [], notIssued: [] },
    ...{ damaged: [], unreadable: [] },
  });
});

test('a session of which AWS recorded nothing is named', async () => {
  const { notRecorded, notIssued } = await found(sessions.slice(1).map((one) => begun(one)));
  const { elevation, n, issuedAt, name } = session;
  expect({ notRecorded, notIssued }).toEqual({
    notRecorded: [{ elevation, n, at: issuedAt, name }],
    notIssued: [],
  });
});

test('a session whose event can be on the way is not missed yet', async () => {
  const late = checking(broker, lookupOf([]), { completeUntil: session.issuedAt });
  expect(await checkIssues(late, HOUR)).toMatchObject({
    notRecorded: [],
    notYetRecorded: [{ n: 1 }, { n: 2 }],
  });
  const due = checking(broker, lookupOf([]), { completeUntil: at(0, 1) });
  expect(await checkIssues(due, HOUR)).toMatchObject({
    notRecorded: [{ n: 1 }, { n: 2 }],
    notYetRecorded: [],
  });
});

describe('a session that AWS recorded and Drawbridge did not issue is named, with the reason', () => {
  const whys = async (record: (one: Lent) => ReturnType<typeof begun>) =>
    (await found([...sessions.map((one) => begun(one)), record(session)])).notIssued.map(({ why }) => why);

  test.each([
    ['a name that is none of ours', 'session', 'false-name'],
    ['an elevation that there is not', `dbr+david+${OTHER_ID}+1`, 'no-elevation'],
  ])('%s', async (_title, name, why) => {
    expect(await whys((one) => begun({ ...one, name }))).toEqual([why]);
  });

  test.each([
    ['an issue that was not meant', (name: string) => name.replace(/1$/, '3'), 'no-intent'],
    ['no number', (name: string) => name.replace(/\+1$/, ''), 'no-intent'],
    ['another person', (name: string) => name.replace('david', 'dora'), 'no-intent'],
  ])('%s', async (_title, renamed, why) => {
    expect(await whys((one) => begun({ ...one, name: renamed(one.name) }))).toEqual([why]);
  });

  test('another role than the elevation is for', async () => {
    const roleArn = 'arn:aws:iam::999999999999:role/logs/ReadLogs';
    expect(await whys((one) => begun(one, { roleArn }))).toEqual(['other-role']);
  });

  test('the name of an issued session with other credentials', async () => {
    expect(await whys((one) => begun({ ...one, accessKeyId: 'ASIAFORGED' }))).toEqual(['issued-otherwise']);
  });
});

test('other credentials under the name of an issued session do not stand for it', async () => {
  const forged = begun({ ...session, accessKeyId: 'ASIAFORGED' });
  const { notRecorded } = await found([forged, ...sessions.slice(1).map((one) => begun(one))]);
  expect(notRecorded).toMatchObject([{ name: session.name }]);
});

describe('an intent whose result a crash has lost', () => {
  const withoutResult = () => ({ store: { ...broker.store, sessionsOf: async () => [] } });

  test('explains one session', async () => {
    const check = checking(withoutResult(), lookupOf([begun(session)]));
    expect(await checkIssues(check, HOUR)).toMatchObject({ issued: 0, recorded: 1, notIssued: [] });
  });

  test('and no second one', async () => {
    const twice = [begun(session), begun({ ...session, accessKeyId: 'ASIASECOND' }, { at: at(0, 1) })];
    const { notIssued } = await checkIssues(checking(withoutResult(), lookupOf(twice)), HOUR);
    expect(notIssued).toMatchObject([{ accessKeyId: 'ASIASECOND', why: 'issued-otherwise' }]);
  });
});

describe('what is no session of the issuer', () => {
  test.each([
    ['a call of somebody else', { caller: sessionOf('arn:aws:iam::222222222222:role/Other', 'x') }],
    ['a call that was refused', { response: null, error: { code: 'AccessDenied' } }],
  ])('%s is not compared', async (_title, more) => {
    const all = [...sessions.map((one) => begun(one)), begun({ ...session, name: 'x' }, more)];
    expect(await found(all)).toMatchObject({ recorded: 2, notIssued: [] });
  });
});

test('an issue that STS refused is not missed', async () => {
  broker.issuer.refuse('role-not-assumable');
  await expect(lent(broker)).rejects.toThrow('role-not-assumable');
  expect(await found(sessions.map((one) => begun(one)))).toMatchObject({ issued: 2, notRecorded: [] });
});

describe('clocks that are apart', () => {
  const HALF = { from: at(30), until: at(60) };

  test.each([-300, 299])('by %d seconds: the event still stands for the session', async (seconds) => {
    broker.wait(30 * 60_000);
    const [late] = await lent(broker);
    if (late === undefined) throw new Error('Nothing was lent.');
    const event = begun(late, { at: at(30, seconds) });
    expect(await found([...sessions.map((one) => begun(one)), event], HALF)).toMatchObject({
      ...{ issued: 1, notRecorded: [], notIssued: [] },
    });
  });

  test('what lies outside the period is of another check', async () => {
    const strange = [begun(session, { at: at(29, 59) }), begun(session, { at: at(60) })];
    const renamed = strange.map((one) => ({
      ...one,
      parameters: { ...Object(one.parameters), roleSessionName: 'x' },
    }));
    expect(await found(renamed, HALF)).toMatchObject({ issued: 0, recorded: 0, notIssued: [] });
  });
});

test('a period is looked up hour by hour, without a gap and without an overlap', async () => {
  const lookup = lookupOf([]);
  const check = checking(broker, lookup);
  await checkIssues(check, { from: at(0), until: at(150) });
  expect(lookup.asked).toEqual([
    { from: at(-5), until: at(55) },
    { from: at(55), until: at(115) },
    { from: at(115), until: at(155) },
  ]);
  expect(check.told.map(({ until }) => until)).toEqual([at(55), at(115), at(155)]);
});

test('an event on the border of two hours counts once, also where both answers have it', async () => {
  const event = begun(session, { at: at(55) });
  const both: EventLookup = {
    async *assumeRoles() {
      yield { records: [event], unreadable: [] };
    },
  };
  for (const lookup of [lookupOf([event]), both]) {
    const check = checking(broker, lookup);
    expect(await checkIssues(check, { from: at(0), until: at(180) })).toMatchObject({
      ...{ recorded: 1, notIssued: [] },
    });
  }
});

test('an elevation that is listed in two states counts once', async () => {
  const { store } = broker;
  const list: ElevationStore['list'] = (_by, page) => store.list({ by: 'state', state: 'approved' }, page);
  const records = sessions.map((one) => begun(one));
  expect(await checkIssues(checking({ store: { ...store, list } }, lookupOf(records)), HOUR)).toMatchObject({
    issued: 2,
  });
});

test('of an elevation whose record is damaged nothing is said, and its events explain themselves by nothing', async () => {
  const { store } = broker;
  const read: ElevationStore['read'] = async (id) => ({ damaged: id });
  const check = checking({ store: { ...store, read } }, lookupOf([begun(session)]));
  expect(await checkIssues(check, HOUR)).toMatchObject({
    ...{ issued: 0, damaged: [session.elevation], notIssued: [{ why: 'damaged' }] },
  });
});

test('an elevation that no list shows yet is found by the name that AWS recorded', async () => {
  const list: ElevationStore['list'] = async () => ({ elevations: [] });
  const check = checking({ store: { ...broker.store, list } }, lookupOf(sessions.map((one) => begun(one))));
  expect(await checkIssues(check, HOUR)).toMatchObject({ issued: 2, notIssued: [] });
});

test('every record that was looked up is back-filled, and one that cannot be read is told', async () => {
  const filled: string[] = [];
  const records = sessions.map((one) => begun(one));
  const lookup = {
    assumeRoles: async function* () {
      yield { records: records.slice(0, 1), unreadable: ['The event x cannot be read.'] };
      yield { records: records.slice(1), unreadable: [] };
    },
  };
  const check = checking(broker, lookup, {
    backfill: async (page) => {
      filled.push(...page.map(({ id }) => id));
    },
  });
  const { unreadable } = await checkIssues(check, { from: at(0), until: at(50) });
  expect(filled).toEqual(records.map(({ id }) => id));
  expect(unreadable).toEqual(['The event x cannot be read.']);
});

test('what could not be read before the check was stopped is told after it went on', async () => {
  const until = at(55);
  const taken = { period: HOUR, until, recorded: [], unreadable: ['The event x cannot be read.'] };
  const check = checking(broker, lookupOf([]));
  expect(await checkIssues(check, HOUR, taken)).toMatchObject({
    unreadable: ['The event x cannot be read.'],
  });
});
