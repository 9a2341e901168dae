import type { Access, AllowRule, CatalogRole } from '../../shared/domain/access.ts';
import { allow, catalogRole, deny, groups, member, person, STORY, UPDATE_APP } from './story.ts';
import { duration, handle, hash, roleArn, roleName } from './values.ts';

/** An edit of the access file after David's hour was approved, and what an issue then answers. */
export type Edit = readonly [title: string, access: Access, answer: string];

const APPROVAL = {
  by: [member('group:release-managers')],
  count: 1,
  within: duration('2h'),
  mfaWithin: duration('15m'),
};
const SCOPE = [{ actions: ['s3:GetObject'], resources: ['*'] }];
const EVENINGS = { days: [1, 2, 3, 4, 5, 6, 7], from: 1080, to: 1440, timeZone: 'Europe/Berlin' };

/** The story's file with other terms in the rule that governs. */
function rule(terms: Partial<AllowRule>): Access {
  return replaced({ ...UPDATE_APP, ...terms });
}

function replaced(...by: Access['rules']): Access {
  return { ...STORY, rules: STORY.rules.flatMap((one) => (one.name === UPDATE_APP.name ? by : [one])) };
}

function first(added: Access['rules'][number]): Access {
  return { ...STORY, rules: [added, ...STORY.rules] };
}

function last(added: Access['rules'][number]): Access {
  return { ...STORY, rules: [...STORY.rules, added] };
}

function grouped(changed: Readonly<Record<string, readonly string[]>>): Access {
  return { ...STORY, groups: new Map([...STORY.groups, ...groups(changed)]) };
}

function role(changed: Partial<CatalogRole>): Access {
  const updateApp = catalogRole('update-app', 'arn:aws:iam::999999999999:role/UpdateApp');
  return { ...STORY, roles: new Map([...STORY.roles, [updateApp.name, { ...updateApp, ...changed }]]) };
}

const { approval: _approval, ...WITHOUT_APPROVAL } = UPDATE_APP;
const { mfa: _mfa, ...WITHOUT_MFA } = UPDATE_APP;
const WITHOUT_ROLE = new Map([...STORY.roles].filter(([name]) => name !== 'update-app'));
const WITHOUT_DAVID = new Map([...STORY.people].filter(([name]) => name !== 'david'));
const WITHOUT_RUTH = new Map([...STORY.people].filter(([name]) => name !== 'ruth'));
const OTHER_ROLE = catalogRole('other', 'arn:aws:iam::999999999999:role/Other');

/** Edits after which nothing more is issued; behind the colon: the condition that is not met. */
export const ENDS: readonly Edit[] = [
  ['the rule is removed', replaced(), 'no-longer-allowed: person'],
  ['Ruth is nobody any more', { ...STORY, people: WITHOUT_RUTH }, 'no-longer-allowed: approval'],
  [
    'the rule has another name',
    replaced(allow('renamed', ['group:developers'], ['update-app'])),
    'no-longer-allowed: person',
  ],
  [
    'the rule denies now',
    replaced(deny(UPDATE_APP.name, ['group:testers'], ['update-app'])),
    'no-longer-allowed: person',
  ],
  ['the rule is for others', rule({ who: [member('group:testers')] }), 'no-longer-allowed: person'],
  [
    'the rule lends another role',
    rule({ roles: new Set([roleName('read-logs')]) }),
    'no-longer-allowed: role',
  ],
  ['the rule allows half an hour', rule({ longest: duration('30m') }), 'no-longer-allowed: duration'],
  ['the rule wants a longer reason', rule({ reasonMin: 100 }), 'no-longer-allowed: reason'],
  ['the rule wants another kind of ticket', rule({ ticket: '^DEV-\\d+$' }), 'no-longer-allowed: ticket'],
  ['the rule holds in the evening only', rule({ hours: EVENINGS }), 'no-longer-allowed: hours'],
  ['the rule narrows sessions', rule({ scope: SCOPE }), 'no-longer-allowed: scope'],
  ['the rule cannot be evaluated', rule({ ticket: '(' }), 'no-longer-allowed: ticket'],
  ['David leaves the group', grouped({ developers: ['dora'] }), 'no-longer-allowed: person'],
  [
    'the group is removed',
    { ...STORY, groups: groups({ 'release-managers': ['ruth'] }) },
    'no-longer-allowed: person',
  ],
  ['David leaves the file', { ...STORY, people: WITHOUT_DAVID }, 'no-longer-allowed: person'],
  ['a deny names David', last(deny('never', ['person:david'], ['update-app'])), 'denied-by-rule'],
  ['a deny names his group', first(deny('never', ['group:developers'], ['update-app'])), 'denied-by-rule'],
  ['David becomes a tester as well', grouped({ testers: ['tess', 'david'] }), 'denied-by-rule'],
  ['the role is removed', { ...STORY, roles: WITHOUT_ROLE }, 'no-longer-allowed: role'],
  [
    'the role stands for another ARN',
    role({ arn: roleArn('arn:aws:iam::999999999999:role/Admin') }),
    'no-longer-allowed: role',
  ],
  [
    'the role moves to another account',
    role({ arn: roleArn('arn:aws:iam::888888888888:role/UpdateApp') }),
    'no-longer-allowed: role',
  ],
  ['two must approve', rule({ approval: { ...APPROVAL, count: 2 } }), 'no-longer-allowed: approval'],
  [
    'others must approve',
    rule({ approval: { ...APPROVAL, by: [member('group:operators')] } }),
    'no-longer-allowed: approval',
  ],
  ['Ruth approves no more', grouped({ 'release-managers': ['rob'] }), 'no-longer-allowed: approval'],
  ['nobody need approve any more, so nobody may', replaced(WITHOUT_APPROVAL), 'no-longer-allowed: approval'],
  ['MFA must be fresher', rule({ mfa: { within: duration('5m'), each: 'request' } }), 'step-up-required'],
  [
    'MFA counts from each issue',
    rule({ mfa: { within: duration('15m'), each: 'issue' } }),
    'step-up-required',
  ],
];

