import { instant } from '../../shared/domain/instant.ts';
import { type MfaDemand, mfaHolds } from '../../shared/domain/mfa.ts';
import { NOW } from './story.ts';
import { duration } from './values.ts';

const WITHIN = duration('15m');
const BOUND_MILLISECONDS = 900_000;
const FRESH: MfaDemand = { within: WITHIN, backFrom: NOW, boundIsEnough: false };

test.each([
  [BOUND_MILLISECONDS + 1, false],
  [BOUND_MILLISECONDS, true],
  [BOUND_MILLISECONDS - 1, true],
  [0, true],
])('a token’s proof from %i ms before holds within 15 minutes: %s', (ago, holds) => {
  const proof = { kind: 'token', evidence: 'amr:hwk', at: instant(NOW - ago) } as const;
  expect(mfaHolds(FRESH, proof)).toBe(holds);
  expect(mfaHolds({ ...FRESH, boundIsEnough: true }, proof)).toBe(holds);
});

test.each([
  ['14m', true],
  ['15m', true],
  ['16m', false],
])('an MFA session that IAM lets in for %s is as old as that: %s', (bound, holds) => {
  expect(mfaHolds(FRESH, { kind: 'iam-session', within: duration(bound) })).toBe(holds);
});

test('where the bound is enough, an MFA session that IAM lets in holds, however long it may live', () => {
  const proof = { kind: 'iam-session', within: duration('12h') } as const;
  expect(mfaHolds({ ...FRESH, boundIsEnough: true }, proof)).toBe(true);
});

test('no proof is none, whatever is asked', () => {
  expect(mfaHolds(FRESH, { kind: 'absent' })).toBe(false);
  expect(mfaHolds({ ...FRESH, boundIsEnough: true }, { kind: 'absent' })).toBe(false);
});
