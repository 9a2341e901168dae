import { MOST_ISSUES, MOST_ISSUES_A_MINUTE } from '../../shared/domain/decide-issue.ts';
import { standingAt, waitsUntil } from '../../shared/domain/elevation.ts';
import { evaluate } from '../../shared/domain/evaluation.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { after, asked, codeOf, needing, type Recorded, requestFor, step } from './record.ts';
import { ASK, caller, NOW, proved, STORY } from './story.ts';
import { at, duration } from './values.ts';

const [DAVID, RUTH] = [caller('david'), caller('ruth')];
const at1 = (offset: number): Instant => instant(NOW + offset);
const HOUR = 3_600_000;

test.each([
  [2 * HOUR - 1, 'pending'],
  [2 * HOUR, 'pending'],
  [2 * HOUR + 1, 'lapsed'],
  [2 * HOUR + 1000, 'lapsed'],
])('%i ms after the request, within 2 h for approvals, it is %s', (offset, state) => {
  expect(standingAt(asked(requestFor(1)).elevation, at1(offset)).state).toBe(state);
});

test('what lapsed tells since when, and what needs no approval never waits', () => {
  const { elevation } = asked(requestFor(1));
  expect(standingAt(elevation, at1(9 * HOUR))).toMatchObject({ state: 'lapsed', lapsedAt: at1(2 * HOUR) });
  expect(waitsUntil(requestFor(0))).toBeUndefined();
});

test.each([
  [2 * HOUR, 'approved'],
  [2 * HOUR + 1, 'wrong-state'],
])('an approval %i ms after the request: %s', (offset, code) => {
  const fresh = caller('ruth', { mfa: proved('1m', at1(offset)) });
  expect(codeOf(step(asked(requestFor(1)), { type: 'approve', by: fresh }, needing(1), at1(offset)))).toBe(
    code,
  );
});

/** Approved in the middle of a second: the window begins with that second. */
const APPROVED_AT = at('2026-11-24T09:00:30.700Z');
const open = after(asked(requestFor(1)), APPROVED_AT, { type: 'approve', by: RUTH });

test('the window begins with the second of the last approval and lasts the duration asked', () => {
  const window = { from: at('2026-11-24T09:00:30.000Z'), until: at('2026-11-24T10:00:30.000Z') };
  expect(open.elevation).toMatchObject({ state: 'approved', window });
});

test('without approvals the window begins with the second of the request', () => {
  const { elevation } = asked(requestFor(0, { requestedAt: at('2026-11-24T09:00:00.999Z') }));
  expect(elevation).toMatchObject({ window: { from: NOW, until: at1(HOUR) } });
});

test.each([
  ['2026-11-24T10:00:29.000Z', 'issue-intended', 'approved'],
  ['2026-11-24T10:00:29.999Z', 'issue-intended', 'approved'],
  ['2026-11-24T10:00:30.000Z', 'issue-intended', 'approved'],
  ['2026-11-24T10:00:30.001Z', 'wrong-state', 'ended'],
  ['2026-11-24T10:00:31.000Z', 'wrong-state', 'ended'],
])('an issue at %s, at the window’s end: %s', (time, code, state) => {
  expect(codeOf(step(open, { type: 'issue', by: DAVID }, needing(1), at(time)))).toBe(code);
  expect(standingAt(open.elevation, at(time)).state).toBe(state);
});

const BOUND = 900_000;

/** David with a proof of that moment. */
function provedAt(name: string, moment: Instant) {
  return caller(name, { mfa: { kind: 'token', evidence: 'amr:hwk', at: moment } });
}

test.each([
  [BOUND - 1, 'issue-intended'],
  [BOUND, 'issue-intended'],
  [BOUND + 1, 'step-up-required'],
])('an issue with a proof from %i ms before the request: %s', (ago, code) => {
  const record = asked(requestFor(0));
  const command = { type: 'issue', by: provedAt('david', at1(-ago)) } as const;
  expect(codeOf(step(record, command, needing(0), at1(HOUR)))).toBe(code);
});

