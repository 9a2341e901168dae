import { listRoles, type RoleOffer } from '../app/list-roles.ts';
import type { Caller } from '../domain/caller.ts';
import type { SlackEdge } from './edge.ts';

/** A role that somebody may ask for, with the rules under which they may. */
export type Offer = RoleOffer & { readonly offer: 'may-ask' };

/** The roles that somebody may ask for. */
export function offersFor({ broker }: SlackEdge, caller: Caller): readonly Offer[] {
  return listRoles(broker, caller).filter((offer) => offer.offer === 'may-ask');
}

/** The offer of a role that somebody may ask for; undefined for any other text. */
export function offerOf(edge: SlackEdge, caller: Caller, role: string | undefined): Offer | undefined {
  return offersFor(edge, caller).find(({ role: { name } }) => name === role);
}
