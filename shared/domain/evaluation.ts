import {
  type Access,
  type AllowRule,
  type CatalogRole,
  type DenyRule,
  formatMember,
  isAmong,
} from './access.ts';
import type { Caller } from './caller.ts';
import { type Condition, condition, unmet } from './condition.ts';
import { formatDuration, type Minutes } from './duration.ts';
import type { Request, Requirements } from './elevation.ts';
import { formatInstant, type Instant } from './instant.ts';
import { type MfaDemand, mfaCondition } from './mfa.ts';
import type { Handle, RoleName } from './names.ts';
import type { Scope } from './scope.ts';
import { isWithin } from './weekly-hours.ts';

/** What is asked of the rules. */
export type Ask = {
  readonly role: RoleName;
  readonly duration: Minutes;
  readonly reason: string;
  readonly ticket?: string;
  readonly scope?: Scope;
};

/** What a request asked for: a scope that the rule set is not the requester's own. */
export function askOf({ role, duration, reason, ticket, scope, narrowedBy }: Request): Ask {
  return {
    role,
    duration,
    reason,
    ...(ticket === undefined ? {} : { ticket }),
    ...(scope === undefined || narrowedBy === 'rule' ? {} : { scope }),
  };
}

/** What a rule requires beside the request itself, as plain values to be recorded. */
export function requirementsOf({ mfa, approval }: AllowRule): Requirements {
  return {
    ...(mfa === undefined ? {} : { mfa }),
    ...(approval === undefined ? {} : { approval: { ...approval, by: approval.by.map(formatMember) } }),
  };
}

/** What the rules say to it, with every reason. */
export type Evaluation =
  /** An explicit deny: nothing else counts. */
  | { readonly outcome: 'denied'; readonly rule: DenyRule }
  /** No allow rule fits; what was not met of those for this person and role. */
  | { readonly outcome: 'not-allowed'; readonly conditions: readonly Condition[] }
  /** A rule governs, but a condition of it that the requester can still meet is not met: MFA. */
  | {
      readonly outcome: 'not-yet';
      readonly rule: AllowRule;
      readonly role: CatalogRole;
      readonly conditions: readonly Condition[];
    }
  /** A rule governs and everything that it asks of the requester is met. */
  | {
      readonly outcome: 'allowed';
      readonly rule: AllowRule;
      readonly role: CatalogRole;
      readonly conditions: readonly Condition[];
    };

/**
 * Evaluates the rules for a request: deny beats allow, nothing matches means no, and the first allow rule in the order
 * of the file whose static conditions fit governs.
 */
export function evaluate(access: Access, caller: Caller, ask: Ask, now: Instant): Evaluation {
  const role = access.roles.get(ask.role);
  const deny = denying(access, caller.person, ask.role);
  if (deny !== undefined) return { outcome: 'denied', rule: deny };
  const considered = allowing(access, caller, ask.role).map((rule) => ({
    rule,
    conditions: staticConditions(access, rule, caller, ask, now),
  }));
  const governing = considered.find(({ conditions }) => unmet(conditions).length === 0);
  if (role === undefined || governing === undefined) return notAllowed(considered);
  const { rule } = governing;
  const conditions = [...governing.conditions, ...mfaConditions(rule, caller, now)];
  return { outcome: unmet(conditions).length === 0 ? 'allowed' : 'not-yet', rule, role, conditions };
}

/** The first rule that never lets the person have the role. */
export function denying(access: Access, person: Handle, role: RoleName): DenyRule | undefined {
  return access.rules.find(
    (rule): rule is DenyRule =>
      rule.kind === 'deny' && rule.roles.has(role) && isAmong(access, rule.who, person),
  );
}

/** The allow rules for this person and role, in the order of the file. */
export function allowing(
  access: Access,
  caller: Pick<Caller, 'person' | 'tokenGroups'>,
  role: RoleName,
): AllowRule[] {
  return access.rules.filter(
    (rule): rule is AllowRule =>
      rule.kind === 'allow' &&
      rule.roles.has(role) &&
      isAmong(access, rule.who, caller.person, caller.tokenGroups),
  );
}

