import type { SelfApprovalAttempt } from '../../domain/attempt.ts';
import type { ElevationId } from '../../domain/elevation-id.ts';
import { intendedIn } from '../../domain/trail/explain.ts';
import type {
  Cursor,
  ElevationStore,
  ListedBy,
  Page,
  SealedElevation,
  SessionRecord,
  WholeRecord,
} from '../../ports/elevation-store.ts';

/** Keeps elevations in memory, for tests; held to the same suite as the table. */
export function memoryStore(): ElevationStore {
  const elevations = new Map<ElevationId, SealedElevation>();
  const sessions = new Map<string, SessionRecord>();
  const sessionsOf = (id: ElevationId) => {
    const own = [...sessions.values()].filter(({ elevation }) => elevation === id);
    return structuredClone(own.toSorted((one, other) => one.n - other.n));
  };
  const wholeOf = (elevation: SealedElevation): WholeRecord => {
    const intended = intendedIn(elevation);
    const { id } = elevation.elevation.request;
    return { elevation, sessions: sessionsOf(id).filter(({ n }) => intended.has(n)) };
  };
  return {
    ...memoryAttempts(),
    async create(sealed) {
      const { id } = sealed.elevation.request;
      const existing = elevations.get(id);
      if (existing !== undefined) return structuredClone(existing);
      elevations.set(id, structuredClone(sealed));
      return 'created';
    },
    async read(id) {
      return structuredClone(elevations.get(id));
    },
    async replace(seenVersion, next) {
      const { id } = next.elevation.request;
      const existing = elevations.get(id);
      if (existing === undefined) throw new Error(`There is no elevation ${id} to replace.`);
      if (existing.history.length !== seenVersion) return structuredClone(existing);
      elevations.set(id, structuredClone(next));
      return 'replaced';
    },
    async list(listed, { limit, cursor }) {
      const newestFirst = [...elevations.values()].filter((one) => isListed(listed, one)).toSorted(byAge);
      if (cursor !== undefined && !CURSOR.test(cursor)) return undefined;
      const rest = cursor === undefined ? newestFirst : newestFirst.filter((one) => placeOf(one) < cursor);
      return pageOf(rest, limit);
    },
    async *askedBetween(state, { from, until }) {
      const asked = [...elevations.values()]
        .filter(({ elevation }) => elevation.state === state)
        .toSorted(byAge);
      for (const { elevation } of asked.toReversed()) {
        const { id, requestedAt } = elevation.request;
        if (requestedAt >= from && requestedAt < until) yield id;
      }
    },
    cursorAfter: (elevation) => placeOf({ elevation }),
    async recordSession(session) {
      const key = `${session.elevation} ${session.n}`;
      if (!sessions.has(key)) sessions.set(key, structuredClone(session));
    },
    sessionsOf: async (id) => sessionsOf(id),
    async readMany(ids) {
      const found = ids.flatMap((id) => elevations.get(id) ?? []);
      return new Map(structuredClone(found).map((sealed) => [sealed.elevation.request.id, wholeOf(sealed)]));
    },
  };
}

function memoryAttempts(): Pick<ElevationStore, 'recordAttempt' | 'attemptsBetween'> {
  const attempts = new Map<string, SelfApprovalAttempt>();
  return {
    async recordAttempt(attempt) {
      const key = `${attempt.elevation} ${Math.floor(attempt.at / 60_000)} ${attempt.by.door}`;
      if (!attempts.has(key)) attempts.set(key, structuredClone(attempt));
    },
    async *attemptsBetween({ from, until }) {
      const during = [...attempts.values()].filter(({ at }) => at >= from && at < until);
      yield* structuredClone(during.toSorted((one, other) => one.at - other.at));
    },
  };
}

const CURSOR = /^\d{15} [0-9A-Z]{26}$/;

function isListed(listed: ListedBy, { elevation: { request, state } }: SealedElevation): boolean {
  switch (listed.by) {
    case 'person':
      return request.person === listed.person;
    case 'role':
      return request.role === listed.role;
    case 'state':
      return state === listed.state;
    default:
      return listed satisfies never;
  }
}

/** Where an elevation stands in every list: by the time of its request, then by its id. */
function placeOf({ elevation: { request } }: Pick<SealedElevation, 'elevation'>): Cursor {
  return `${String(request.requestedAt).padStart(15, '0')} ${request.id}`;
}

function byAge(one: SealedElevation, other: SealedElevation): number {
  return placeOf(one) < placeOf(other) ? 1 : -1;
}

function pageOf(elevations: readonly SealedElevation[], limit: number): Page {
  const page = structuredClone(elevations.slice(0, limit));
  const last = page.at(-1);
  return last === undefined || elevations.length <= limit
    ? { elevations: page }
    : { elevations: page, next: placeOf(last) };
}
