import type { Caller } from '../domain/caller.ts';
import { type Elevation, type ElevationNow, type State, standingAt } from '../domain/elevation.ts';
import { mayApprove, mayRead } from '../domain/entitlement.ts';
import type { RoleName } from '../domain/names.ts';
import { type Outcome, refuse } from '../domain/refusal.ts';
import type { Cursor, ListedBy } from '../ports/elevation-store.ts';
import type { Broker } from './broker.ts';

/** Which elevations to list; all that is named must hold. */
export type ListQuery = {
  readonly mine?: boolean;
  /** Those that wait for the caller. */
  readonly toApprove?: boolean;
  readonly state?: State;
  readonly role?: RoleName;
  readonly limit: number;
  readonly cursor?: Cursor;
};

/** A part of a list; it can be shorter than the limit although more follow. */
export type ElevationList = { readonly elevations: readonly ElevationNow[]; readonly next?: Cursor };

/** Lists elevations, newest first, of those that the caller may know of. */
export async function listElevations(
  broker: Broker,
  caller: Caller,
  query: ListQuery,
): Promise<Outcome<ElevationList>> {
  const { limit, cursor } = query;
  const page = await broker.store.list(
    listedBy(query, caller),
    cursor === undefined ? { limit } : { limit, cursor },
  );
  if (page === undefined) {
    const faults = [{ pointer: '/cursor', detail: 'Take the cursor from the list that it goes on from.' }];
    return refuse({ code: 'invalid', faults, detail: 'The request has faults.' });
  }
  const now = broker.clock();
  const elevations = page.elevations
    .map(({ elevation }) => standingAt(elevation, now))
    .filter((elevation) => isAsked(broker, caller, query, elevation));
  return { value: page.next === undefined ? { elevations } : { elevations, next: page.next } };
}

/** The narrowest index that holds everything asked for. */
function listedBy(query: ListQuery, caller: Caller): ListedBy {
  if (query.mine === true) return { by: 'person', person: caller.person };
  if (query.toApprove === true) return { by: 'state', state: 'pending' };
  if (query.role !== undefined) return { by: 'role', role: query.role };
  if (query.state !== undefined) return { by: 'state', state: storedState(query.state) };
  return { by: 'person', person: caller.person };
}

/** Lapsed and ended are said by the clock alone; such elevations are stored as what they were. */
function storedState(state: State): Elevation['state'] {
  if (state === 'lapsed') return 'pending';
  return state === 'ended' ? 'approved' : state;
}

function isAsked({ access }: Broker, caller: Caller, query: ListQuery, elevation: ElevationNow): boolean {
  const { request, state, approvals } = elevation;
  const waitsForCaller = () =>
    state === 'pending' &&
    mayApprove(access, request, caller) &&
    !approvals.some(({ by }) => by.person === caller.person);
  return (
    mayRead(access, request, caller) &&
    (query.mine !== true || request.person === caller.person) &&
    (query.toApprove !== true || waitsForCaller()) &&
    (query.state === undefined || state === query.state) &&
    (query.role === undefined || request.role === query.role)
  );
}
