import { memoryUsage } from '../../shared/adapters/memory/usage-store.ts';
import { decideElevation } from '../../shared/app/decide-elevation.ts';
import { takeFile, takeRecords } from '../../shared/app/take-trail.ts';
import { instant } from '../../shared/domain/instant.ts';
import { UnreadableFile } from '../../shared/ports/trail-files.ts';
import { caller, NOW } from '../domain/story.ts';
import { ISSUER, OTHER_ID, sessionOf, UPDATE_APP } from '../domain/trail/observations.ts';
import { type asked, testBroker } from './broker.ts';
import { call, filesOf, idsUnder, lent, type TestTaker, testTaker } from './trail.ts';

const FILE = { bucket: 'trail', key: 'file.json.gz' };
const ROLE = { kind: 'role', arn: UPDATE_APP } as const;
const HOURS = 3_600_000;

/** Mallory uses the role of the catalog, which she assumed herself. */
const mallorys = () => call('', { caller: sessionOf(UPDATE_APP, 'mallory') });

/** The issuer begins a session of that name, as its own account sees it. */
const issuedAs = (name: string) =>
  call('', {
    ...{ source: 'sts.amazonaws.com', name: 'AssumeRole', caller: sessionOf(ISSUER, 'issuer') },
    parameters: { roleArn: UPDATE_APP, roleSessionName: `${name}+1`, sourceIdentity: name },
  });

const under = (taker: TestTaker, id: Awaited<ReturnType<typeof lent>>['id']) =>
  idsUnder(taker, { kind: 'elevation', id });

describe('what is kept', () => {
  test('a call of a session goes under its elevation, and alarms nobody', async () => {
    const taker = testTaker();
    const { id, name } = await lent(taker);
    const record = call(name);
    expect(await takeRecords(taker, [record])).toBe(1);
    expect(await under(taker, id)).toEqual([record.id]);
    expect(taker.raised).toEqual([]);
  });

  test('what is of nobody and of no role of the catalog is not kept', async () => {
    const taker = testTaker();
    const other = call('', { caller: sessionOf('arn:aws:iam::999999999999:role/Other', 'build') });
    expect(await takeRecords(taker, [other])).toBe(0);
    expect(taker.raised).toEqual([]);
  });

  test('a call of a session that no elevation explains goes under the role, and is an alarm', async () => {
    const taker = testTaker();
    const record = mallorys();
    await takeRecords(taker, [record]);
    expect(await idsUnder(taker, ROLE)).toEqual([record.id]);
    expect(taker.raised).toMatchObject([
      { code: 'foreign-session', about: UPDATE_APP, seen: { id: record.id } },
    ]);
  });

  test.each([
    ['an elevation that there is not', () => `dbr+david+${OTHER_ID}`],
    ['the elevation of somebody else', (name: string) => name.replace('david', 'dora')],
  ])('a name of %s is a false one, and goes under the role', async (_title, nameOf) => {
    const taker = testTaker();
    const { id, name } = await lent(taker);
    const record = call(nameOf(name));
    await takeRecords(taker, [record]);
    expect(await under(taker, id)).toEqual([]);
    expect(await idsUnder(taker, ROLE)).toEqual([record.id]);
    expect(taker.raised.map(({ code }) => code)).toEqual(['false-name']);
  });

  test('a false name in a role that is not of the catalog is kept under that role, and is an alarm', async () => {
    const taker = testTaker();
    const arn = 'arn:aws:iam::111111111111:role/Mallorys';
    const record = call('', { caller: sessionOf(arn, 'x', `dbr+david+${OTHER_ID}`) });
    await takeRecords(taker, [record]);
    expect(await idsUnder(taker, { kind: 'role', arn })).toEqual([record.id]);
    expect(taker.raised.map(({ code }) => code)).toEqual(['false-name']);
  });

  test('a chained session goes under the elevation of its source identity', async () => {
    const taker = testTaker();
    const { id, name } = await lent(taker);
    const chained = call('', { caller: sessionOf('arn:aws:iam::333333333333:role/Next', 'next', name) });
    await takeRecords(taker, [chained]);
    expect(await under(taker, id)).toEqual([chained.id]);
  });

  test('what names an elevation whose record was edited stays under it, and judges nothing', async () => {
    const broker = testBroker();
    const { id, name } = await lent(testTaker(broker));
    const seal = { ...broker.seal, verify: async () => false };
    const taker = { ...testTaker(broker), seal };
    await takeRecords(taker, [call(name, { at: instant(NOW + 9 * HOURS) })]);
    expect(await under(taker, id)).toHaveLength(1);
    expect(taker.raised).toEqual([]);
    expect(broker.logged.some((line) => line.includes('record-damaged'))).toBe(true);
  });
});

