import { memoryUsage } from '../../shared/adapters/memory/usage-store.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { TrailRecord } from '../../shared/domain/trail/record.ts';
import type { EventLookup } from '../../shared/ports/event-lookup.ts';
import { type TestBroker, testBroker } from '../app/broker.ts';
import { at, begun, type Lent, lent, lookupOf } from '../app/issue-checks.ts';
import { idsUnder } from '../app/trail.ts';
import { STORY } from '../domain/story.ts';
import { sessionOf, UPDATE_APP } from '../domain/trail/observations.ts';
import { type Ran, run } from './run.ts';

let broker: TestBroker;
let session: Lent;
let files: Map<string, string>;
let asked: { readonly region: string; readonly from: Instant; readonly until: Instant }[];

beforeEach(async () => {
  broker = testBroker();
  const [first] = await lent(broker);
  if (first === undefined) throw new Error('Nothing was lent.');
  session = first;
  files = new Map();
  asked = [];
});

type Setting = {
  readonly lookup?: EventLookup;
  readonly now?: Instant;
  readonly store?: TestBroker['store'];
  readonly usage?: ReturnType<typeof memoryUsage>;
};

const PERIOD = ['--from', '2026-11-24T09:00:00Z', '--until', '2026-11-24T12:00:00Z'];

/** The command over what AWS recorded, at four in the afternoon. */
function checked(
  records: readonly TrailRecord[],
  args: readonly string[] = [],
  setting: Setting = {},
): Promise<Ran> {
  const {
    lookup = lookupOf(records),
    now = at(7 * 60),
    store = broker.store,
    usage = memoryUsage(),
  } = setting;
  const period = args.includes('--from') ? [] : PERIOD;
  return run(['trail', 'check', '--table', 'elevations', '--access', 'access.yml', ...period, ...args], {
    now: () => now,
    check: {
      access: async () => STORY,
      elevations: () => store,
      usage: () => usage,
      lookup: (region) => ({
        assumeRoles(between) {
          asked.push({ region, ...between });
          return lookup.assumeRoles(between);
        },
      }),
      readState: async (path) => files.get(path),
      writeState: async (path, text) => {
        files.set(path, text);
      },
    },
  });
}

const forged = () => begun({ ...session, name: 'mallory' }, { at: at(30) });

test('where both records agree it says so, and ends with 0', async () => {
  const { code, out, err } = await checked([begun(session)]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.split('\n')).toEqual([
    'Every session that was issued is recorded, and every one that is recorded was issued.',
    '',
    '  period      2026-11-24T09:00:00Z to 2026-11-24T12:00:00Z',
    '  issued      1 session by elevations',
    '  recorded    1 session of arn:aws:iam::222222222222:role/drawbridge/drawbridge-credentials in us-east-1',
    '',
  ]);
});

test('what is in one of the records alone is named, and ends it with 1', async () => {
  const { code, out } = await checked([forged()]);
  expect(code).toBe(1);
  expect(out).toContain("What was issued, and AWS's own record of it, do not agree.");
  expect(out).toContain(`${session.name}, issued at 2026-11-24T09:00:00Z, is not in AWS's record`);
  expect(out).toContain(
    'mallory of arn:aws:iam::999999999999:role/UpdateApp, begun at 2026-11-24T09:30:00Z, has a name',
  );
});

test('names from the log cannot write to the terminal', async () => {
  const { out } = await checked([begun(session), begun({ ...session, name: '\u001b[2Jm' })]);
  expect(out).toContain('\\u{1b}[2Jm of');
});

