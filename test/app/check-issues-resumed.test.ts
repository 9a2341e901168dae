import fc from 'fast-check';
import { checkIssues, type IssueCheckProgress, type IssuesChecked } from '../../shared/app/check-issues.ts';
import type { TrailRecord } from '../../shared/domain/trail/record.ts';
import { testBroker } from './broker.ts';
import { at, begun, checking, type Lent, lent, lookupOf } from './issue-checks.ts';

const PERIOD = { from: at(0), until: at(600) };

/** Ten hours, with a session of David's in most of them. */
async function manyLent() {
  const broker = testBroker();
  const sessions: Lent[] = [];
  for (let hour = 0; hour < 8; hour++) {
    sessions.push(...(await lent(broker, hour % 3)));
    broker.wait(71 * 60_000);
  }
  return { broker, sessions };
}

/** Something that AWS recorded: which session it is of, when, and in what it differs. */
const event = fc.record({
  of: fc.nat({ max: 6 }),
  minute: fc.integer({ min: -4, max: 604 }),
  kind: fc.constantFrom('true', 'true', 'true', 'other-key', 'other-number', 'nobody'),
});

type Drawn = typeof event extends fc.Arbitrary<infer T> ? T : never;

function recordOf({ of, minute, kind }: Drawn, sessions: readonly Lent[]): TrailRecord {
  const session = sessions[of % sessions.length];
  if (session === undefined) throw new Error('Nothing was lent.');
  switch (kind) {
    case 'true':
      return begun(session);
    case 'other-key':
      return begun({ ...session, accessKeyId: `ASIA${minute}` }, { at: at(minute) });
    case 'other-number':
      return begun({ ...session, name: `${session.name}7` }, { at: at(minute) });
    case 'nobody':
      return begun({ ...session, name: 'somebody' }, { at: at(minute) });
    default:
      return kind satisfies never;
  }
}

const nameAndKey = (record: TrailRecord) => {
  const { roleSessionName } = Object(record.parameters);
  return `${roleSessionName} ${Object(record.response).credentials.accessKeyId}`;
};

/** Everything in one set each, and their difference. */
function naively(sessions: readonly Lent[], records: readonly TrailRecord[]) {
  const issued = new Set(sessions.map(({ name, accessKeyId }) => `${name} ${accessKeyId}`));
  const recorded = new Set(records.map(nameAndKey));
  const inPeriod = records.filter((one) => one.at >= PERIOD.from && one.at < PERIOD.until);
  return {
    notRecorded: sessions
      .map(({ name, accessKeyId }) => `${name} ${accessKeyId}`)
      .filter((one) => !recorded.has(one))
      .toSorted(),
    notIssued: inPeriod
      .filter((one) => !issued.has(nameAndKey(one)))
      .map(({ id }) => id)
      .toSorted(),
  };
}

function shortly({ notRecorded, notIssued }: IssuesChecked, sessions: readonly Lent[]) {
  const keys = new Map(sessions.map(({ name, accessKeyId }) => [name, accessKeyId]));
  return {
    notRecorded: notRecorded.map(({ name }) => `${name} ${keys.get(name)}`).toSorted(),
    notIssued: notIssued.map(({ id }) => id).toSorted(),
  };
}

let lending: Awaited<ReturnType<typeof manyLent>>;
beforeAll(async () => {
  lending = await manyLent();
});

test('whatever AWS recorded, the answer is the difference of the two sets', async () => {
  const { broker, sessions } = lending;
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { maxLength: 30 }),
      fc.integer({ min: 1, max: 4 }),
      async (drawn, page) => {
        const records = drawn.map((one) => recordOf(one, sessions));
        const found = await checkIssues(checking(broker, lookupOf(records, { page })), PERIOD);
        expect(shortly(found, sessions)).toEqual(naively(sessions, records));
      },
    ),
  );
});

/** Runs a check that is stopped at these pages, each time taken up with what was told last. */
async function withStops(records: readonly TrailRecord[], stops: ReadonlySet<number>, page: number) {
  const { broker } = lending;
  let taken: IssueCheckProgress | undefined;
  let pages = 0;
  const before = () => {
    pages += 1;
    if (stops.has(pages)) throw new Error('stopped');
  };
  for (;;) {
    const lookup = lookupOf(records, { page, before });
    const check = checking(broker, lookup);
    try {
      const found = await checkIssues(check, PERIOD, taken);
      return { found, pages };
    } catch (error) {
      if (!(error instanceof Error && error.message === 'stopped')) throw error;
      taken = check.told.at(-1) ?? taken;
      taken = taken && (JSON.parse(JSON.stringify(taken)) as IssueCheckProgress); // as a file keeps it
    }
  }
}

test('stopped anywhere, so often as you like, and taken up again, it gives the same answer', async () => {
  const { broker, sessions } = lending;
  const stops = fc.uniqueArray(fc.integer({ min: 1, max: 25 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 20 }), stops, async (drawn, at) => {
      const records = drawn.map((one) => recordOf(one, sessions));
      const whole = await checkIssues(checking(broker, lookupOf(records)), PERIOD);
      expect((await withStops(records, new Set(at), 3)).found).toEqual(whole);
    }),
  );
});

test('hours that were looked up are not looked up again', async () => {
  const { broker } = lending;
  const first = checking(broker, lookupOf([]));
  await checkIssues(first, PERIOD);
  const again = lookupOf([]);
  await checkIssues(checking(broker, again), PERIOD, first.told[6]);
  expect(again.asked[0]?.from).toEqual(first.told[6]?.until);
  expect(again.asked).toHaveLength(first.told.length - 7);
});

test('back-filled is every hour that is looked up: the one that was stopped twice, none never', async () => {
  const { broker, sessions } = lending;
  const records = sessions.map((one) => begun(one));
  const filled: string[] = [];
  const backfill = async (page: readonly TrailRecord[]) => {
    filled.push(...page.map(({ id }) => id));
  };
  const stopped = checking(
    broker,
    lookupOf(records, {
      page: 1,
      before: (page) => {
        if (page === 5) throw new Error('stopped');
      },
    }),
    { backfill },
  );
  await expect(checkIssues(stopped, PERIOD)).rejects.toThrow('stopped');
  await checkIssues(checking(broker, lookupOf(records), { backfill }), PERIOD, stopped.told.at(-1));
  expect(new Set(filled)).toEqual(new Set(records.map(({ id }) => id)));
});
