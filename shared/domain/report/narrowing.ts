import type { Access } from '../access.ts';
import type { RoleName } from '../names.ts';
import type { Grant } from '../policy/grants.ts';
import { narrowerPolicy } from '../policy/narrower.ts';
import { covers, overlap } from '../policy/pattern-relation.ts';
import { scopePatch } from '../policy/scope-patch.ts';
import type { Judged, RoleFacts } from './permissions.ts';
import type { Narrower, PolicyJson } from './report.ts';
import type { RoleUsage } from './role-usage.ts';

/** The part of a grant that stays. */
type Stay = { readonly action: string; readonly resources: readonly string[] };
type Granted = Judged & { readonly grant: Grant };

/**
 * What of the granted permissions is enough for everything that was allowed: the used actions on the resources they were
 * used on, and all that nobody can see. Undefined where that is no less than the role has, where nothing was used or too
 * little is known; and where the policy does not hold to what is promised of it, which is checked, not assumed.
 */
export function narrower(
  {
    facts,
    all,
    usage,
  }: { readonly facts: RoleFacts; readonly all: readonly Judged[]; readonly usage: RoleUsage },
  catalog: { readonly access: Access; readonly role: RoleName } | undefined,
): Narrower | undefined {
  if (facts.grants === undefined || facts.untold !== undefined) return undefined;
  const granted = all.filter((one): one is Granted => one.grant !== undefined);
  const stays = granted.map((one) => stayOf(one, facts)).filter(({ resources }) => resources.length > 0);
  const after = new Set(stays.map(({ action }) => action));
  const isUsedHere = granted.some((one) => isUsed(one) && after.has(one.grant.action));
  if (!isUsedHere || !isLess(stays, facts.grants)) return undefined;
  const policy = policyWithin(stays, facts.grants);
  const proof = policy && proofOf(policy, facts, usage);
  if (policy === undefined || proof === undefined || proof.events !== proof.matched) return undefined;
  const conditional = granted.filter(({ grant }) => grant.conditional && after.has(grant.action));
  return {
    ...{ policy, scope: scopeOf(policy, catalog), proof },
    ...{ actionsBefore: facts.grants.length, actionsAfter: after.size },
    left: names(granted.filter(({ grant }) => !after.has(grant.action))),
    kept: names(granted.filter((one) => !isUsed(one) && after.has(one.grant.action))),
    ...(conditional.length === 0 ? {} : { conditional: names(conditional) }),
  };
}

function names(granted: readonly Granted[]): readonly string[] {
  return granted.map(({ grant }) => grant.action);
}

function isUsed({ permission }: Judged): boolean {
  return permission.seen.as === 'used';
}

/** NB. Where calls can be missing in the trail, those that are there say nothing of the resources of the others. */
function stayOf({ grant, permission, unseen }: Granted, { uses }: RoleFacts): Stay {
  const { action, resources } = grant;
  const isKept = unseen !== undefined || permission.seen.as === 'not-observable';
  if (isKept) return { action, resources };
  if (permission.seen.as !== 'used') return { action, resources: [] };
  const patterns = (uses.get(action)?.resources ?? []).map(([pattern]) => pattern);
  return { action, resources: distinct(patterns.flatMap((pattern) => grantedPart(pattern, resources))) };
}

/**
 * What of a pattern is granted: itself, or else the grants that meet it. All resources of the pattern that are granted are
 * in the result, and nothing is in it that is not granted.
 */
function grantedPart(pattern: string, grants: readonly string[]): readonly string[] {
  if (grants.some((grant) => covers(grant, pattern))) return [pattern];
  return grants.filter((grant) => overlap(grant, pattern));
}

/** Without those that others cover. */
function distinct(patterns: readonly string[]): readonly string[] {
  const all = [...new Set(patterns)].sort();
  return all.filter(
    (one) => !all.some((other) => other !== one && covers(other, one) && !isTwin(one, other)),
  );
}

/** Of two patterns that cover each other the one that sorts first stays. */
function isTwin(one: string, other: string): boolean {
  return covers(one, other) && one < other;
}

function isLess(stays: readonly Stay[], grants: readonly Grant[]): boolean {
  const staying = new Map(stays.map(({ action, resources }) => [action, resources]));
  return grants.some(({ action, resources }) => {
    const left = staying.get(action);
    return left === undefined || resources.some((one) => !left.some((pattern) => covers(pattern, one)));
  });
}

/** The policy of what stays; where its grouping would grant more than the role has, with the grants as they are. */
function policyWithin(stays: readonly Stay[], grants: readonly Grant[]): PolicyJson | undefined {
  const granted = new Map(grants.map(({ action, resources }) => [action, resources]));
  const wide = excess(narrowerPolicy(stays), granted);
  const exact = stays.map((stay) =>
    wide.has(stay.action) ? { ...stay, resources: granted.get(stay.action) ?? [] } : stay,
  );
  const policy = narrowerPolicy(exact);
  return excess(policy, granted).size === 0 ? policy : undefined;
}

/** The actions that the policy grants on more than is granted. */
function excess(policy: PolicyJson, granted: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const pairs = policy.Statement.flatMap(({ Action, Resource }) =>
    Action.map((action) => ({ action, resources: Resource })),
  );
  const wide = pairs.filter(({ action, resources }) => {
    const grants = granted.get(action) ?? [];
    return !resources.every((resource) => grants.some((grant) => covers(grant, resource)));
  });
  return new Set(wide.map(({ action }) => action));
}

/** Holds each allowed event against the policy: what the role's policies allow of it, the policy must allow too. */
function proofOf(policy: PolicyJson, { grants, uses }: RoleFacts, usage: RoleUsage): Narrower['proof'] {
  const granted = new Map((grants ?? []).map(({ action, resources }) => [action, resources]));
  const resourcesIn = (action: string) =>
    policy.Statement.flatMap(({ Action, Resource }) => (Action.includes(action) ? Resource : []));
  const parts = (action: string) =>
    (uses.get(action)?.resources ?? []).flatMap(([pattern]) =>
      grantedPart(pattern, granted.get(action) ?? []),
    );
  const counted = new Set([...uses.keys()].filter((action) => parts(action).length > 0));
  const broken = new Set(
    [...counted].filter((action) => {
      const kept = resourcesIn(action);
      return !parts(action).every((part) => kept.some((pattern) => covers(pattern, part)));
    }),
  );
  const proof = { events: 0, matched: 0 };
  for (const { actions, count } of usage.allowedEvents()) {
    if (!actions.some((action) => counted.has(action))) continue;
    proof.events += count;
    if (!actions.some((action) => broken.has(action))) proof.matched += count;
  }
  return proof;
}

function scopeOf(
  policy: PolicyJson,
  catalog: { readonly access: Access; readonly role: RoleName } | undefined,
): string {
  if (catalog === undefined) return '# The role is not in the catalog: no rule lends it.\n';
  const made = scopePatch(catalog.access, catalog.role, policy);
  return 'patch' in made ? made.patch : `# ${made.unfit}\n`;
}