test.each([
  [BOUND - 1, 'issue-intended'],
  [BOUND, 'issue-intended'],
  [BOUND + 1, 'step-up-required'],
])('where MFA counts from each issue, one with a proof from %i ms before it: %s', (ago, code) => {
  const requirements = { mfa: { within: duration('15m'), each: 'issue' } } as const;
  const record = asked(requestFor(0, { requirements }));
  const now = at1(HOUR / 2);
  const command = { type: 'issue', by: provedAt('david', instant(now - ago)) } as const;
  expect(codeOf(step(record, command, needing(0), now))).toBe(code);
});

test.each([
  [BOUND - 1, 'allowed'],
  [BOUND, 'allowed'],
  [BOUND + 1, 'not-yet'],
])('asking with a proof from %i ms before: %s', (ago, outcome) => {
  expect(evaluate(STORY, provedAt('david', at1(-ago)), ASK, NOW).outcome).toBe(outcome);
});

test('at the IAM door an issue needs an MFA session of any age that IAM lets in, but not where each issue counts', () => {
  const by = { ...DAVID, door: 'iam', mfa: { kind: 'iam-session', within: duration('4h15m') } } as const;
  const each = asked(requestFor(0, { requirements: { mfa: { within: duration('15m'), each: 'issue' } } }));
  expect(codeOf(step(asked(requestFor(0)), { type: 'issue', by }, needing(0), NOW))).toBe('issue-intended');
  expect(codeOf(step(each, { type: 'issue', by }, needing(0), NOW))).toBe('step-up-required');
});

test.each([
  [BOUND - 1, 'approved'],
  [BOUND, 'approved'],
  [BOUND + 1, 'step-up-required'],
])('an approval with a proof from %i ms before it: %s', (ago, code) => {
  const now = at1(HOUR);
  const command = { type: 'approve', by: provedAt('ruth', instant(now - ago)) } as const;
  expect(codeOf(step(asked(requestFor(1)), command, needing(1), now))).toBe(code);
});

/** The record after so many issues, each so long after the one before. */
function issued(record: Recorded, count: number, every: number): Recorded {
  return Array.from({ length: count }, (_, n) => at1(n * every)).reduce(
    (current, now) => after(current, now, { type: 'issue', by: DAVID }),
    record,
  );
}

test.each([
  [0, 'too-many-issues', 60],
  [1, 'too-many-issues', 60],
  [59_000, 'too-many-issues', 1],
  [59_999, 'too-many-issues', 1],
  [60_000, 'issue-intended', undefined],
])('after ten issues at once an eleventh %i ms later: %s', (offset, code, retryAfterSeconds) => {
  const ten = issued(asked(requestFor(0)), MOST_ISSUES_A_MINUTE, 0);
  const taken = step(ten, { type: 'issue', by: DAVID }, needing(0), at1(offset));
  expect(codeOf(taken)).toBe(code);
  const told = 'refusal' in taken.outcome && 'retryAfterSeconds' in taken.outcome.refusal;
  if (told) expect(taken.outcome).toMatchObject({ refusal: { retryAfterSeconds } });
  expect(told).toBe(retryAfterSeconds !== undefined);
});

test('nine issues a minute leave room for one', () => {
  const nine = issued(asked(requestFor(0)), MOST_ISSUES_A_MINUTE - 1, 0);
  expect(codeOf(step(nine, { type: 'issue', by: DAVID }, needing(0), NOW))).toBe('issue-intended');
});

test('120 issues are the most, and no waiting helps', () => {
  const all = issued(asked(requestFor(0)), MOST_ISSUES, 10_000);
  const later = at1(50 * 60_000);
  const { outcome } = step(all, { type: 'issue', by: DAVID }, needing(0), later);
  expect(outcome).toMatchObject({ refusal: { code: 'too-many-issues' } });
  expect(outcome).not.toHaveProperty('refusal.retryAfterSeconds');
  const oneLess = issued(asked(requestFor(0)), MOST_ISSUES - 1, 10_000);
  expect(codeOf(step(oneLess, { type: 'issue', by: DAVID }, needing(0), later))).toBe('issue-intended');
});
