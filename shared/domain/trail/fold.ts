import type { Observation } from './observation.ts';

/**
 * One observation for each call, whatever the order and however often they came, in the order of time. Records of one call are those with one
 * event id, the copies that two accounts got (`sharedEventID`), and corrections. Of them the role's account's are
 * preferred, then corrections, the newest first.
 */
export function folded(observations: readonly Observation[], roleAccount: string): readonly Observation[] {
  const calls = new Calls();
  for (const observation of observations) calls.join(tokensOf(observation));
  const byCall = Map.groupBy(observations, (observation) => calls.of(`id ${observation.id}`));
  return [...byCall.values()]
    .map((records) => records.reduce((one, other) => (isPreferred(other, one, roleAccount) ? other : one)))
    .sort(inTime);
}

/** In the order of time; within a second in one that is the same everywhere. */
function inTime(one: Observation, other: Observation): number {
  return one.at - other.at || compare(one.id, other.id) || compare(one.hash, other.hash);
}

/** What the records of one call have in common. */
function tokensOf({ id, sharedId, addendum }: Observation): readonly string[] {
  return [
    `id ${id}`,
    ...(sharedId === undefined ? [] : [`shared ${sharedId}`]),
    ...(addendum?.correctsId === undefined ? [] : [`id ${addendum.correctsId}`]),
  ];
}

/** Sets of tokens that grow together (a union of disjoint sets, each known by one of its tokens). */
class Calls {
  readonly #parents = new Map<string, string>();

  join(tokens: readonly string[]): void {
    const [first = '', ...rest] = tokens;
    const call = this.of(first);
    for (const token of rest) {
      const other = this.of(token);
      if (other !== call) this.#parents.set(other, call);
    }
  }

  of(token: string): string {
    let call = token;
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
