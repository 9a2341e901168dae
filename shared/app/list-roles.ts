import type { AllowRule, CatalogRole } from '../domain/access.ts';
import type { Caller } from '../domain/caller.ts';
import { allowing, denying } from '../domain/evaluation.ts';
import type { RuleName } from '../domain/names.ts';
import type { Broker } from './broker.ts';

/** A role of the catalog, and whether the caller may ask for it. */
export type RoleOffer = {
  readonly role: CatalogRole;
} /** On the terms of any of these rules, tried in this order. */ & (
  | { readonly offer: 'may-ask'; readonly rules: readonly AllowRule[] }
  | { readonly offer: 'denied'; readonly rule: RuleName }
  | { readonly offer: 'no-rule' }
);

/** Every role of the catalog: what the caller may ask for, on which conditions, and why not. */
export function listRoles({ access }: Pick<Broker, 'access'>, caller: Caller): readonly RoleOffer[] {
  return [...access.roles.values()].map((role): RoleOffer => {
    const deny = denying(access, caller.person, role.name);
    if (deny !== undefined) return { role, offer: 'denied', rule: deny.name };
    const rules = allowing(access, caller, role.name);
    return rules.length > 0 ? { role, offer: 'may-ask', rules } : { role, offer: 'no-rule' };
  });
}
