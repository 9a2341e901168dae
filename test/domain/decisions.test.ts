import type { Command } from '../../shared/domain/decide.ts';
import { after, asked, codeOf, needing, type Recorded, requestFor, step } from './record.ts';
import { caller, NOW, proved } from './story.ts';
import { at, duration, hash } from './values.ts';

const [DAVID, RUTH, ROB, ADA] = [caller('david'), caller('ruth'), caller('rob'), caller('ada')];
const NO_MFA = { mfa: { kind: 'absent' } } as const;

const pending = asked(requestFor(2));
const half = after(pending, NOW, { type: 'approve', by: RUTH });
const open = after(half, NOW, { type: 'approve', by: ROB });
const denied = after(pending, NOW, { type: 'deny', by: RUTH });
const withdrawn = after(pending, NOW, { type: 'withdraw', by: DAVID });
const returned = after(open, NOW, { type: 'return', by: DAVID });
const revoked = after(open, NOW, { type: 'revoke', by: RUTH });
const { digest } = pending.elevation;
const LAPSED = at('2026-11-24T11:00:00.001Z');
const ENDED = at('2026-11-24T10:00:00.001Z');

type Row = readonly [title: string, record: Recorded, command: Command, code: string, now?: typeof NOW];

/** Who may do what to an elevation that needs two approvals; nothing after a colon: it is already so. */
const TABLE: readonly Row[] = [
  ['an approver approves', pending, { type: 'approve', by: RUTH }, 'approved'],
  ['a second approver approves', half, { type: 'approve', by: ROB }, 'approved'],
  ['an approver approves what they read', pending, { type: 'approve', by: RUTH, digest }, 'approved'],
  [
    'an approver read another request',
    pending,
    { type: 'approve', by: RUTH, digest: hash('0') },
    'digest-mismatch',
  ],
  ['an approver approves again', half, { type: 'approve', by: RUTH }, ''],
  ['an approver approves again at another door', half, { type: 'approve', by: { ...RUTH, door: 'iam' } }, ''],
  ['an approver approves again after it is open', open, { type: 'approve', by: RUTH }, ''],
  ['the requester approves', pending, { type: 'approve', by: DAVID }, 'own-request'],
  [
    'the requester approves at another door',
    pending,
    { type: 'approve', by: { ...DAVID, door: 'iam' } },
    'own-request',
  ],
  ['another developer approves', pending, { type: 'approve', by: caller('dora') }, 'not-an-approver'],
  ['an admin approves', pending, { type: 'approve', by: ADA }, 'not-an-approver'],
  ['an auditor approves', pending, { type: 'approve', by: caller('otto') }, 'not-an-approver'],
  [
    'somebody with a token group of that name',
    pending,
    { type: 'approve', by: caller('nina', { groups: ['release-managers'] }) },
    'not-an-approver',
  ],
  [
    'an approver approves without MFA',
    pending,
    { type: 'approve', by: caller('ruth', NO_MFA) },
    'step-up-required',
  ],
  ['an approver approves what was denied', denied, { type: 'approve', by: ROB }, 'wrong-state'],
  ['an approver approves what was withdrawn', withdrawn, { type: 'approve', by: ROB }, 'wrong-state'],
  ['an approver approves too late', pending, { type: 'approve', by: RUTH }, 'wrong-state', LAPSED],

  ['an approver denies', pending, { type: 'deny', by: RUTH }, 'denied'],
  ['an approver denies after all', half, { type: 'deny', by: RUTH }, 'denied'],
  ['an approver denies without MFA', pending, { type: 'deny', by: caller('ruth', NO_MFA) }, 'denied'],
  [
    'an approver denies another request',
    pending,
    { type: 'deny', by: RUTH, digest: hash('0') },
    'digest-mismatch',
  ],
  ['an approver denies again', denied, { type: 'deny', by: RUTH }, ''],
  ['another approver denies again', denied, { type: 'deny', by: ROB }, 'wrong-state'],
  ['the requester denies', pending, { type: 'deny', by: DAVID }, 'own-request'],
  ['an admin denies', pending, { type: 'deny', by: ADA }, 'not-an-approver'],
  ['an approver denies what is open', open, { type: 'deny', by: RUTH }, 'wrong-state'],
  ['an approver denies too late', pending, { type: 'deny', by: RUTH }, 'wrong-state', LAPSED],

  ['the requester withdraws', half, { type: 'withdraw', by: DAVID }, 'withdrawn'],
  ['the requester withdraws again', withdrawn, { type: 'withdraw', by: DAVID }, ''],
  ['somebody else withdraws', pending, { type: 'withdraw', by: RUTH }, 'not-the-requester'],
  ['the requester withdraws what is open', open, { type: 'withdraw', by: DAVID }, 'wrong-state'],
  ['the requester withdraws too late', pending, { type: 'withdraw', by: DAVID }, 'wrong-state', LAPSED],

  ['the requester returns', open, { type: 'return', by: DAVID }, 'returned'],
  ['the requester returns again', returned, { type: 'return', by: DAVID }, ''],
  ['somebody else returns', open, { type: 'return', by: RUTH }, 'not-the-requester'],
  ['an admin returns', open, { type: 'return', by: ADA }, 'not-the-requester'],
  ['the requester returns what waits', half, { type: 'return', by: DAVID }, 'wrong-state'],
  ['the requester returns what was revoked', revoked, { type: 'return', by: DAVID }, 'wrong-state'],
  ['the requester returns what has ended', open, { type: 'return', by: DAVID }, 'wrong-state', ENDED],

  ['an approver revokes', open, { type: 'revoke', by: RUTH }, 'revoked'],
  ['an admin revokes', open, { type: 'revoke', by: ADA }, 'revoked'],
  ['an admin revokes without MFA', open, { type: 'revoke', by: caller('ada', NO_MFA) }, 'revoked'],
  ['an approver revokes again', revoked, { type: 'revoke', by: RUTH }, ''],
  ['an admin revokes what was revoked', revoked, { type: 'revoke', by: ADA }, 'wrong-state'],
  ['the requester revokes', open, { type: 'revoke', by: DAVID }, 'own-request'],
  ['an auditor revokes', open, { type: 'revoke', by: caller('otto') }, 'not-an-approver'],
  ['another developer revokes', open, { type: 'revoke', by: caller('dora') }, 'not-an-approver'],
  ['an approver revokes what waits', half, { type: 'revoke', by: RUTH }, 'wrong-state'],
  ['an approver revokes what was returned', returned, { type: 'revoke', by: RUTH }, 'wrong-state'],
  ['an approver revokes what has ended', open, { type: 'revoke', by: RUTH }, 'wrong-state', ENDED],

  ['the requester has credentials issued', open, { type: 'issue', by: DAVID }, 'issue-intended'],
  ['an approver has credentials issued', open, { type: 'issue', by: RUTH }, 'not-the-requester'],
  [
    'the requester has none issued without MFA',
    open,
    { type: 'issue', by: caller('david', NO_MFA) },
    'step-up-required',
  ],
  ['the requester has none issued of what waits', half, { type: 'issue', by: DAVID }, 'wrong-state'],
  ['the requester has none issued of what was denied', denied, { type: 'issue', by: DAVID }, 'wrong-state'],
  [
    'the requester has none issued of what was returned',
    returned,
    { type: 'issue', by: DAVID },
    'wrong-state',
  ],
  ['the requester has none issued of what was revoked', revoked, { type: 'issue', by: DAVID }, 'wrong-state'],
  [
    'the requester has none issued of what has ended',
    open,
    { type: 'issue', by: DAVID },
    'wrong-state',
    ENDED,
  ],
];

