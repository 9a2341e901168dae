import type { Access, AllowRule } from '../../shared/domain/access.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import type { Ask } from '../../shared/domain/evaluation.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { ASK, allow, caller, deny, groups, proved, STORY, UPDATE_APP, withRules } from './story.ts';
import { at, duration, groupName, roleName } from './values.ts';

/** An ask and what the rules say to it: `allowed by <rule>`, or the outcome with the codes of what is not met. */
export type Row = readonly [
  title: string,
  by: Caller,
  ask: Ask,
  says: string,
  /** Where it is not the story's file and morning. */
  where?: { readonly access?: Access; readonly now?: Instant },
];

const DAVID = caller('david');
const TESS = caller('tess');
const NINA = caller('nina');
const READ_LOGS: Ask = {
  role: roleName('read-logs'),
  duration: duration('30m'),
  reason: 'Look at the errors',
};
const NO_TICKET: Ask = { role: ASK.role, duration: ASK.duration, reason: ASK.reason };
const SCOPE = [{ actions: ['s3:GetObject'], resources: ['*'] }];
const LONG = 'allowed by developers-update-app-long';
const STORYS = 'allowed by developers-update-app';

/** The story's file with this one rule for developers and update-app. */
function only(name: string, terms: Partial<AllowRule>) {
  return { access: withRules(allow(name, ['group:developers'], ['update-app'], terms)) };
}

/** The story's file with these groups. */
function grouped(members: Readonly<Record<string, readonly string[]>>) {
  return { access: { ...STORY, groups: groups(members) } };
}

const BOTH = grouped({ developers: ['david', 'tess'], testers: ['tess'] });
const DENY_LAST = {
  access: withRules(UPDATE_APP, deny('not-david', ['person:david'], ['update-app'])),
};
const GHOST = { access: withRules(allow('ghost', ['group:developers'], ['update'])) };
const NARROWED = only('narrowed', { scope: SCOPE });
const EVENING = { now: at('2026-11-24T16:00:00Z') };
const LOST_ZONE = only('lost', {
  hours: { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1440, timeZone: 'Europe/Nowhere' },
});
const PLATFORM_OF_THE_FILE = {
  access: { ...STORY, groups: new Map([...STORY.groups, [groupName('platform'), new Set([NINA.person])]]) },
};

/** Who may have which role at all. */
export const WHO: readonly Row[] = [
  ['David gets the hour of the story', DAVID, ASK, STORYS],
  ['Tess is denied', TESS, ASK, 'denied by testers-never'],
  ['Tess is denied although she is a developer too', TESS, ASK, 'denied by testers-never', BOTH],
  ['a deny holds for its own roles alone', TESS, READ_LOGS, 'allowed by developers-read-logs', BOTH],
  ['a deny at the end beats an allow before it', DAVID, ASK, 'denied by not-david', DENY_LAST],
  ['Nina, whom no rule names, gets nothing', NINA, ASK, 'not-allowed: person'],
  ['who may approve has no right to borrow', caller('ruth'), ASK, 'not-allowed: person'],
  ['an admin has no right to borrow either', caller('ada'), ASK, 'not-allowed: person'],
  ['without rules nobody gets anything', DAVID, ASK, 'not-allowed: person', { access: withRules() }],
  [
    'no role is lent by the beginning of its name',
    DAVID,
    { ...ASK, role: roleName('update') },
    'not-allowed: person',
  ],
  [
    'a role outside the catalog is not lent',
    DAVID,
    { ...ASK, role: roleName('update') },
    'not-allowed: role',
    GHOST,
  ],
  [
    'a group of the token lends where a rule names it',
    caller('nina', { groups: ['Platform'] }),
    READ_LOGS,
    'allowed by platform-read-logs',
  ],
  [
    'a group of the token is matched whole',
    caller('nina', { groups: ['Platform2', 'Plat', 'platform'] }),
    READ_LOGS,
    'not-allowed: person',
  ],
  [
    'a group of the token is not one of the file',
    caller('nina', { groups: ['developers'] }),
    READ_LOGS,
    'not-allowed: person',
  ],
  [
    'a group of the file is not one of the token',
    NINA,
    READ_LOGS,
    'not-allowed: person',
    PLATFORM_OF_THE_FILE,
  ],
  ['the groups of a token deny nothing', caller('david', { groups: ['testers'] }), ASK, STORYS],
];

/** On which terms. */
export const TERMS: readonly Row[] = [
  ['four hours are within the first rule', DAVID, { ...ASK, duration: duration('4h') }, STORYS],
  ['a minute more falls to the next rule', DAVID, { ...ASK, duration: duration('4h1m') }, LONG],
  [
    'nine hours are too long for both',
    DAVID,
    { ...ASK, duration: duration('9h') },
    'not-allowed: duration, duration',
  ],
  ['without a ticket the next rule governs', DAVID, NO_TICKET, LONG],
  ['a ticket with something behind it is none', DAVID, { ...ASK, ticket: 'OPS-12x' }, LONG],
  ['a ticket with something before it is none', DAVID, { ...ASK, ticket: 'xOPS-12' }, LONG],
  ['a ticket with a line behind it is none', DAVID, { ...ASK, ticket: 'OPS-12\nx' }, LONG],
  ['a ticket with a line end is none', DAVID, { ...ASK, ticket: 'OPS-12\n' }, LONG],
  [
    'each way of a ticket pattern is matched whole',
    DAVID,
    { ...ASK, ticket: 'OPS-12 DEV-12' },
    'not-allowed: ticket',
    only('either', { ticket: 'OPS-\\d+|DEV-\\d+' }),
  ],
  [
    'a pattern that is no expression is not met',
    DAVID,
    ASK,
    'not-allowed: ticket',
    only('broken', { ticket: '(' }),
  ],
  ['ten characters are a reason', DAVID, { ...ASK, reason: '0123456789' }, STORYS],
  ['nine are none', DAVID, { ...ASK, reason: '012345678' }, 'not-allowed: reason, reason'],
  ['white space is no reason', DAVID, { ...ASK, reason: ' 012345678\n\t ' }, 'not-allowed: reason, reason'],
  ['an emoji is one character', DAVID, { ...ASK, reason: '😀'.repeat(9) }, 'not-allowed: reason, reason'],
  [
    'without MFA: not yet',
    caller('david', { mfa: { kind: 'absent' } }),
    ASK,
    `not-yet by ${UPDATE_APP.name}: mfa`,
  ],
  [
    'with an old MFA: not yet',
    caller('david', { mfa: proved('16m') }),
    ASK,
    `not-yet by ${UPDATE_APP.name}: mfa`,
  ],
  ['a rule without MFA asks for none', caller('david', { mfa: { kind: 'absent' } }), NO_TICKET, LONG],
  ['a scope of the requester is kept', DAVID, { ...ASK, scope: SCOPE }, STORYS],
  ['a scope of the rule cannot be replaced', DAVID, { ...ASK, scope: SCOPE }, 'not-allowed: scope', NARROWED],
  ['a scope of the rule is met by naming none', DAVID, ASK, 'allowed by narrowed', NARROWED],
  ['within its hours a rule lends', TESS, READ_LOGS, 'allowed by platform-read-logs'],
  ['outside its hours it does not', TESS, READ_LOGS, 'not-allowed: hours', EVENING],
  ['hours in an unknown zone are not met', DAVID, ASK, 'not-allowed: hours', LOST_ZONE],
  [
    'everything amiss is told, rule by rule',
    DAVID,
    { ...NO_TICKET, duration: duration('9h'), reason: '' },
    'not-allowed: duration, reason, ticket, duration, reason',
  ],
];
