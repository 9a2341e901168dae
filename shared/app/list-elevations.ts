import type { Caller } from '../domain/caller.ts';
import { type Elevation, type ElevationNow, type State, standingAt } from '../domain/elevation.ts';
import { mayApprove, mayRead } from '../domain/entitlement.ts';
import type { Instant } from '../domain/instant.ts';
import type { RoleName } from '../domain/names.ts';
import { type Outcome, type Refusal, refuse } from '../domain/refusal.ts';
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

/** A part of a list; `next` is there where more may follow. */
export type ElevationList = { readonly elevations: readonly ElevationNow[]; readonly next?: Cursor };

/** How many pages of an index are looked through for one list: somebody who may see little must not read it all. */
const MOST_PAGES = 11;

/** How many are read at once when the first page did not fill the list. */
const LATER_PAGE = 100;

/**
 * Lists elevations, newest first, of those that the caller may know of. NB. A cursor names the last one that is shown,
 * never one that was passed over: it would tell that there is one.
 */
export async function listElevations(
  broker: Broker,
  caller: Caller,
  query: ListQuery,
): Promise<Outcome<ElevationList>> {
  const now = broker.clock();
  const listed = listedBy(query, caller);
  const shown: Elevation[] = [];
  let cursor = query.cursor;
  for (let page = 0; page < MOST_PAGES; page++) {
    const limit = page === 0 ? query.limit : LATER_PAGE;
    const found = await broker.store.list(listed, cursor === undefined ? { limit } : { limit, cursor });
    if (found === undefined) return refuse(NO_CURSOR);
    const asked = found.elevations
      .map(({ elevation }) => elevation)
      .filter((elevation) => isAsked(broker, caller, query, standingAt(elevation, now)));
    shown.push(...asked);
    cursor = found.next;
    if (cursor === undefined || shown.length >= query.limit) break;
  }
  return { value: listOf(broker, shown, query.limit, cursor !== undefined, now) };
}

function listOf(
  { store }: Broker,
  found: readonly Elevation[],
  limit: number,
  isCut: boolean,
  now: Instant,
): ElevationList {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const elevations = shown.map((elevation) => standingAt(elevation, now));
  return last === undefined || !(isCut || found.length > limit)
    ? { elevations }
    : { elevations, next: store.cursorAfter(last) };
}

const NO_CURSOR: Refusal = {
  code: 'invalid',
  faults: [{ pointer: '/cursor', detail: 'Take the cursor from the list that it goes on from.' }],
  detail: 'The request has faults; `errors` names each.',
};

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
