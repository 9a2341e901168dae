import type { Access, AllowRule, CatalogRole, DenyRule, Person } from '../../shared/domain/access.ts';
import { parseMember } from '../../shared/domain/access.ts';
import type { Caller, MfaProof } from '../../shared/domain/caller.ts';
import type { Ask } from '../../shared/domain/evaluation.ts';
import { before, type Instant } from '../../shared/domain/instant.ts';
import { at, duration, groupName, handle, hash, roleArn, roleName, ruleName, tokenGroup } from './values.ts';

/** A Tuesday morning. */
export const NOW = at('2026-11-24T09:00:00.000Z');

/** Who is who: two developers, a tester, two release managers, an admin, an auditor, and one in no group. */
export const PEOPLE = ['david', 'dora', 'tess', 'ruth', 'rob', 'ada', 'otto', 'nina'] as const;

/** A deny rule; `who` and `roles` as the access file writes them. */
export function deny(name: string, who: readonly string[], roles: readonly string[]): DenyRule {
  const named = who.map(member).filter((one) => one.kind !== 'idp');
  return { kind: 'deny', name: ruleName(name), who: named, roles: new Set(roles.map(roleName)) };
}

/** An allow rule for four hours, with these terms. */
export function allow(
  name: string,
  who: readonly string[],
  roles: readonly string[],
  terms: Partial<AllowRule> = {},
): AllowRule {
  return {
    kind: 'allow',
    name: ruleName(name),
    who: who.map(member),
    roles: new Set(roles.map(roleName)),
    longest: duration('4h'),
    reasonMin: 10,
    ...terms,
  };
}

/** Somebody whom a rule names. */
export function member(text: string) {
  const named = parseMember(text);
  if (named === undefined) throw new TypeError(`The test names "${text}", which is nobody.`);
  return named;
}

/** A role of the catalog. */
export function catalogRole(name: string, arn: string): CatalogRole {
  return {
    name: roleName(name),
    arn: roleArn(arn),
    description: `The role ${name}`,
    externalId: `external-id-of-${name}`,
    session: duration('15m'),
  };
}

/** A person without identities: who arrives is already known here. */
export function person(name: string): Person {
  return { handle: handle(name), iam: [], oidc: [], slack: [] };
}

/** Members of groups, as a map of the access file. */
export function groups(members: Readonly<Record<string, readonly string[]>>): Access['groups'] {
  return new Map(
    Object.entries(members).map(([name, handles]) => [groupName(name), new Set(handles.map(handle))]),
  );
}

const RELEASE_MANAGERS = { by: [member('group:release-managers')], within: duration('2h') };

/** One approval makes the hour that David asks for. */
export const UPDATE_APP = allow('developers-update-app', ['group:developers'], ['update-app'], {
  ticket: '^OPS-\\d+$',
  mfa: { within: duration('15m'), each: 'request' },
  approval: { ...RELEASE_MANAGERS, count: 1, mfaWithin: duration('15m') },
});

/** The access file of the story, and a little around it. */
export const STORY: Access = {
  version: hash('a'),
  hub: { account: '222222222222', region: 'us-east-1', partition: 'aws' },
  providers: [],
  people: new Map(PEOPLE.map((name) => [handle(name), person(name)])),
  groups: groups({
    developers: ['david', 'dora'],
    testers: ['tess'],
    'release-managers': ['ruth', 'rob'],
    operators: ['ada'],
    audit: ['otto'],
  }),
  roles: new Map(
    [
      catalogRole('update-app', 'arn:aws:iam::999999999999:role/UpdateApp'),
      catalogRole('read-logs', 'arn:aws:iam::999999999999:role/logs/ReadLogs'),
    ].map((role) => [role.name, role]),
  ),
  rules: [
    deny('testers-never', ['group:testers'], ['update-app']),
    UPDATE_APP,
    allow('developers-update-app-long', ['group:developers'], ['update-app'], {
      longest: duration('8h'),
      approval: { ...RELEASE_MANAGERS, count: 2 },
    }),
    allow('developers-read-logs', ['group:developers'], ['read-logs'], { longest: duration('1h') }),
    allow('platform-read-logs', ['idp:Platform', 'person:tess'], ['read-logs'], {
      longest: duration('30m'),
      reasonMin: 0,
      hours: { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60, timeZone: 'Europe/Berlin' },
    }),
  ],
  admins: [{ kind: 'group', name: groupName('operators') }],
  auditors: [{ kind: 'group', name: groupName('audit') }],
  limits: { pending: 3, requests: { count: 5, per: duration('1m') } },
};

/** What David asks for in the story. */
export const ASK: Ask = {
  role: roleName('update-app'),
  duration: duration('1h'),
  reason: 'Fix the banner of the shop',
  ticket: 'OPS-12',
};

/** A proof of MFA by a token, so long before the instant. */
export function proved(ago: string, now: Instant = NOW): MfaProof {
  return { kind: 'token', evidence: 'amr:hwk', at: before(now, duration(ago)) };
}

/** A person at the OIDC door, by default with a proof of MFA from the minute before. */
export function caller(name: string, more: { groups?: readonly string[]; mfa?: MfaProof } = {}): Caller {
  const { groups: seen = [], mfa = proved('1m') } = more;
  return { person: handle(name), door: 'oidc', tokenGroups: seen.map(tokenGroup), mfa };
}

/** The story's access file with these rules in place of its own. */
export function withRules(...rules: Access['rules']): Access {
  return { ...STORY, rules };
}
