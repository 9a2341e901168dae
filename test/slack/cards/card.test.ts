import type { Command } from '../../../shared/domain/decide.ts';
import { after as later } from '../../../shared/domain/instant.ts';
import { card } from '../../../shared/slack/cards/card.ts';
import { after, asked, requestFor } from '../../domain/record.ts';
import { caller, NOW, proved } from '../../domain/story.ts';
import { at, duration, handle } from '../../domain/values.ts';
import { buttonsOf, shown } from './shown.ts';
import { ACCESS, API_URL, accessNeeding, telling, USERS } from './story.ts';

const SETTINGS = { access: ACCESS, apiUrl: API_URL };
const BY_BUTTON = { access: accessNeeding(1, false), apiUrl: API_URL };

const T10 = at('2026-11-24T09:10:00Z');
const T20 = at('2026-11-24T09:20:00Z');

/** A time as it is written for Slack, by its minute of that morning. */
const time = (minute: string) => {
  const written = `2026-11-24T${minute}:00Z`;
  return `<!date^${at(written) / 1000}^{date_short_pretty} {time_secs}|${written}>`;
};

const withoutApproversMfa = requestFor(1, {
  requirements: {
    mfa: { within: duration('15m'), each: 'request' },
    approval: { by: ['group:release-managers'], count: 1, within: duration('2h') },
  },
});

const pending = asked(withoutApproversMfa, caller('david', { mfa: proved('3m') }));
const by = (name: string, now = T10) => caller(name, { mfa: proved('1m', now) });
const approve = (name: string, comment?: string): Command => ({
  type: 'approve',
  by: by(name),
  ...(comment === undefined ? {} : { comment }),
});
const approved = after(pending, T10, approve('ruth', 'Watch the cache.'));
const issued = after(approved, T20, { type: 'issue', by: by('david', T20) });

const REQUEST = `Person: david
Role: update-app
Account: 999999999999
Duration: 1h
Ticket: OPS-12
Rule: developers-update-app
MFA of the requester: proved 3m before the request (amr:hwk)
ARN of the role: arn:aws:iam::999999999999:role/UpdateApp
Reason
│ Fix the banner of the shop`;

const ID = '`01ARZ3NDEKTSV4RRFFQ69G5FAV`';
const APPROVED = `Approved by *ruth* ${time('09:10')}
│ Watch the cache.`;

test('a request that waits says all, mentions its approvers and lets them decide', () => {
  expect(shown(card(telling(pending), BY_BUTTON))).toBe(`# 🟡 Waiting for approval: update-app for david
${REQUEST}
0 of 1 approvals are given; they come from group:release-managers.
May approve: <@U0RUTH> <@U0ROB>
~ Asked ${time('09:00')} · Waits until ${time('11:00')} · ${ID}
[Approve] [Deny] [Details]`);
});

test('an approved request tells who approved, what they said, and lets it be revoked', () => {
  expect(shown(card(telling(approved, T20), BY_BUTTON))).toBe(`# 🟢 Approved: update-app for david
${REQUEST}
${APPROVED}
~ Asked ${time('09:00')} · Lasts until ${time('10:10')} · No credentials issued · ${ID}
[Revoke] [Details]`);
});

test('issued credentials are counted', () => {
  const twice = after(issued, at('2026-11-24T09:30:00Z'), { type: 'issue', by: by('david') });
  expect(shown(card(telling(issued, T20), BY_BUTTON))).toContain(`Credentials issued once ${time('09:20')}`);
  expect(shown(card(telling(twice, T20), BY_BUTTON))).toContain(
    `Credentials issued 2 times, last ${time('09:30')}`,
  );
});

const WINDOW = `From ${time('09:10')}, at most until ${time('10:10')} · Credentials issued once ${time('09:20')}`;

const ENDINGS = [
  {
    state: 'denied',
    heading: '🔴 Denied',
    record: after(pending, T10, { type: 'deny', by: by('rob'), comment: 'Not on a Tuesday.' }),
    acts: [`Denied by *rob* ${time('09:10')}`, '│ Not on a Tuesday.'],
    times: '',
  },
  {
    state: 'withdrawn',
    heading: '⚪ Withdrawn',
    record: after(pending, T10, { type: 'withdraw', by: by('david') }),
    acts: [`Withdrawn by *david* ${time('09:10')}`],
    times: '',
  },
  {
    state: 'lapsed',
    heading: '⚪ Lapsed',
    record: pending,
    acts: [],
    times: ` · Lapsed ${time('11:00')}: nobody decided in time`,
  },
  {
    state: 'returned',
    heading: '⚪ Returned',
    record: after(issued, T20, { type: 'return', by: by('david') }),
    acts: [APPROVED, `Returned by *david* ${time('09:20')}`],
    times: ` · ${WINDOW}`,
  },
  {
    state: 'revoked',
    heading: '🔴 Revoked',
    record: after(issued, T20, { type: 'revoke', by: by('ruth') }),
    acts: [APPROVED, `Revoked by *ruth* ${time('09:20')}`],
    times: ` · ${WINDOW}`,
  },
  {
    state: 'ended',
    heading: '⚪ Ended',
    record: issued,
    acts: [APPROVED],
    times: ` · Ended ${time('10:10')} · Credentials issued once ${time('09:20')}`,
  },
];

