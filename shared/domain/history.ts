import { canonicalJson } from './canonical-json.ts';
import type { Elevation } from './elevation.ts';
import type { ElevationEvent, History, Link } from './events.ts';
import type { Hash, Sha256 } from './hash.ts';
import { evolve } from './transition.ts';

/** The history with these events at its end: each hash covers its event and the hash of the one before. */
export function extended(history: History, events: readonly ElevationEvent[], sha256: Sha256): History {
  const links = [...history];
  for (const event of events) links.push({ event, hash: hashOf(event, links.at(-1), sha256) });
  return links;
}

/** The hash of the newest event, which covers all before it. */
export function newestHash(history: History): Hash {
  const newest = history.at(-1);
  if (newest === undefined) throw new TypeError('A history has at least one event.');
  return newest.hash;
}

/** The elevation that a history tells, or undefined where a hash is not its own or an event cannot follow. */
export function replay(history: History, sha256: Sha256): Elevation | undefined {
  let elevation: Elevation | undefined;
  let previous: Link | undefined;
  for (const link of history) {
    if (hashOf(link.event, previous, sha256) !== link.hash) return undefined;
    elevation = evolve(elevation, link.event, sha256);
    if (elevation === undefined) return undefined;
    previous = link;
  }
  return elevation;
}

function hashOf(event: ElevationEvent, previous: Link | undefined, sha256: Sha256): Hash {
  return sha256(canonicalJson({ previous: previous?.hash ?? null, event }));
}
