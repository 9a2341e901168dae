import type { Observation } from './observation.ts';

/**
 * One observation for each call, whatever the order and however often they came, in the order of time. Records of one call are those with one
 * event id, the copies that two accounts got (`sharedEventID`), and corrections. Of them the role's account's are
 * preferred, then corrections, the newest first.
 */
export function folded(observations: readonly Observation[], roleAccount: string): readonly Observation[] {
  const calls = callsAmong(observations);
  const preferred = new Map<string, Observation>();
  for (const one of observations) {
    const call = calls.of(one.id);
    const other = preferred.get(call);
    if (other === undefined || isPreferred(one, other, roleAccount)) preferred.set(call, one);
  }
  return [...preferred.values()].sort(inTime);
}

/** In the order of time; within a second in one that is the same everywhere. */
function inTime(one: Observation, other: Observation): number {
  return one.at - other.at || compare(one.id, other.id) || compare(one.hash, other.hash);
}

/** Which event ids are of one call: those that share an id, and those that correct each other. */
function callsAmong(observations: readonly Observation[]): Calls {
  const calls = new Calls();
  const sharing = new Map<string, string>();
  for (const { id, sharedId, addendum } of observations) {
    if (addendum?.correctsId !== undefined) calls.join(id, addendum.correctsId);
    if (sharedId === undefined) continue;
    calls.join(id, sharing.get(sharedId) ?? id);
    sharing.set(sharedId, id);
  }
  return calls;
}

/** Sets of event ids that grow together (a union of disjoint sets, each known by one of its ids). */
class Calls {
  readonly #parents = new Map<string, string>();

  join(one: string, other: string): void {
    const [call, joined] = [this.of(one), this.of(other)];
    if (joined !== call) this.#parents.set(joined, call);
  }

  of(id: string): string {
    let call = id;
    for (let next = this.#parents.get(call); next !== undefined; next = this.#parents.get(call)) {
      // Whoever comes this way again has half as far to go.
      const beyond = this.#parents.get(next);
      if (beyond !== undefined) this.#parents.set(call, beyond);
      call = next;
    }
    return call;
  }
}

/** A total order, so that the choice is the same in any order of arrival. */
function isPreferred(one: Observation, other: Observation, roleAccount: string): boolean {
  const byAccount = Number(one.account === roleAccount) - Number(other.account === roleAccount);
  if (byAccount !== 0) return byAccount > 0;
  const byCorrection = Number(one.addendum !== undefined) - Number(other.addendum !== undefined);
  if (byCorrection !== 0) return byCorrection > 0;
  return inTime(one, other) > 0;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
