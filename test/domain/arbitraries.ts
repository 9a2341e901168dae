import fc from 'fast-check';
import type { Access, AllowRule, DenyRule, Rule, WeeklyHours } from '../../shared/domain/access.ts';
import type { Caller, MfaProof } from '../../shared/domain/caller.ts';
import type { Minutes } from '../../shared/domain/duration.ts';
import type { Ask } from '../../shared/domain/evaluation.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { allow, catalogRole, deny, groups, person, STORY } from './story.ts';
import { at, duration, handle, roleName, tokenGroup } from './values.ts';

// Names that begin or end with one another: what is matched by a part of its name shows.
const PEOPLE = ['ann', 'anna', 'an', 'ben'] as const;
const GROUPS = ['dev', 'dev-ops', 'ops'] as const;
const ROLES = ['app', 'app-read', 'read'] as const;
const TOKEN_GROUPS = ['dev', 'Dev', 'ops'] as const;
const MFA = { within: duration('15m'), each: 'request' as const };
const SCOPE = [{ actions: ['s3:GetObject'], resources: ['*'] }];

const FILE_MEMBERS = [...PEOPLE.map((name) => `person:${name}`), ...GROUPS.map((name) => `group:${name}`)];
const MEMBERS = [...FILE_MEMBERS, ...TOKEN_GROUPS.map((name) => `idp:${name}`)];

/** Two zones without summer time, so that an oracle can count; and one that there is not. */
const hours: fc.Arbitrary<WeeklyHours> = fc.record({
  days: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
  from: fc.constantFrom(0, 540, 720),
  to: fc.constantFrom(721, 1020, 1440),
  timeZone: fc.constantFrom('UTC', 'Asia/Kolkata', 'Europe/Nowhere'),
});

const terms: fc.Arbitrary<Partial<AllowRule>> = fc.record(
  {
    longest: fc.constantFrom(duration('30m'), duration('1h'), duration('4h')),
    reasonMin: fc.constantFrom(0, 5, 10),
    ticket: fc.constantFrom('^OPS-\\d+$', 'OPS-\\d+|DEV-\\d+', '('),
    hours,
    scope: fc.constant(SCOPE),
    mfa: fc.constant(MFA),
  },
  { requiredKeys: ['longest', 'reasonMin'] },
);

const some = (names: readonly string[]) => fc.subarray([...names], { minLength: 1, maxLength: 3 });

/** An allow rule of this name; often one without terms, or with MFA alone, so that random asks come to either often enough. */
export function allowRule(name: string): fc.Arbitrary<AllowRule> {
  const lenient = { longest: duration('4h'), reasonMin: 0 };
  const onlyMfa = { ...lenient, mfa: MFA };
  return fc
    .tuple(some(MEMBERS), some(ROLES), fc.oneof(terms, fc.constant(lenient), fc.constant(onlyMfa)))
    .map(([who, roles, rest]) => allow(name, who, roles, rest));
}

/** A deny rule of this name. */
export function denyRule(name: string): fc.Arbitrary<DenyRule> {
  return fc.tuple(some(FILE_MEMBERS), some(ROLES)).map(([who, roles]) => deny(name, who, roles));
}

const rules: fc.Arbitrary<readonly Rule[]> = fc
  .array(fc.constantFrom('allow', 'allow', 'allow', 'allow', 'deny'), { maxLength: 6 })
  .chain((kinds) => {
    const each = kinds.map((kind, n) => (kind === 'deny' ? denyRule(`deny-${n}`) : allowRule(`rule-${n}`)));
    return fc.tuple(...each);
  });

const members = fc.record({
  dev: fc.subarray([...PEOPLE]),
  'dev-ops': fc.subarray([...PEOPLE]),
  ops: fc.subarray([...PEOPLE]),
});

/** An access file; one role in three is in the rules only. */
export const access: fc.Arbitrary<Access> = fc
  .record({ rules, members, catalog: fc.subarray([...ROLES], { minLength: 2 }) })
  .map(({ rules: all, members: named, catalog }) => ({
    ...STORY,
    people: new Map(PEOPLE.map((name) => [handle(name), person(name)])),
    groups: groups(named),
    roles: new Map(
      catalog.map((name) => [roleName(name), catalogRole(name, `arn:aws:iam::999999999999:role/${name}`)]),
    ),
    rules: all,
  }));

/** A moment of a November week, to the millisecond. */
export const now: fc.Arbitrary<Instant> = fc
  .integer({ min: at('2026-11-23T00:00:00Z'), max: at('2026-11-29T23:59:59.999Z') })
  .map(instant);

/** How MFA was proved, around a bound of 15 minutes before the instant. */
export function mfaProof(before: Instant): fc.Arbitrary<MfaProof> {
  const around = fc
    .constantFrom(0, 1, 899_999, 900_000, 900_001, 3_600_000)
    .map((ago) => instant(before - ago));
  return fc.oneof(
    fc.constant<MfaProof>({ kind: 'absent' }),
    around.map((when): MfaProof => ({ kind: 'token', evidence: 'amr:hwk', at: when })),
    fc
      .constantFrom(14, 15, 16)
      .map((within): MfaProof => ({ kind: 'iam-session', within: within as Minutes })),
  );
}

/** Somebody who asks at the instant; a person of the file, or one whose name only looks like theirs. */
export function caller(at: Instant): fc.Arbitrary<Caller> {
  return fc.record({
    person: fc.constantFrom(...PEOPLE, 'annab').map(handle),
    door: fc.constant('oidc' as const),
    tokenGroups: fc.subarray([...TOKEN_GROUPS]).map((names) => names.map(tokenGroup)),
    mfa: mfaProof(at),
  });
}

/** What is asked for. */
export const ask: fc.Arbitrary<Ask> = fc.record(
  {
    role: fc.constantFrom(...ROLES, 'app-reader').map(roleName),
    duration: fc.constantFrom('1m', '30m', '31m', '1h', '61m', '4h').map(duration),
    reason: fc.constantFrom('', 'four', ' five ', 'five5', '012345678', '0123456789', '😀😀😀😀😀'),
    ticket: fc.constantFrom('OPS-1', 'DEV-22', 'xOPS-1', 'OPS-1x', 'OPS-1\n', 'ops-1', ''),
    scope: fc.constant(SCOPE),
  },
  { requiredKeys: ['role', 'duration', 'reason'] },
);

/** An access file, and somebody who asks something of it at some time. */
export const question = now.chain((when) =>
  fc.record({ access, caller: caller(when), ask, now: fc.constant(when) }),
);