/** Edits that are nothing to David's hour. */
export const CHANGES_NOTHING: readonly (readonly [title: string, access: Access])[] = [
  ['nothing but the version', { ...STORY, version: hash('b') }],
  ['a person more', { ...STORY, people: new Map([[handle('zoe'), person('zoe')], ...STORY.people]) }],
  ['a group more', grouped({ zoo: ['nina'] })],
  ['a developer more', grouped({ developers: ['nina', 'david', 'dora'] })],
  ['an approver more', grouped({ 'release-managers': ['nina', 'ruth', 'rob'] })],
  ['another approver less', grouped({ 'release-managers': ['ruth'] })],
  ['a role more', { ...STORY, roles: new Map([[OTHER_ROLE.name, OTHER_ROLE], ...STORY.roles]) }],
  ['another description of the role', role({ description: 'Something else' })],
  ['a rule for another role', first(allow('other', ['group:developers'], ['read-logs']))],
  [
    'a rule for the same role that would govern today',
    first(allow('wider', ['group:developers'], ['update-app'])),
  ],
  ['a deny of another person', first(deny('nina-never', ['person:nina'], ['update-app']))],
  ['a deny of another role', first(deny('never', ['person:david'], ['read-logs']))],
  ['a deny of a role whose name begins alike', first(deny('never', ['person:david'], ['update-app-2']))],
  ['the rules in another order', { ...STORY, rules: STORY.rules.toReversed() }],
  ['the other rules gone', { ...STORY, rules: [UPDATE_APP] }],
  ['a longer duration', rule({ longest: duration('8h') })],
  ['just the duration asked', rule({ longest: duration('1h') })],
  ['a shorter reason', rule({ reasonMin: 1 })],
  ['a wider ticket pattern', rule({ ticket: '^[A-Z]+-\\d+$' })],
  [
    'an approval also by others',
    rule({ approval: { ...APPROVAL, by: [...APPROVAL.by, member('group:operators')] } }),
  ],
  ['a shorter wait for approvals', rule({ approval: { ...APPROVAL, within: duration('1m') } })],
  ['fresher MFA of approvers', rule({ approval: { ...APPROVAL, mfaWithin: duration('1m') } })],
  ['older MFA', rule({ mfa: { within: duration('1h'), each: 'request' } })],
  ['no MFA today, the recorded still holds', replaced(WITHOUT_MFA)],
  ['hours in which we are', rule({ hours: { ...EVENINGS, from: 0 } })],
  ['other limits', { ...STORY, limits: { pending: 1, requests: { count: 1, per: duration('1h') } } }],
  ['other admins and auditors', { ...STORY, admins: [], auditors: [] }],
];
