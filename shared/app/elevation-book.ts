import type { ElevationId } from '../domain/elevation-id.ts';
import type { ElevationEvent, History } from '../domain/events.ts';
import { extended, newestHash, replay } from '../domain/history.ts';
import { type Outcome, type Refusal, refuse } from '../domain/refusal.ts';
import type { SealedElevation, StoredElevation } from '../ports/elevation-store.ts';
import type { Broker } from './broker.ts';

/** The only way to elevations for whoever decides or issues: nothing passes whose seal is not true. */
export type BookPorts = Pick<Broker, 'store' | 'seal' | 'sha256' | 'log'>;

/** There is none, or none that the caller may know of: the same answer for both. */
export const NOT_FOUND: Refusal = {
  code: 'not-found',
  detail: 'There is no such elevation, or it is not yours to see.',
};

const DAMAGED: Refusal = {
  code: 'record-damaged',
  detail: 'The stored record does not match its seal, so nothing is decided on it. Tell the operators.',
};

/** The elevation with this id, once its hashes and its seal have been found true. */
export async function open(ports: BookPorts, id: ElevationId): Promise<Outcome<SealedElevation>> {
  const stored = await ports.store.read(id);
  return stored === undefined ? refuse(NOT_FOUND) : verified(ports, id, stored);
}

/** Begins the record of a new elevation; where there is one with its id, that one is the answer. */
export async function begin(
  ports: BookPorts,
  id: ElevationId,
  event: ElevationEvent,
): Promise<Outcome<{ readonly sealed: SealedElevation; readonly created: boolean }>> {
  const sealed = await sealedWith(ports, id, [], [event]);
  const stored = await ports.store.create(sealed);
  if (stored === 'created') return { value: { sealed, created: true } };
  const existing = await verified(ports, id, stored);
  return 'refusal' in existing ? existing : { value: { sealed: existing.value, created: false } };
}

/** How often a decision is made anew when others write in between. */
const MOST_TRIES = 8;

const CONTENDED: Refusal = {
  code: 'contended',
  detail: 'Others are changing this elevation at the same moment. Nothing was done; try again.',
};

/**
 * Decides and writes, in one conditional write; whoever loses a race decides again on what won. A decision without
 * events writes nothing.
 */
export async function decideAndAppend(
  ports: BookPorts,
  seen: SealedElevation,
  decide: (elevation: SealedElevation['elevation']) => Outcome<readonly ElevationEvent[]>,
): Promise<Outcome<SealedElevation>> {
  const { id } = seen.elevation.request;
  let current = seen;
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const decision = decide(current.elevation);
    if ('refusal' in decision) return decision;
    if (decision.value.length === 0) return { value: current };
    const next = await sealedWith(ports, id, current.history, decision.value);
    const stored = await ports.store.replace(current.history.length, next);
    if (stored === 'replaced') return { value: next };
    const winner = await verified(ports, id, stored);
    if ('refusal' in winner) return winner;
    current = winner.value;
  }
  return refuse(CONTENDED);
}

/** What was read under an id, once its hashes and its seal have been found true. */
export async function verified(
  ports: BookPorts,
  id: ElevationId,
  stored: StoredElevation,
): Promise<Outcome<SealedElevation>> {
  const isTrue =
    !('damaged' in stored) &&
    stored.elevation.request.id === id &&
    (await ports.seal.verify(sealedText(id, stored.history), stored.seal));
  if (isTrue) return { value: stored };
  ports.log('error', 'record-damaged', { elevation: id });
  return refuse(DAMAGED);
}

async function sealedWith(
  ports: BookPorts,
  id: ElevationId,
  history: History,
  events: readonly ElevationEvent[],
): Promise<SealedElevation> {
  const next = extended(history, events, ports.sha256);
  const elevation = replay(next, ports.sha256);
  if (elevation === undefined)
    throw new Error(`A decision on ${id} made an event that cannot follow its history.`);
  return { elevation, history: next, seal: await ports.seal.seal(sealedText(id, next)) };
}

/** What is sealed: which record it is, how long its history is, and the hash that covers all of it. */
function sealedText(id: ElevationId, history: History): string {
  return `drawbridge elevation 1\n${id}\n${history.length}\n${newestHash(history)}`;
}
