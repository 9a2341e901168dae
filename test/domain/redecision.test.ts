import type { Access } from '../../shared/domain/access.ts';
import { unmet } from '../../shared/domain/condition.ts';
import { instant } from '../../shared/domain/instant.ts';
import { approvalCondition, outlook } from '../../shared/domain/redecision.ts';
import { after, asked, codeOf, type Recorded, requestFor, step } from './record.ts';
import { CHANGES_NOTHING, ENDS } from './redecision-table.ts';
import { allow, caller, groups, member, NOW, proved, STORY, UPDATE_APP, withRules } from './story.ts';
import { duration, hash } from './values.ts';

const LATER = instant(NOW + 30 * 60_000);
const DAVID = caller('david', { mfa: proved('10m') });
const pending = asked(requestFor(1));
const open = after(pending, NOW, { type: 'approve', by: caller('ruth') });

/** What an issue under David's hour answers with this file, half an hour later. */
function issueWith(access: Access, record = open): string {
  const taken = step(record, { type: 'issue', by: DAVID }, access, LATER);
  const conditions =
    'refusal' in taken.outcome && taken.outcome.refusal.code === 'no-longer-allowed'
      ? taken.outcome.refusal.conditions
      : [];
  const codes = conditions.map(({ code }) => code);
  return codes.length === 0 ? codeOf(taken) : `${codeOf(taken)}: ${codes.join(', ')}`;
}

test('with the file as it was, credentials are issued', () => {
  expect(issueWith(STORY)).toBe('issue-intended');
});

test.each(ENDS)('%s: nothing more is issued', (_title, access, answer) => {
  expect(issueWith(access)).toBe(answer);
});

test.each(CHANGES_NOTHING)('%s: credentials are issued as before', (_title, access) => {
  expect(issueWith(access)).toBe('issue-intended');
});

const RUTH_LATER = caller('ruth', { mfa: proved('1m', LATER) });

test.each(ENDS.filter(([, , answer]) => !/approval|step-up/.test(answer)))(
  '%s: nobody can approve any more either',
  (_title, access) => {
    const taken = step(pending, { type: 'approve', by: RUTH_LATER }, access, LATER);
    expect(taken.outcome).toHaveProperty('refusal');
  },
);

test.each(CHANGES_NOTHING)('%s: the request can be approved as before', (_title, access) => {
  expect(codeOf(step(pending, { type: 'approve', by: RUTH_LATER }, access, LATER))).toBe('approved');
});

test.each(ENDS)('%s: who looks is told before an issue fails', (_title, access, answer) => {
  const told = unmet(outlook(access, open.elevation, LATER)).map(({ code }) => code);
  if (answer === 'step-up-required') expect(told).toEqual([]);
  else expect(told).toContain(answer === 'denied-by-rule' ? 'person' : answer.split(': ')[1]);
});

test('it takes less to stop: whatever was edited, the approver revokes and the requester returns', () => {
  for (const [, access] of ENDS.filter(([title]) => !/Ruth|the group is/.test(title))) {
    expect(codeOf(step(open, { type: 'revoke', by: caller('ruth') }, access, LATER))).toBe('revoked');
    expect(codeOf(step(open, { type: 'return', by: DAVID }, access, LATER))).toBe('returned');
  }
});

test('an approver who is named only since the request was made cannot approve it, but can deny it', () => {
  const access = { ...STORY, groups: new Map([...STORY.groups, ...groups({ 'release-managers': ['rob'] })]) };
  const request = requestFor(1, {
    requirements: { approval: { by: ['person:ruth'], count: 1, within: duration('2h') } },
  });
  const record = asked(request);
  expect(codeOf(step(record, { type: 'approve', by: caller('rob') }, access, NOW))).toBe('not-an-approver');
  expect(codeOf(step(record, { type: 'deny', by: caller('rob') }, access, NOW))).toBe('denied');
});

test('an approver by a group of their token counts by the groups that were seen when they approved', () => {
  const approval = { by: [member('idp:Leads')], count: 1, within: duration('2h') };
  const access = withRules({ ...UPDATE_APP, approval });
  const record = asked(requestFor(1, { requirements: { approval: { ...approval, by: ['idp:Leads'] } } }));
  const lead = caller('nina', { groups: ['Leads'] });
  const approved = step(record, { type: 'approve', by: lead }, access, NOW);
  expect(codeOf(approved)).toBe('approved');
  expect(issueWith(access, approved.after)).toBe('issue-intended');
  expect(codeOf(step(record, { type: 'approve', by: caller('nina') }, access, NOW))).toBe('not-an-approver');
});

test('a requester by a group of their token needs the group at every issue', () => {
  const rule = allow('platform', ['idp:Platform'], ['update-app']);
  const access = withRules(rule);
  const record = asked(requestFor(0, { rule: rule.name }));
  const issue = (groupsSeen: readonly string[]) =>
    codeOf(step(record, { type: 'issue', by: caller('david', { groups: groupsSeen }) }, access, NOW));
  expect([issue(['Platform']), issue([]), issue(['Platform2'])]).toEqual([
    'issue-intended',
    'no-longer-allowed',
    'no-longer-allowed',
  ]);
});

test('an approval of another digest does not count, even where the state holds it', () => {
  const approvals = open.elevation.approvals.map((approval) => ({ ...approval, digest: hash('0') }));
  const [condition] = approvalCondition(STORY, UPDATE_APP, { ...open.elevation, approvals });
  expect(condition).toMatchObject({ code: 'approval', outcome: 'unsatisfied' });
});

describe('an MFA session at the IAM door, of an age that only its bound tells', () => {
  const session = caller('david', { mfa: { kind: 'iam-session', within: duration('4h15m') } });
  const demanding = (within: string) => {
    const { approval: _, ...alone } = UPDATE_APP;
    return withRules({ ...alone, mfa: { within: duration(within), each: 'request' } });
  };
  const issued = (record: Recorded, access: Access) =>
    codeOf(step(record, { type: 'issue', by: { ...session, door: 'iam' } }, access, LATER));

  test('is enough where the asking was proved as freshly as is demanded now', () => {
    expect(issued(asked(requestFor(0)), demanding('15m'))).toBe('issue-intended');
  });

  test('is not where the asking proved nothing, since nothing was demanded then', () => {
    const unproved = asked(requestFor(0, { requirements: {} }), caller('david', { mfa: { kind: 'absent' } }));
    expect(issued(unproved, demanding('15m'))).toBe('step-up-required');
  });

  test('is not where more is demanded now than the asking proved', () => {
    const older = asked(requestFor(0), caller('david', { mfa: proved('10m') }));
    expect(issued(older, demanding('15m'))).toBe('issue-intended');
    expect(issued(older, demanding('5m'))).toBe('step-up-required');
  });
});