for (const [title, record, command, code, now = NOW] of TABLE) {
  test(`${title}: ${code === '' ? 'it stays as it is' : code}`, () => {
    expect(codeOf(step(record, command, needing(2), now))).toBe(code);
  });
}

test.each([
  ['denied', denied, NOW],
  ['withdrawn', withdrawn, NOW],
  ['approved', open, NOW],
  ['lapsed', pending, LAPSED],
  ['ended', open, ENDED],
])('who comes too late is told that it is %s', (state, record, now) => {
  const { outcome } = step(record, { type: 'deny', by: ROB }, needing(2), now);
  expect(outcome).toMatchObject({ refusal: { code: 'wrong-state', state } });
  expect(JSON.stringify(outcome)).toContain(`This elevation is ${state}`);
});

test('a comment is kept with the decision', () => {
  const { after: next } = step(pending, { type: 'deny', by: RUTH, comment: 'Not today.' }, needing(2), NOW);
  expect(next.elevation).toMatchObject({ denial: { by: RUTH, at: NOW, comment: 'Not today.' } });
});

/** A request whose approvers had to prove MFA within so long; the story's rule says 15 minutes today. */
function recording(mfaWithin: string): Recorded {
  const recorded = { by: ['group:release-managers'], count: 1, within: duration('2h') };
  return asked(
    requestFor(1, { requirements: { approval: { ...recorded, mfaWithin: duration(mfaWithin) } } }),
  );
}

test.each([
  ['30m', '20m', 900],
  ['5m', '10m', 300],
])(
  'an approver under a recorded bound of %s, proved %s ago, is told the tightest bound and what is not met',
  (bound, ago, maxAgeSeconds) => {
    const by = caller('ruth', { mfa: proved(ago) });
    const { outcome } = step(recording(bound), { type: 'approve', by }, needing(1), NOW);
    expect(outcome).toMatchObject({ refusal: { code: 'step-up-required', maxAgeSeconds } });
    expect(outcome).toHaveProperty('refusal.conditions', [
      expect.objectContaining({ outcome: 'unsatisfied' }),
    ]);
  },
);
