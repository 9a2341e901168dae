import {
  type Access,
  type AllowRule,
  type ApprovalRequirement,
  type CatalogRole,
  formatMember,
} from './access.ts';
import type { Caller } from './caller.ts';
import { canonicalJson } from './canonical-json.ts';
import { type Condition, condition } from './condition.ts';
import type { Elevation, Request } from './elevation.ts';
import { mayApprove, ruleOfToday, type Somebody } from './entitlement.ts';
import { type Ask, askOf, denying, staticConditions } from './evaluation.ts';
import type { Instant } from './instant.ts';
import { type MfaDemand, mfaCondition, mfaHolds } from './mfa.ts';
import type { RuleName } from './names.ts';

/** Whether the file of today still carries a request, with the role as it is now. */
export type Carried =
  | { readonly outcome: 'denied'; readonly rule: RuleName }
  | { readonly outcome: 'gone'; readonly conditions: readonly Condition[] }
  | {
      readonly outcome: 'carried';
      readonly rule: AllowRule;
      readonly role: CatalogRole;
      readonly conditions: readonly Condition[];
    };

/**
 * Decides a request again with the access file and the clock of now: no deny, and the rule of the recorded name still
 * allows it. Unrelated edits of the file change nothing; another rule never takes over.
 */
export function carriedToday(access: Access, request: Request, requester: Somebody, now: Instant): Carried {
  const deny = denying(access, request.person, request.role);
  if (deny !== undefined) return { outcome: 'denied', rule: deny.name };
  const rule = ruleOfToday(access, request);
  const role = access.roles.get(request.role);
  if (!access.people.has(request.person))
    return gone('person', `${request.person} is no longer in the access file.`);
  if (rule === undefined) return gone('person', `Rule ${request.rule} is no longer in the access file.`);
  if (role === undefined || role.arn.text !== request.roleArn) {
    return gone('role', `${request.role} no longer stands for ${request.roleArn}. Ask again.`);
  }
  const conditions = [
    ...staticConditions(access, rule, requester, withoutScope(request), now),
    sameScope(rule, request),
  ];
  return { outcome: 'carried', rule, role, conditions };
}

/** Where an elevation stands with the file and the clock of now: each condition with its outcome. */
export function outlook(access: Access, elevation: Elevation, now: Instant): readonly Condition[] {
  const carried = carriedToday(access, elevation.request, elevation.requestedBy, now);
  if (carried.outcome === 'denied') {
    const sentence = `Rule ${carried.rule} says that ${elevation.request.person} never gets this role.`;
    return [{ code: 'person', outcome: 'unsatisfied', sentence }];
  }
  if (carried.outcome === 'gone') return carried.conditions;
  return [...carried.conditions, ...approvalCondition(access, carried.rule, elevation)];
}

/** The proofs of MFA that an issue needs: the recorded requirement's and today's. */
export function mfaAtIssue(
  rule: AllowRule,
  { request, requestedBy }: Elevation,
  caller: Caller,
  now: Instant,
): Condition[] {
  return [request.requirements.mfa, rule.mfa]
    .filter((requirement) => requirement !== undefined)
    .map(({ within, each }): MfaDemand => {
      if (each === 'issue') return { within, backFrom: now, boundIsEnough: false };
      // NB. Only where the asking itself was proved as recently as is demanded now.
      const asking = { within, backFrom: request.requestedAt, boundIsEnough: false };
      return { ...asking, boundIsEnough: mfaHolds(asking, requestedBy.mfa) };
    })
    .filter(isNew)
    .map((demand) => mfaCondition(demand, caller.mfa));
}

/** The proofs of MFA that an approval needs: the recorded requirement's and today's. */
export function mfaAtApproval(
  rule: AllowRule,
  request: Request,
  approver: Caller,
  now: Instant,
): Condition[] {
  return [request.requirements.approval?.mfaWithin, rule.approval?.mfaWithin]
    .filter((within) => within !== undefined)
    .map((within): MfaDemand => ({ within, backFrom: now, boundIsEnough: false }))
    .filter(isNew)
    .map((demand) => mfaCondition(demand, approver.mfa));
}

/** What the record and the file of today both demand is said once. */
function isNew(demand: MfaDemand, index: number, demands: readonly MfaDemand[]): boolean {
  const isSame = (one: MfaDemand) =>
    one.within === demand.within &&
    one.backFrom === demand.backFrom &&
    one.boundIsEnough === demand.boundIsEnough;
  return demands.findIndex(isSame) === index;
}

/** Whether enough different people have approved this very request, each of them still entitled by the file. */
export function approvalCondition(access: Access, rule: AllowRule, elevation: Elevation): Condition[] {
  const { request, digest } = elevation;
  const needed = Math.max(request.requirements.approval?.count ?? 0, rule.approval?.count ?? 0);
  if (needed === 0) return [];
  const entitled = elevation.approvals.filter(
    ({ by, digest: approved }) => approved === digest && mayApprove(access, request, by),
  );
  const given = new Set(entitled.map(({ by }) => by.person)).size;
  return [
    condition('approval', () => given >= needed, {
      satisfied: `${given} of ${needed} approvals are given.`,
      unsatisfied: `${given} of ${needed} approvals are given; they come from ${approversOf(rule.approval, request)}.`,
    }),
  ];
}

function approversOf(today: ApprovalRequirement | undefined, request: Request): string {
  const named = request.requirements.approval?.by ?? today?.by.map((member) => formatMember(member)) ?? [];
  return named.join(' or ');
}

/** A scope of the requester's own is judged by `sameScope`, which tells more. */
function withoutScope(request: Request): Ask {
  const { scope: _, ...rest } = askOf(request);
  return rest;
}

/** A rule that narrows sessions today must have narrowed this one alike. */
function sameScope(rule: AllowRule, request: Request): Condition {
  return condition(
    'scope',
    () => rule.scope === undefined || canonicalJson(rule.scope) === canonicalJson(request.scope ?? null),
    {
      satisfied: 'The scope is as rule and request say.',
      unsatisfied: `Rule ${rule.name} now narrows sessions differently. Ask again.`,
    },
  );
}

function gone(code: Condition['code'], sentence: string): Carried {
  return { outcome: 'gone', conditions: [{ code, outcome: 'unsatisfied', sentence }] };
}