/** The conditions of a rule that stand with the request itself and the hour, each with its outcome. */
export function staticConditions(
  access: Access,
  rule: AllowRule,
  caller: Pick<Caller, 'person' | 'tokenGroups'>,
  ask: Ask,
  now: Instant,
): Condition[] {
  return [
    condition('person', () => isAmong(access, rule.who, caller.person, caller.tokenGroups), {
      satisfied: `Rule ${rule.name} is for ${caller.person}.`,
      unsatisfied: `Rule ${rule.name} is not for ${caller.person}.`,
    }),
    condition('role', () => rule.roles.has(ask.role) && access.roles.has(ask.role), {
      satisfied: `Rule ${rule.name} lends ${ask.role}.`,
      unsatisfied: `Rule ${rule.name} does not lend ${ask.role}.`,
    }),
    condition('duration', () => ask.duration <= rule.longest, {
      satisfied: `${formatDuration(ask.duration)} is within the ${formatDuration(rule.longest)} of rule ${rule.name}.`,
      unsatisfied: `Ask for ${formatDuration(rule.longest)} or less: that is the longest under rule ${rule.name}.`,
    }),
    condition('reason', () => lengthOf(ask.reason) >= rule.reasonMin, {
      satisfied: 'A reason is given.',
      unsatisfied: `Give a reason of at least ${rule.reasonMin} characters.`,
    }),
    ...ticketConditions(rule, ask),
    ...hoursConditions(rule, now),
    ...scopeConditions(rule, ask),
  ];
}

function ticketConditions(rule: AllowRule, ask: Ask): Condition[] {
  const { ticket: pattern } = rule;
  if (pattern === undefined) return [];
  return [
    condition(
      'ticket',
      () => ask.ticket !== undefined && new RegExp(`^(?:${pattern})$`, 'u').test(ask.ticket),
      {
        satisfied: `Ticket ${ask.ticket} is given.`,
        unsatisfied: `Name a ticket of the form ${pattern}.`,
      },
    ),
  ];
}

function hoursConditions(rule: AllowRule, now: Instant): Condition[] {
  const { hours } = rule;
  if (hours === undefined) return [];
  return [
    condition('hours', () => isWithin(hours, now), {
      satisfied: `${formatInstant(now)} lies in the hours of rule ${rule.name}.`,
      unsatisfied: `Rule ${rule.name} does not hold at this hour (${hours.timeZone}). Ask again in its hours.`,
    }),
  ];
}

/** A rule's own scope cannot be replaced; where it has none, the requester may narrow the session. */
function scopeConditions(rule: AllowRule, ask: Ask): Condition[] {
  if (rule.scope === undefined) return [];
  return [
    condition('scope', () => ask.scope === undefined, {
      satisfied: `Rule ${rule.name} narrows the session.`,
      unsatisfied: `Leave out the scope: rule ${rule.name} sets it.`,
    }),
  ];
}

function mfaConditions(rule: AllowRule, caller: Caller, now: Instant): Condition[] {
  if (rule.mfa === undefined) return [];
  const demand: MfaDemand = { within: rule.mfa.within, backFrom: now, boundIsEnough: false };
  return [mfaCondition(demand, caller.mfa)];
}

function notAllowed(considered: readonly { readonly conditions: readonly Condition[] }[]): Evaluation {
  const conditions = considered.flatMap((rule) => unmet(rule.conditions));
  const nobody: Condition = {
    code: 'person',
    outcome: 'unsatisfied',
    sentence: 'No rule lends you this role.',
  };
  return { outcome: 'not-allowed', conditions: conditions.length > 0 ? conditions : [nobody] };
}

/** Characters as a person counts them, without the white space around. */
function lengthOf(text: string): number {
  return [...text.trim()].length;
}
