import type { ElevationId } from '../domain/elevation-id.ts';
import type { Observation } from '../domain/trail/observation.ts';
import { type Claim, claimOf } from '../domain/trail/places.ts';
import type { SealedElevation } from '../ports/elevation-store.ts';
import { type BookPorts, open } from './elevation-book.ts';

/** What is known of an elevation that an event claims to be of; `unreadable` where its record is damaged. */
export type Claimed = SealedElevation | 'unknown' | 'unreadable';

/** The elevations that events claim to be of, by their ids. */
export type ClaimedElevations = ReadonlyMap<ElevationId, Claimed>;

/** Reads the elevations that these events claim to be of, each once. */
export async function claimedElevations(
  ports: BookPorts,
  observations: readonly Observation[],
): Promise<ClaimedElevations> {
  const claims = observations.map((observation) => claimOf(observation)?.id);
  const ids = [...new Set(claims.filter((id) => id !== undefined))];
  const found = new Map<ElevationId, Claimed>();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const part = ids.slice(from, from + AT_ONCE);
    const read = await Promise.all(part.map((id) => claimedElevation(ports, id)));
    part.forEach((id, index) => {
      const claimed = read[index];
      if (claimed !== undefined) found.set(id, claimed);
    });
  }
  return found;
}

/** Anybody can name thousands of elevations in one file; so many are read at the same time. */
const AT_ONCE = 32;

async function claimedElevation(ports: BookPorts, id: ElevationId): Promise<Claimed> {
  const opened = await open(ports, id);
  if ('value' in opened) return opened.value;
  return opened.refusal.code === 'not-found' ? 'unknown' : 'unreadable';
}

/** Whether there is such an elevation of that person; of a record that is damaged it is not denied. */
export function isTrueClaim(claim: Claim | undefined, elevations: ClaimedElevations): boolean {
  const claimed = claim && elevations.get(claim.id);
  if (claim === undefined || claimed === undefined || claimed === 'unknown') return false;
  return claimed === 'unreadable' || claimed.elevation.request.person === claim.person;
}
