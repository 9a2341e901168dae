import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import type { Access } from '../../../shared/domain/access.ts';
import { parseRoleArn } from '../../../shared/domain/arn.ts';
import type { Caller } from '../../../shared/domain/caller.ts';
import { scopeFits } from '../../../shared/domain/credential-spec.ts';
import type { ElevationEvent, History } from '../../../shared/domain/events.ts';
import { extended } from '../../../shared/domain/history.ts';
import { after, instant } from '../../../shared/domain/instant.ts';
import type { Scope } from '../../../shared/domain/scope.ts';
import { asked, type Recorded, requestFor, toldBy } from '../../domain/record.ts';
import { allow, catalogRole, groups, member, NOW, person, proved } from '../../domain/story.ts';
import { duration, handle, roleName, ruleName } from '../../domain/values.ts';
import { ACCESS } from './story.ts';

const MANY = 12;
const long = (start: string, length: number) => start.padEnd(length, '-x');
const approverName = (n: number) => long(`a${String.fromCharCode(97 + n)}`, 28);

const DAVID = long('david', 28);
const ROLE = long('role', 64);
const RULE = long('rule', 64);
const ARN = `arn:aws-us-gov:iam::999999999999:role/${'p'.repeat(510)}/${'r'.repeat(64)}`;
const TOKEN_GROUPS = ['A', 'B', 'C'].map((start) => `idp:${start.padEnd(128, '&')}`.replaceAll('&', '@'));

const APPROVERS = Array.from({ length: MANY }, (_, n) => handle(approverName(n)));
const APPROVAL = { count: MANY, within: duration('24h'), mfaWithin: duration('15m') };
const BY = ['group:approvers', ...TOKEN_GROUPS];

/** Everything as long as the API and the access file take it; each kind of text at its most awkward. */
export const LONGEST_ACCESS: Access = {
  ...ACCESS,
  people: new Map([DAVID, ...APPROVERS].map((name) => [handle(name), identified(name)])),
  groups: groups({ approvers: APPROVERS }),
  roles: new Map([[roleName(ROLE), { ...catalogRole(ROLE, ARN), description: 'd' }]]),
  rules: [
    allow(RULE, [`person:${DAVID}`], [ROLE], {
      longest: duration('24h'),
      approval: { ...APPROVAL, by: BY.map(member) },
    }),
  ],
};

/** A Slack user of everybody. */
export const LONGEST_USERS = new Map(
  [DAVID, ...APPROVERS].map((name, n) => [handle(name), [`U${String(n).padStart(20, '0')}`]]),
);

function identified(name: string) {
  return { ...person(name), oidc: [{ issuer: 'https://idp.example.com', subject: name }] };
}

const by = (name: string): Caller => ({
  person: handle(name),
  door: 'oidc',
  tokenGroups: [],
  mfa: proved('1m'),
});

/** Lines of one quotation mark: no text grows more by the mark of each line and by JSON's escapes. */
function lines(length: number): string {
  return `${'"\n'.repeat(length / 2 - 1)}""`;
}

/** As long as a session policy has room for. */
function longestScope(): Scope {
  const scopeOf = (length: number) => [
    { actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${'b'.repeat(length)}`] },
  ];
  let length = 1;
  while (scopeFits(scopeOf(length + 1))) length += 1;
  return scopeOf(length);
}

const REQUEST = requestFor(MANY, {
  person: handle(DAVID),
  role: roleName(ROLE),
  roleArn: parseRoleArn(ARN)?.text ?? '',
  rule: ruleName(RULE),
  duration: duration('23h59m'),
  reason: lines(1000),
  ticket: 'T\n'.repeat(32),
  scope: longestScope(),
  narrowedBy: 'rule',
  requirements: {
    mfa: { within: duration('15m'), each: 'issue' },
    approval: { ...APPROVAL, by: BY },
  },
});

/** The elevation as it waits for its last approval, lives with the most issues, and is revoked. */
export function longestRecords(): readonly Recorded[] {
  const first = asked(REQUEST, by(DAVID));
  const { digest } = first.elevation;
  const approvals = APPROVERS.map((name, n): ElevationEvent => {
    const at = after(NOW, duration(`${n + 1}m`));
    return { type: 'approved', by: by(name), at, digest, comment: lines(500) };
  });
  const opened = after(NOW, duration(`${MANY}m`));
  const issues = Array.from({ length: 120 }, (_, n): ElevationEvent => {
    return { type: 'issue-intended', by: by(DAVID), at: instant(opened + n * 60_000), n: n + 1 };
  });
  const end: ElevationEvent = {
    type: 'revoked',
    by: by(approverName(0)),
    at: after(opened, duration('3h')),
    comment: lines(500),
  };
  const all = [...approvals, ...issues, end];
  const until = (count: number): History => extended(first.history, all.slice(0, count), sha256);
  return [0, MANY - 1, MANY, MANY + 120, MANY + 121].map((count) => toldBy(until(count)));
}
