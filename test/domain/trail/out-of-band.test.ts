import { instant } from '../../../shared/domain/instant.ts';
import type { Finding } from '../../../shared/domain/trail/finding.ts';
import type { Observation } from '../../../shared/domain/trail/observation.ts';
import { findingsOf } from '../../../shared/domain/trail/out-of-band.ts';
import { ID, issue, OTHER_ID, OURS, second, seen, sessionOf, story, UPDATE_APP } from './observations.ts';

const ELSEWHERE = 'arn:aws:iam::111111111111:role/Elsewhere';

/** The window is from 09:00 to 10:00, both included. */
const END = 3600;
const LATER = second(2 * END);

function codes(...told: Parameters<typeof story>): readonly (readonly unknown[])[] {
  return findingsOf(story(...told), LATER).map(({ code, seen: first }) => [code, first?.id]);
}

test('a session that was issued, used within the hour and seen by the trail is no finding', () => {
  expect(codes([issue(1), seen(), seen({ id: 'e2', outcome: 'denied' })])).toEqual([]);
});

test.each([
  ['within the hour', { at: second(END - 1) }, []],
  ['in the second of the end, which belongs to the hour', { at: second(END) }, []],
  ['a second later', { at: second(END + 1) }, [['use-after-end', 'e1']]],
  ['denied, as the session policy has it', { at: second(END + 1), outcome: 'denied' }, []],
  ['throttled, so that nothing shows it got through', { at: second(END + 1), outcome: 'unknown' }, []],
] as const)('a call after the end: %s', (_, more, expected) => {
  expect(codes([issue(1), seen(more)])).toEqual(expected);
});

test.each(['return', 'revoke'] as const)('a call after a %s, which was at 09:10:00', (last) => {
  const usage = [599, 600, 601].map((at) => seen({ id: `at-${at}`, at: second(at) }));
  expect(codes([issue(1), ...usage], { last: [last] })).toEqual([['use-after-cut', 'at-601']]);
});

test('an issue that was decided in time and answered after the end or the cut is no use', () => {
  expect(codes([issue(1, { at: second(END + 1) })])).toEqual([]);
  expect(codes([issue(1, { at: second(601) })], { last: ['revoke'] })).toEqual([]);
});

test('the end counts before the cut', () => {
  expect(codes([issue(1), seen({ at: second(END + 1) })], { last: ['revoke'] })).toEqual([
    ['use-after-end', 'e1'],
  ]);
});

test('a session chained from ours that goes on after the end is one', () => {
  const assumed = {
    roleArn: ELSEWHERE,
    sessionName: 'x',
    assumedRoleId: 'AROAELSEWHERE:x',
    sourceIdentity: OURS,
  };
  const usage = [
    issue(1),
    seen({ id: 'chain', name: 'AssumeRole', assumed }),
    seen({ id: 'use', at: second(END + 60), actor: sessionOf(ELSEWHERE, 'x', OURS) }),
  ];
  expect(codes(usage)).toEqual([['use-after-end', 'use']]);
});

test('calls under our source identity by a session that came from none of ours are one finding a session', () => {
  const foreign = sessionOf(ELSEWHERE, 'x', OURS);
  const usage = [
    issue(1),
    seen({ id: 'a', actor: foreign }),
    seen({ id: 'b', actor: foreign, at: second(70) }),
    seen({ id: 'c', actor: foreign, at: second(80) }),
  ];
  const [finding, ...others] = findingsOf(story(usage), LATER);
  expect(others).toEqual([]);
  expect(finding).toEqual({
    code: 'unexplained-session',
    at: second(60),
    about: UPDATE_APP,
    elevation: ID,
    seen: usage[1],
    detail:
      'arn:aws:sts::111111111111:assumed-role/Elsewhere/x acted in the name of this elevation and comes from none of its sessions: GetObject of s3.amazonaws.com. 2 more such calls until 2026-11-24T09:01:20Z.',
  });
});

test('what the rest of the trail can still explain is not said before it has come', () => {
  const told = story([issue(1), seen({ actor: sessionOf(ELSEWHERE, 'x', OURS) })]);
  expect(findingsOf(told, second(60))).toEqual([]);
  expect(findingsOf(told, second(61))).toHaveLength(1);
});

test('a number that was never meant to be issued is said at once', () => {
  const usage = [issue(1), seen({ actor: sessionOf(UPDATE_APP, `${OURS}+2`, OURS) })];
  const [finding, ...others] = findingsOf(story(usage), instant(0));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ code: 'no-intent', seen: usage[1] });
  expect(finding?.detail).toContain('bears the number 2, which this elevation never issued');
  expect(codes(usage, { issues: 2, recorded: 1 })).toEqual([['unexplained-session', 'e1']]);
});

test('a session name of another elevation under our source identity is false', () => {
  const usage = [issue(1), seen({ actor: sessionOf(UPDATE_APP, `dbr+dora+${OTHER_ID}+1`, OURS) })];
  expect(codes(usage)).toEqual([
    ['false-name', 'e1'],
    ['unexplained-session', 'e1'],
  ]);
});

test('a session name of another person for the same elevation is false', () => {
  const usage = [issue(1), seen({ actor: sessionOf(UPDATE_APP, `dbr+dora+${ID}+1`, OURS) })];
  expect(codes(usage)[0]).toEqual(['false-name', 'e1']);
});

test('a session that one of ours begins under the name of another elevation is false, whatever its caller did before', () => {
  const actor = sessionOf(UPDATE_APP, `${OURS}+1`, OURS);
  const assumed = { roleArn: ELSEWHERE, sessionName: `dbr+dora+${OTHER_ID}+1`, assumedRoleId: 'AROAOTHER:x' };
  const usage = [issue(1), seen({ id: 'get', actor }), seen({ id: 'assume', actor, assumed })];
  expect(codes(usage)).toEqual([['false-name', 'assume']]);
});

test('credentials whose AssumeRole should have come and has not are a finding without a call', () => {
  const told = story([]);
  expect(findingsOf(told, second(30))).toEqual([]);
  expect(findingsOf(told, second(31))).toEqual([
    {
      code: 'issue-not-in-trail',
      at: second(30),
      about: UPDATE_APP,
      elevation: ID,
      detail:
        'Credentials were issued at 2026-11-24T09:00:30Z (number 1), and no trail shows that the role was assumed.',
    },
  ]);
});

test('an intent without a session is none: STS may have refused', () => {
  expect(codes([], { issues: 1, recorded: 0 })).toEqual([]);
});

test('findings_are_independent_of_order_and_of_repetition', () => {
  const usage: readonly Observation[] = [
    issue(1),
    seen({ id: 'late', at: second(END + 5) }),
    seen({ id: 'late', at: second(END + 5) }),
    seen({ id: 'foreign', actor: sessionOf(ELSEWHERE, 'x', OURS) }),
    seen({ id: 'number', actor: sessionOf(UPDATE_APP, `${OURS}+9`, OURS) }),
  ];
  const said = (told: readonly Observation[]): readonly Finding[] => findingsOf(story(told), LATER);
  expect(said(usage).map(({ code }) => code)).toEqual([
    'unexplained-session',
    'no-intent',
    'unexplained-session',
    'use-after-end',
  ]);
  expect(said([...usage].reverse())).toEqual(said(usage));
});