describe('alarms', () => {
  test.each([
    ['use-after-end', {}, 2 * HOURS],
    ['use-after-cut', { revoked: true }, 10 * 60_000],
  ] as const)('%s', async (code, { revoked = false }: { readonly revoked?: boolean }, later) => {
    const taker = testTaker();
    const { id, name } = await lent(taker);
    if (revoked) await decideElevation(taker.broker, id, { type: 'revoke', by: caller('ruth') });
    await takeRecords(taker, [call(name, { at: instant(NOW + later) })]);
    expect(taker.raised).toMatchObject([{ code, elevation: id }]);
  });

  test('a session that was never intended is one at once', async () => {
    const taker = testTaker();
    const { id, name } = await lent(taker);
    await takeRecords(taker, [call('', { caller: sessionOf(UPDATE_APP, `${name}+7`, name) })]);
    expect(taker.raised).toMatchObject([{ code: 'no-intent', elevation: id }]);
  });

  test('what only the rest of the trail can explain is none yet', async () => {
    const taker = testTaker();
    const { name } = await lent(taker);
    const chained = sessionOf('arn:aws:iam::333333333333:role/Next', 'next', name);
    await takeRecords(taker, [call('', { caller: chained })]);
    expect(taker.raised).toEqual([]);
  });

  test('an AssumeRole by the issuer in the name of an elevation is none; by anybody else it is', async () => {
    const taker = testTaker();
    const { name } = await lent(taker);
    const assume = (by: string) =>
      call('', {
        ...{ source: 'sts.amazonaws.com', name: 'AssumeRole', caller: sessionOf(by, 'somebody') },
        parameters: { roleArn: UPDATE_APP, roleSessionName: `${name}+1`, sourceIdentity: name },
      });
    await takeRecords(taker, [assume(ISSUER)]);
    expect(taker.raised).toEqual([]);
    await takeRecords(taker, [assume('arn:aws:iam::111111111111:role/Other')]);
    expect(taker.raised.map(({ code }) => code)).toContain('foreign-assume-role');
  });

  test.each([
    ['an elevation that there is not', () => `dbr+david+${OTHER_ID}`],
    ['the elevation of somebody else', (name: string) => name.replace('david', 'dora')],
  ])(
    'a session that the issuer begins in the name of %s is one, told once, though it is kept under two roles',
    async (_title, nameOf) => {
      const taker = testTaker();
      const { id, name } = await lent(taker);
      const record = issuedAs(nameOf(name));
      await takeRecords(taker, [record]);
      expect(taker.raised).toMatchObject([
        { code: 'false-name', about: UPDATE_APP, seen: { id: record.id } },
      ]);
      expect(taker.raised[0]?.detail).not.toContain('more such');
      expect(await idsUnder(taker, ROLE)).toEqual([record.id]);
      expect(await under(taker, id)).toEqual([]);
    },
  );

  test('a change of a trail is kept for its account, and each is one: one that came through is not hidden behind attempts', async () => {
    const taker = testTaker();
    const change = (name: string, more: Parameters<typeof call>[1] = {}) =>
      call('', {
        ...{ source: 'cloudtrail.amazonaws.com', name, parameters: { name: 'main' } },
        ...{ caller: sessionOf('arn:aws:iam::999999999999:role/Other', 'x'), ...more },
      });
    const error = { code: 'AccessDenied' };
    const records = [
      change('StopLogging', { error }),
      change('StopLogging'),
      change('StartLogging', { at: instant(NOW + HOURS) }),
    ];
    expect(await takeRecords(taker, records)).toBe(3);
    await takeRecords(taker, records);
    expect(await idsUnder(taker, { kind: 'trail', account: '999999999999' })).toEqual(
      records.map(({ id }) => id),
    );
    expect(taker.raised.map(({ code, seen }) => [code, seen?.id])).toEqual(
      records.map(({ id }) => ['trail-changed', id]),
    );
  });

  test('a session of an elevation that changes a managed policy bears no false name', async () => {
    const taker = testTaker();
    const { id, name } = await lent(taker);
    const policyArn = 'arn:aws:iam::999999999999:policy/Deploy';
    const record = call(name, {
      ...{ source: 'iam.amazonaws.com', name: 'CreatePolicyVersion', parameters: { policyArn } },
    });
    await takeRecords(taker, [record]);
    expect(taker.raised).toEqual([]);
    expect(await under(taker, id)).toEqual([record.id]);
    expect(await idsUnder(taker, { kind: 'policy', arn: policyArn })).toEqual([record.id]);
  });

  test('a session that came round the side is one alarm, however much it did: the first call, and how many more', async () => {
    const taker = testTaker();
    const records = Array.from({ length: 300 }, (_, n) =>
      call('', { caller: sessionOf(UPDATE_APP, 'mallory'), at: instant(NOW + (300 - n) * 1000) }),
    );
    const files = filesOf(records);
    await takeFile({ ...taker, files }, FILE);
    expect(taker.raised).toMatchObject([{ code: 'foreign-session', seen: { id: records.at(-1)?.id } }]);
    expect(taker.raised[0]?.detail).toMatch(/ 299 more such calls until 2026-11-24T09:05:00Z\.$/);
    expect(await idsUnder(taker, ROLE)).toHaveLength(300);
  });

  test('each session has its own, and a success is not hidden behind attempts', async () => {
    const taker = testTaker();
    const by = (name: string, more: Parameters<typeof call>[1] = {}) =>
      call('', { caller: sessionOf(UPDATE_APP, name), ...more });
    const error = { code: 'AccessDenied' };
    await takeRecords(taker, [by('mallory', { error }), by('mallory', { error }), by('mallory'), by('eve')]);
    expect(taker.raised.map(({ seen }) => [seen?.actor.principalId, seen?.outcome])).toEqual([
      ['AROAUPDATEAPP:mallory', 'denied'],
      ['AROAUPDATEAPP:mallory', 'allowed'],
      ['AROAUPDATEAPP:eve', 'allowed'],
    ]);
  });

  test('of what comes partly again the first that is new is told', async () => {
    const taker = testTaker();
    const [first, second, third] = [mallorys(), mallorys(), mallorys()];
    await takeRecords(taker, [first]);
    await takeRecords(taker, [first, second, third]);
    expect(taker.raised.map(({ seen }) => seen?.id)).toEqual([first.id, second.id]);
    expect(taker.raised[1]?.detail).toMatch(/ 1 more such call until /);
  });

  test('what comes again is told once', async () => {
    const taker = testTaker();
    const record = mallorys();
    for (let time = 0; time < 3; time++) await takeRecords(taker, [record]);
    expect(taker.raised).toHaveLength(1);
    expect(await idsUnder(taker, ROLE)).toEqual([record.id]);
  });

  test('one that could not be raised is raised with the next delivery, and until then nothing is kept', async () => {
    const usage = memoryUsage();
    const failing = {
      ...testTaker(testBroker(), usage),
      alarms: {
        raise: async () => {
          throw new Error('The bus does not answer.');
        },
      },
    };
    const record = mallorys();
    await expect(takeRecords(failing, [record])).rejects.toThrow('The bus does not answer.');
    const taker = testTaker(testBroker(), usage);
    expect(await idsUnder(taker, ROLE)).toEqual([]);
    await takeRecords(taker, [record]);
    expect(taker.raised).toHaveLength(1);
  });
});