test.each(ENDINGS)('the card of a $state elevation says so and decides nothing more', (ending) => {
  const { heading, record, acts, times } = ending;
  const lines = [
    `# ${heading}: update-app for david`,
    REQUEST,
    ...acts,
    `~ Asked ${time('09:00')}${times} · ${ID}`,
    '[Details]',
  ];
  expect(shown(card(telling(record, at('2026-11-24T12:00:00Z')), BY_BUTTON))).toBe(lines.join('\n'));
});

test.each([
  ['record and file', SETTINGS.access, requestFor(1)],
  ['the terms of today', SETTINGS.access, withoutApproversMfa],
  ['the recorded terms', BY_BUTTON.access, requestFor(1)],
])('where %s want MFA of approvers there is no Approve, but the calls that do it', (_, access, request) => {
  const record = asked(request);
  const content = card(telling(record), { ...SETTINGS, access });
  expect(buttonsOf(content)).toEqual(['deny', 'details']);
  expect(shown(content)).toContain('no older than 15m, which Slack cannot give');
  expect(shown(content)).toContain(
    `curl -sS -X POST '${API_URL}/v1/elevations/${request.id}/approval' -H "Authorization: Bearer $DRAWBRIDGE_TOKEN"`,
  );
  expect(shown(content)).toContain(`"digest":"${record.elevation.digest}"`);
  expect(shown(content)).toContain(`'${API_URL}/iam/v1/elevations/${request.id}/approval' --aws-sigv4`);
});

test('one of two approvals is counted, and who has given it is not mentioned again', () => {
  const record = after(asked(requestFor(2)), T10, approve('ruth'));
  const content = shown(card(telling(record, T10), { ...SETTINGS, access: accessNeeding(2) }));
  expect(content).toContain('1 of 2 approvals are given');
  expect(content).toContain('May approve: <@U0ROB>');
  expect(content).not.toContain('<@U0RUTH>');
});

test('the requester and people who may not approve are never mentioned', () => {
  const users = new Map([...USERS, [handle('nina'), ['U0NINA']], [handle('ada'), ['U0ADA']]] as const);
  const content = shown(card(telling(pending, NOW, users), BY_BUTTON));
  expect(content).toContain('May approve: <@U0RUTH> <@U0ROB>\n');
});

test('at most 20 approvers are mentioned', () => {
  const users = new Map([[handle('ruth'), Array.from({ length: 30 }, (_, n) => `U0RUTH${n}`)]]);
  expect(shown(card(telling(pending, NOW, users), BY_BUTTON)).match(/<@U0RUTH/g)).toHaveLength(20);
});

test('approvers whom only the identity provider knows are named in words', () => {
  const record = asked(
    requestFor(1, {
      requirements: {
        approval: { by: ['idp:Platform Team', 'person:rob'], count: 1, within: duration('2h') },
      },
    }),
  );
  expect(shown(card(telling(record), BY_BUTTON))).toContain(
    'Members of Platform Team, as the identity provider lists them, may approve as well.',
  );
});

test('a rule without approval gives an approved card that mentions nobody', () => {
  const content = shown(card(telling(asked(requestFor(0))), { ...SETTINGS, access: accessNeeding(0) }));
  expect(content).toContain(`The rule wants no approval · Lasts until ${time('10:00')}`);
  expect(content).toContain('[Revoke] [Details]');
  expect(content).not.toContain('<@');
});

test.each([
  ['the requester', undefined, 'Sessions are narrowed by the requester to'],
  ['the rule', 'rule', 'Sessions are narrowed by rule developers-update-app to'],
] as const)('a scope is shown with who set it: %s', (_, narrowedBy, heading) => {
  const scope = [{ actions: ['s3:GetObject', 's3:PutObject'], resources: ['arn:aws:s3:::productionapp/*'] }];
  const record = asked(requestFor(1, { scope, ...(narrowedBy === undefined ? {} : { narrowedBy }) }));
  expect(shown(card(telling(record), SETTINGS))).toContain(
    `${heading}\n│ s3:GetObject, s3:PutObject on arn:aws:s3:::productionapp/*\n`,
  );
});

test.each([
  [{ kind: 'absent' }, 'none'],
  [{ kind: 'iam-session', within: duration('15m') }, 'proved to IAM within 15m of the request'],
  [proved('1m', later(NOW, duration('1m'))), 'proved less than a minute before the request (amr:hwk)'],
  [proved('90m'), 'proved 1h30m before the request (amr:hwk)'],
  [proved('PT25H'), 'proved more than a day before the request (amr:hwk)'],
] as const)('how MFA was proved is said in words: %j', (mfa, words) => {
  const record = asked(requestFor(1), caller('david', { mfa }));
  expect(shown(card(telling(record), SETTINGS))).toContain(`MFA of the requester: ${words}\n`);
});

test('the card says when the rule of a request is gone', () => {
  const access = { ...ACCESS, rules: [] };
  expect(shown(card(telling(pending), { ...SETTINGS, access }))).toContain(
    'Rule developers-update-app is no longer in the access file.',
  );
});

test('a card is not rewritten when the hours of its rule are over', () => {
  const hours = { days: [2], from: 9 * 60, to: 10 * 60, timeZone: 'UTC' };
  const rules = BY_BUTTON.access.rules.map((rule) => (rule.kind === 'deny' ? rule : { ...rule, hours }));
  const settings = { ...BY_BUTTON, access: { ...BY_BUTTON.access, rules } };
  const [within, outside] = [at('2026-11-24T09:59:00Z'), at('2026-11-24T10:01:00Z')];
  expect(card(telling(pending, outside), settings)).toEqual(card(telling(pending, within), settings));
});
