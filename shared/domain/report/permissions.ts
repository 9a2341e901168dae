import type { Grant } from '../policy/grants.ts';
import type { ActionCatalogue } from '../trail/catalogue.ts';
import { unobservable } from './observability.ts';
import type { NotObservableReason } from './observable.ts';
import { parts } from './observable-actions.ts';
import type { Permission, Seen } from './report.ts';
import type { ActionUse } from './role-usage.ts';
import type { RoleEvidence } from './story.ts';

/** What is known of a role when its permissions are judged. */
export type RoleFacts = {
  /** Undefined where its policies are not known. */
  readonly grants: readonly Grant[] | undefined;
  readonly uses: ReadonlyMap<string, ActionUse>;
  /** Prefixes of the services of which a call was let through that no action is known for. */
  readonly unmapped: ReadonlySet<string>;
  readonly selectors: RoleEvidence['selectors'];
  /** Why nothing can be called unused, whatever the action. */
  readonly untold?: NotObservableReason;
};

/** A permission with why calls of it can be missing in the trail, also where some are there. */
export type Judged = {
  readonly permission: Permission;
  readonly grant?: Grant;
  readonly unseen?: NotObservableReason;
};

/** Each action that is granted or was called, by name. */
export function judged(facts: RoleFacts, catalogue: ActionCatalogue): readonly Judged[] {
  const grants = new Map((facts.grants ?? []).map((grant) => [grant.action, grant]));
  const writing = writingServices(facts, catalogue);
  const actions = [...new Set([...grants.keys(), ...facts.uses.keys()])].sort();
  return actions.map((action) => {
    const [grant, use] = [grants.get(action), facts.uses.get(action)];
    return grant === undefined
      ? { permission: ungranted(action, use, facts, catalogue) }
      : grantedOne(grant, use, facts, writing);
  });
}

/** The services in which something was written. */
function writingServices({ uses }: RoleFacts, catalogue: ActionCatalogue): ReadonlySet<string> {
  const written = [...uses].filter(([action, { calls }]) => {
    return calls.allowed !== undefined && catalogue.action(...parts(action))?.level === 'Write';
  });
  return new Set(written.map(([action]) => parts(action)[0]));
}

function grantedOne(
  grant: Grant,
  use: ActionUse | undefined,
  facts: RoleFacts,
  writing: ReadonlySet<string>,
): Judged {
  const { action, level, conditional } = grant;
  const unseen = whyUnseen(grant, facts, writing);
  const seen =
    seenIn(use) ?? (unseen === undefined ? { as: 'not-seen' } : { as: 'not-observable', reason: unseen });
  return {
    permission: { action, ...(level && { level }), granted: true, conditional, seen },
    ...{ grant, ...(unseen && { unseen }) },
  };
}

/** Why calls of it can be missing among those that are known for it; undefined where none can. */
function whyUnseen(
  grant: Grant,
  { selectors, untold, unmapped }: RoleFacts,
  writing: ReadonlySet<string>,
): NotObservableReason | undefined {
  const unrecorded = 'value' in selectors ? unobservable(grant, selectors.value, writing) : undefined;
  return unrecorded ?? untold ?? (unmapped.has(parts(grant.action)[0]) ? 'call-unmapped' : undefined);
}

/** What was called, and is granted by nothing that is known. */
function ungranted(
  action: string,
  use: ActionUse | undefined,
  { grants }: RoleFacts,
  catalogue: ActionCatalogue,
): Permission {
  const level = catalogue.action(...parts(action))?.level;
  return {
    ...{ action, ...(level && { level }) },
    granted: grants === undefined && use?.calls.allowed !== undefined,
    conditional: false,
    seen: seenIn(use) ?? { as: 'not-seen' },
  };
}

/** How the trail has seen an action; undefined where it was never called. */
function seenIn(use: ActionUse | undefined): Seen | undefined {
  const { allowed, denied, unknown } = use?.calls ?? {};
  if (use !== undefined && allowed !== undefined) {
    return {
      ...{ as: 'used', first: allowed.first, last: allowed.last, people: allowed.people.size },
      ...{ allowed: allowed.count, denied: denied?.count ?? 0, unknown: unknown?.count ?? 0 },
      resources: use.resources.map(([pattern]) => pattern),
    };
  }
  if (unknown !== undefined) return { as: 'not-observable', reason: 'outcome-unknown' };
  if (denied === undefined) return undefined;
  const { first, last, people, count } = denied;
  return { as: 'denied-only', first, last, people: people.size, denied: count };
}
