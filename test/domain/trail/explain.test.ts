import fc from 'fast-check';
import type { ElevationStory } from '../../../shared/domain/report/story.ts';
import { explained } from '../../../shared/domain/trail/explain.ts';
import type { Observation } from '../../../shared/domain/trail/observation.ts';
import { hash } from '../values.ts';
import {
  ID,
  issue,
  OTHER_ID,
  OURS,
  second,
  seen,
  sessionOf,
  story,
  THE_ISSUER,
  UPDATE_APP,
} from './observations.ts';

const NEXT = 'arn:aws:iam::999999999999:role/Next';

/** A session of the role Next, and its principal id. */
const next = (name: string) => sessionOf(NEXT, name, OURS);
const nextId = (name: string) => `AROANEXT:${name}`;

/** Somebody begins a session of the role Next. */
function chain(id: string, actor: Observation['actor'], name: string): Observation {
  const assumed = { roleArn: NEXT, sessionName: name, sourceIdentity: OURS, assumedRoleId: nextId(name) };
  return seen({ id, source: 'sts.amazonaws.com', name: 'AssumeRole', actor, assumed });
}

function how(told: ElevationStory): readonly unknown[] {
  return explained(told).map(({ observation, as, n }) => [observation.id, as, n]);
}

test('what was done comes from the issue whose session did it', () => {
  const usage = [issue(1), seen({ id: 'one' }), issue(2), seen({ id: 'two', actor: session(2) })];
  expect(how(story(usage, { issues: 2 }))).toEqual([
    ['issue-1', 'issue', 1],
    ['issue-2', 'issue', 2],
    ['one', 'session', 1],
    ['two', 'session', 2],
  ]);
});

test('a session whose record a crash has lost is explained by its AssumeRole and the intent', () => {
  const usage = [issue(1), seen()];
  expect(how(story(usage, { recorded: 0 }))).toEqual([
    ['issue-1', 'issue', 1],
    ['e1', 'session', 1],
  ]);
  expect(how(story(usage, { issues: 0 }))).toEqual([
    ['issue-1', 'unexplained', undefined],
    ['e1', 'unexplained', undefined],
  ]);
});

test('a recorded session is explained also where its AssumeRole has not come', () => {
  expect(how(story([seen()]))).toEqual([['e1', 'session', 1]]);
});

test('sessions that come from sessions are followed, whatever comes first', () => {
  const usage = [
    seen({ id: 'use', at: second(50), actor: next('b') }),
    chain('second', next('a'), 'b'),
    chain('first', session(1), 'a'),
  ];
  expect(how(story(usage))).toEqual([
    ['use', 'chained', 1],
    ['first', 'session', 1],
    ['second', 'chained', 1],
  ]);
});

test('a session that can come from two issues counts as the first’s', () => {
  const usage = [
    issue(2, { at: second(10) }),
    issue(1, { at: second(20) }),
    chain('by-two', session(2), 'a'),
    chain('by-one', session(1), 'a'),
    seen({ id: 'use', actor: next('a') }),
  ];
  expect(how(story(usage, { issues: 2, recorded: 0 })).at(-1)).toEqual(['use', 'chained', 1]);
});

test.each([
  [
    'the name of another person',
    issue(1, { assumed: { roleArn: UPDATE_APP, sessionName: `dbr+dora+${ID}+1` } }),
  ],
  [
    'a caller in the same account who is not the issuer',
    issue(1, { actor: { type: 'IAMUser', account: '1' } }),
  ],
  ['another role', issue(1, { actor: sessionOf(NEXT, 'x') })],
  [
    'a session that only ends like the issuer',
    issue(1, { actor: sessionOf(NEXT, 'drawbridge-credentials') }),
  ],
  [
    'the name of another elevation',
    issue(1, { assumed: { roleArn: UPDATE_APP, sessionName: `dbr+david+${OTHER_ID}+1` } }),
  ],
  ['another role that is assumed', issue(1, { assumed: { roleArn: NEXT, sessionName: `${OURS}+1` } })],
  ['another call', issue(1, { name: 'AssumeRoleWithSAML' })],
])('no issue is %s', (_, observation) => {
  expect(how(story([observation], { recorded: 0 }))).toEqual([['issue-1', 'unexplained', undefined]]);
});