describe('a file', () => {
  test('says what it held and what of it was ours', async () => {
    const taker = testTaker();
    const { id, name } = await lent(taker);
    const files = filesOf([
      call(name),
      call(name),
      call('', { caller: sessionOf('arn:aws:iam::1:role/X', 'x') }),
    ]);
    expect(await takeFile({ ...taker, files }, FILE)).toEqual({ records: 3, skipped: {}, kept: 2 });
    expect(await under(taker, id)).toHaveLength(2);
    expect(files.reads()).toBe(1);
  });

  test('that breaks off leaves nothing half counted', async () => {
    const taker = testTaker();
    const { id, name } = await lent(taker);
    const files = {
      read: async (_file: unknown, take: (record: ReturnType<typeof call>) => void) => {
        take(call(name));
        take(mallorys());
        throw new UnreadableFile('truncated', 'The file ends in the middle.');
      },
    };
    await expect(takeFile({ ...taker, files }, FILE)).rejects.toThrow(UnreadableFile);
    expect([await under(taker, id), await idsUnder(taker, ROLE), taker.raised]).toEqual([[], [], []]);
  });

  test('with more than is held at once is read again for the rest, and all is kept once', async () => {
    const taker = testTaker();
    const { id, name } = await lent(taker);
    const records = Array.from({ length: 4500 }, () => call(name));
    const files = filesOf(records);
    expect(await takeFile({ ...taker, files }, FILE)).toMatchObject({ kept: 4500 });
    expect(files.reads()).toBe(3);
    expect(new Set(await under(taker, id))).toEqual(new Set(records.map((record) => record.id)));
  });

  test('with exactly as much as is held at once is read once', async () => {
    const taker = testTaker();
    const { name } = await lent(taker);
    const files = filesOf(Array.from({ length: 2000 }, () => call(name)));
    await takeFile({ ...taker, files }, FILE);
    expect(files.reads()).toBe(1);
  });
});

test('an elevation is read once for all of its calls in a file', async () => {
  const taker = testTaker();
  const { name } = await lent(taker);
  let reads = 0;
  const store = {
    ...taker.store,
    read: (id: Awaited<ReturnType<typeof asked>>) => {
      reads += 1;
      return taker.store.read(id);
    },
  };
  const files = filesOf(Array.from({ length: 100 }, () => call(name)));
  await takeFile({ ...taker, store, files }, FILE);
  expect(reads).toBe(1);
});
