import type { Access, AllowRule } from '../access.ts';
import { scopeFits } from '../credential-spec.ts';
import { parseRuleName, type RoleName, type RuleName } from '../names.ts';
import type { PolicyJson } from '../report/report.ts';
import { faultOfAction, faultOfResource, type Scope, type ScopeEntry } from '../scope.ts';
import { matchesAction } from './pattern.ts';
import { covers, overlap } from './pattern-relation.ts';
import { ruleText } from './rule-text.ts';

/** A fragment of the access file, or a sentence that says what to do instead. */
export type ScopePatch = { readonly patch: string } | { readonly unfit: string };

/**
 * The rules that lend the role, narrowed to the policy, as a fragment of the access file. A rule whose name is in the file
 * takes its place there; one with a new name goes right before the rule that follows it in the fragment. So each request
 * finds the same conditions as before: the first rule that fits governs.
 */
export function scopePatch(access: Access, role: RoleName, policy: PolicyJson): ScopePatch {
  const scope = policy.Statement.map(({ Action, Resource }) => ({ actions: Action, resources: Resource }));
  const lending = access.rules.filter((rule) => rule.kind === 'allow').filter((rule) => rule.roles.has(role));
  if (lending.length === 0) return { unfit: `No rule lends ${role}: there is no scope to narrow.` };
  const changes = lending.map((rule) => ({ rule, scope: withinOwn(rule.scope, scope) }));
  const unfit = changes.map((change) => unfitness(change.scope)).find((sentence) => sentence !== undefined);
  if (unfit !== undefined) return { unfit };
  const taken = new Set<string>(access.rules.map(({ name }) => name));
  const texts = changes
    .filter((change) => change.scope.length > 0 && !isSame(change.rule.scope, change.scope))
    .map((change) => changeText(change.rule, role, change.scope, taken));
  if (texts.length === 0) return { unfit: `The rules that lend ${role} are as narrow already: keep them.` };
  return { patch: `${headOf(role)}rules:\n${texts.join('\n')}` };
}

function headOf(role: RoleName): string {
  return [
    `# Narrows what ${role} lends. Put these rules into the access file: one with a name of the file takes that`,
    "# rule's place, and one with a new name goes right before the rule that follows it here.",
    '',
  ].join('\n');
}

/** NB. What the rule's own scope leaves out stays out: a patch never widens. */
function withinOwn(own: Scope | undefined, wanted: Scope): Scope {
  if (own === undefined) return wanted;
  const entries = wanted.flatMap(({ actions, resources }) =>
    actions.map((action) => ({ actions: [action], resources: resourcesWithin(own, action, resources) })),
  );
  return joined(entries.filter(({ resources }) => resources.length > 0));
}

function resourcesWithin(own: Scope, action: string, resources: readonly string[]): readonly string[] {
  const limits = own
    .filter(({ actions }) => actions.some((pattern) => matchesAction(pattern, action)))
    .flatMap((entry) => entry.resources);
  const parts = resources.flatMap((resource) => {
    if (limits.some((limit) => covers(limit, resource))) return [resource];
    return limits.filter((limit) => overlap(limit, resource));
  });
  return [...new Set(parts)];
}

/** Entries about the same resources as one. */
function joined(entries: Scope): Scope {
  const groups = Map.groupBy(entries, ({ resources }) => resources.join('\n'));
  return [...groups.values()].map(([first, ...more]): ScopeEntry => {
    const actions = [first, ...more].flatMap((entry) => entry?.actions ?? []);
    return { actions, resources: first?.resources ?? [] };
  });
}

function isSame(own: Scope | undefined, other: Scope): boolean {
  return own !== undefined && JSON.stringify(own) === JSON.stringify(other);
}

function unfitness(scope: Scope): string | undefined {
  const actions = scope.flatMap((entry) => entry.actions).filter((text) => faultOfAction(text) !== undefined);
  const resources = scope
    .flatMap((entry) => entry.resources)
    .filter((text) => faultOfResource(text) !== undefined);
  const [strange] = [...actions, ...resources];
  if (strange !== undefined) {
    return `A scope cannot name ${JSON.stringify(strange)}: use the narrower policy on the role instead.`;
  }
  if (scopeFits(scope)) return undefined;
  return 'The scope exceeds the 2,048 characters that STS takes with a session: use the narrower policy on the role instead.';
}

/** One rule for the role alone, and before it was one of several, the others after it as they were. */
function changeText(rule: AllowRule, role: RoleName, scope: Scope, taken: Set<string>): string {
  if (rule.roles.size === 1) return ruleText({ ...rule, scope });
  const name = newName(`${rule.name}.${role}`, taken);
  const others = new Set([...rule.roles].filter((one) => one !== role));
  return [
    `  # ${rule.name} lends other roles too, so it is split. Elevations of ${role} that are open under it get no more credentials.`,
    ruleText({ ...rule, name, roles: new Set([role]), scope }),
    ruleText({ ...rule, roles: others }),
  ].join('\n');
}

/** A rule's name that the file does not have, of 64 characters at most. */
function newName(wanted: string, taken: Set<string>): RuleName {
  for (let n = 1; ; n++) {
    const end = n === 1 ? '' : `-${n}`;
    const name = parseRuleName(`${wanted.slice(0, 64 - end.length)}${end}`);
    if (name === undefined) throw new TypeError(`Not a name for a rule: ${wanted}`);
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