test('the issuer is known in its own account’s copy by its role', () => {
  expect(how(story([issue(1, { actor: THE_ISSUER, account: '222222222222' })]))).toEqual([
    ['issue-1', 'issue', 1],
  ]);
});

/** Sessions that begin sessions, in a web of few names, with uses of them. */
const event = fc.oneof(
  fc.record({
    by: fc.constantFrom('1', '2', 'a', 'b', 'c', 'd'),
    begins: fc.constantFrom('a', 'b', 'c', 'd'),
  }),
  fc.record({ by: fc.constantFrom('1', '2', '3', 'a', 'b', 'c', 'd') }),
  fc.record({ issue: fc.constantFrom(1, 2, 3) }),
);

function usageOf(
  events: readonly (typeof event extends fc.Arbitrary<infer T> ? T : never)[],
): readonly Observation[] {
  return events.map((one, index) => {
    const id = `e${String(index).padStart(2, '0')}`;
    const place = { id, hash: hash(String(index % 10)) };
    if ('issue' in one) return issue(one.issue, place);
    const actor = /\d/.test(one.by) ? session(Number(one.by)) : next(one.by);
    return 'begins' in one ? chain(id, actor, one.begins) : seen({ ...place, actor });
  });
}

test('explanations_agree_with_a_naive_search_for_roots', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 14 }), fc.nat({ max: 2 }), (events, recorded) => {
      const told = story(usageOf(events), { issues: 2, recorded });
      expect(explained(told)).toEqual(told.usage.length === 0 ? [] : naive(told));
    }),
  );
});

test('explanations_are_independent_of_order', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 14 }), fc.infiniteStream(fc.nat()), (events, random) => {
      const usage = usageOf(events);
      const keyed = usage.map((one) => [random.next().value, one] as const);
      const shuffled = keyed.sort(([one], [other]) => one - other).map(([, one]) => one);
      expect(explained(story(shuffled, { issues: 2 }))).toEqual(explained(story(usage, { issues: 2 })));
    }),
  );
});

function session(n: number): Observation['actor'] {
  return sessionOf(UPDATE_APP, `${OURS}+${n}`, OURS);
}

/** The oracle: for each call, walk back from who called to whoever began that session, over all ways. */
function naive(told: ElevationStory): readonly unknown[] {
  const usage = [...told.usage].sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  const issues = usage.filter(
    ({ id, assumed }) => assumed?.roleArn === UPDATE_APP && id !== '' && isIntended(assumed.sessionName),
  );
  const root = (principalId: string | undefined) =>
    told.sessions.find(({ assumedRoleId }) => assumedRoleId === principalId)?.n ??
    numberIn(issues.find(({ assumed }) => assumed?.assumedRoleId === principalId)?.assumed?.sessionName);
  const roots = (principalId: string | undefined, seenBefore: readonly unknown[]): readonly number[] => {
    const n = root(principalId);
    if (n !== undefined) return [n];
    if (seenBefore.includes(principalId)) return [];
    return usage
      .filter(({ assumed }) => assumed?.assumedRoleId !== undefined && assumed.assumedRoleId === principalId)
      .flatMap(({ actor }) => roots(actor.principalId, [...seenBefore, principalId]));
  };
  return usage.map((observation) => {
    if (issues.includes(observation))
      return { observation, as: 'issue', n: numberIn(observation.assumed?.sessionName) };
    const { principalId } = observation.actor;
    const found = roots(principalId, []);
    if (found.length === 0) return { observation, as: 'unexplained' };
    return {
      observation,
      as: root(principalId) === undefined ? 'chained' : 'session',
      n: Math.min(...found),
    };
  });
}

function isIntended(sessionName: string | undefined): boolean {
  return [1, 2].includes(numberIn(sessionName) ?? 0);
}

function numberIn(sessionName: string | undefined): number | undefined {
  return sessionName === undefined ? undefined : Number(sessionName.split('+')[3]);
}