test('for programs it writes JSON', async () => {
  const { code, out } = await checked([forged()], ['--json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({
    ...{ format: 1, agrees: false, table: 'elevations', regions: ['us-east-1'], issued: 1, recorded: 1 },
    issuerRoleArn: 'arn:aws:iam::222222222222:role/drawbridge/drawbridge-credentials',
    period: { from: '2026-11-24T09:00:00Z', until: '2026-11-24T12:00:00Z' },
    notRecorded: [
      {
        ...{ elevation: session.elevation, n: 1, name: session.name, at: '2026-11-24T09:00:00Z' },
        sentence: expect.any(String),
      },
    ],
    notYetRecorded: [],
    notIssued: [expect.objectContaining({ name: 'mallory', at: '2026-11-24T09:30:00Z', why: 'false-name' })],
    ...{ damaged: [], unreadable: [], outOfBand: [] },
  });
});

test('a session of the last 45 minutes is not missed yet', async () => {
  const period = ['--from', '2026-11-24T09:00:00Z', '--until', '2026-11-24T09:20:00Z'];
  const { code, out } = await checked([], period, { now: at(20) });
  expect(code).toBe(0);
  expect(out).toContain('Too young to be missed');
  expect((await checked([], period, { now: at(46) })).code).toBe(1);
});

describe('what could not be read ends it with 3', () => {
  test('an event', async () => {
    const lookup: EventLookup = {
      async *assumeRoles() {
        yield { records: [begun(session)], unreadable: ['The event x cannot be read.'] };
      },
    };
    const { code, out } = await checked([], [], { lookup });
    expect(code).toBe(3);
    expect(out).toContain('  • The event x cannot be read.');
  });

  test('an elevation whose record is damaged', async () => {
    let lists = 0;
    const store: TestBroker['store'] = {
      ...broker.store,
      read: async (id) => ({ damaged: id }),
      list: (by, page) => {
        lists += 1;
        return broker.store.list(by, page);
      },
    };
    const { code, out } = await checked([], [], { store });
    expect(code).toBe(3);
    expect(out).toContain(session.elevation);
    expect(lists).toBeGreaterThan(0);
  });
});

describe('wrong use ends it with 2, before anything is looked up', () => {
  test.each([
    ['no period', ['--from', '2026-11-24'], '--until'],
    [
      'an end before the beginning',
      ['--from', '2026-11-24', '--until', '2026-11-23'],
      '--from must be before --until',
    ],
    ['a period that goes on', ['--from', '2026-11-24', '--until', '2026-11-25'], 'has passed'],
    [
      'a period of which CloudTrail knows nothing any more',
      ['--from', '2026-08-26', '--until', '2026-11-24'],
      '90 days',
    ],
    ['no table to fill', ['--backfill'], '--backfill and --usage-table go together'],
    [
      'a table that is not to be filled',
      ['--usage-table', 'usage'],
      '--backfill and --usage-table go together',
    ],
  ])('%s', async (_title, args, sentence) => {
    const { code, out, err } = await checked([], args);
    expect({ code, out, asked }).toEqual({ code: 2, out: '', asked: [] });
    expect(err).toContain(sentence);
  });
});

test('a table that is not there is said before the events are looked up', async () => {
  const store = {
    ...broker.store,
    list: async () => {
      throw Object.assign(new Error('Requested resource not found'), { name: 'ResourceNotFoundException' });
    },
  };
  const { code, err } = await checked([], [], { store });
  expect({ code, err, asked }).toEqual({
    ...{ code: 4, asked: [] },
    err: 'drawbridge: ResourceNotFoundException: Requested resource not found\n',
  });
});

test('it looks in the Regions that are named, and else in the hub’s', async () => {
  await checked([]);
  expect(new Set(asked.map(({ region }) => region))).toEqual(new Set(['us-east-1']));
  asked = [];
  await checked([], ['--region', 'eu-west-1', 'us-east-1']);
  expect(new Set(asked.map(({ region }) => region))).toEqual(new Set(['eu-west-1', 'us-east-1']));
});

describe('the state', () => {
  const STATE = ['--state', 'check.json'];

  /** Breaks off at the page, as a lost connection or Ctrl-C does. */
  const stoppedAt = (page: number, records: readonly TrailRecord[]) =>
    lookupOf(records, {
      before: (one) => {
        if (one === page) throw new Error('The connection was lost.');
      },
    });

  test('lets a check that broke off go on where it was, with the same answer', async () => {
    const records = [begun(session), forged()];
    const stopped = await checked(records, STATE, { lookup: stoppedAt(3, records) });
    expect(stopped).toMatchObject({ code: 4, out: '', err: 'drawbridge: The connection was lost.\n' });
    asked = [];
    const { code, out } = await checked(records, STATE);
    expect(asked[0]?.from).toBe(at(115));
    expect({ code, out }).toEqual(await checked(records).then((ran) => ({ code: ran.code, out: ran.out })));
  });

  test('is kept after each hour', async () => {
    const kept: unknown[] = [];
    const lookup = lookupOf([begun(session)], { before: () => kept.push(files.get('check.json')) });
    await checked([], STATE, { lookup });
    const until = kept.map((text) => text && JSON.parse(String(text)).lookedUpUntil);
    expect(until).toEqual([
      undefined,
      '2026-11-24T09:55:00.000Z',
      '2026-11-24T10:55:00.000Z',
      '2026-11-24T11:55:00.000Z',
    ]);
  });

  test('holds no hour whose events can be on the way', async () => {
    await checked([], STATE, { now: at(3 * 60) });
    expect(JSON.parse(files.get('check.json') ?? '')).toMatchObject({
      lookedUpUntil: '2026-11-24T10:55:00.000Z',
    });
  });

  test.each([
    ['another period', ['--from', '2026-11-24T09:00:00Z', '--until', '2026-11-24T13:00:00Z']],
    ['other Regions', ['--region', 'eu-west-1']],
    ['a check that filled another table', ['--backfill', '--usage-table', 'usage']],
  ])('of %s is refused, and left as it is', async (_title, args) => {
    await checked([begun(session)], STATE);
    const before = files.get('check.json');
    const { code, err } = await checked([], [...STATE, ...args]);
    expect(code).toBe(2);
    expect(err).toContain('check.json belongs to a check of another period, table or Region');
    expect(files.get('check.json')).toBe(before);
  });

  test.each([
    '',
    '{}',
    'hosts: file',
    '{"format":1,"of":null,"lookedUpUntil":"noon","recorded":[],"unreadable":[]}',
  ])('that is none (%j) is refused, and left as it is', async (text) => {
    files.set('check.json', text);
    const { code, err } = await checked([], STATE);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'drawbridge: check.json is no state of this command. Name another file, or remove it.\n',
    });
    expect(files.get('check.json')).toBe(text);
  });
});

describe('back-filling', () => {
  const FILL = ['--backfill', '--usage-table', 'usage'];

  test('puts what is ours into the usage table, again without effect', async () => {
    const usage = memoryUsage();
    const ours = begun(session);
    const other = begun({ ...session, name: 'x' }, { roleArn: 'arn:aws:iam::111111111111:role/Other' });
    for (let time = 0; time < 2; time++) await checked([ours, other], FILL, { usage });
    expect(await idsUnder({ usage }, { kind: 'elevation', id: session.elevation })).toEqual([ours.id]);
    expect(await idsUnder({ usage }, { kind: 'role', arn: UPDATE_APP })).toEqual([ours.id]);
  });

  test('says what did not come through Drawbridge once, on stderr', async () => {
    const usage = memoryUsage();
    const foreign = begun(session, {
      at: at(5),
      caller: sessionOf('arn:aws:iam::111111111111:role/Other', 'x'),
    });
    const { code, err } = await checked([begun(session), foreign], FILL, { usage });
    expect(code).toBe(1);
    expect(err).toMatch(/^out of band, foreign-assume-role: .+\n$/);
    expect((await checked([begun(session), foreign], FILL, { usage })).err).toBe('');
  });
});
