import type { ElevationId } from '../../domain/elevation-id.ts';
import type { Sha256 } from '../../domain/hash.ts';
import { intendedIn } from '../../domain/trail/explain.ts';
import type { StoredElevation, WholeRecord } from '../../ports/elevation-store.ts';
import { readAll } from './batch-read.ts';
import type { Retrying } from './batches.ts';
import type { Attributes, Table } from './conditional-write.ts';
import { elevationOf } from './elevation-item.ts';
import { elevationKey, type Key, sessionKey } from './keys.ts';
import { sessionsAmong } from './session-item.ts';

/**
 * Elevations, and then the sessions that their histories have intents for: the intent is written first, so that no session
 * is missed, and one without an intent is nobody's.
 */
export async function wholeRecords(
  table: Table,
  ids: readonly ElevationId[],
  sha256: Sha256,
  retrying: Retrying,
): Promise<ReadonlyMap<ElevationId, WholeRecord>> {
  const items = byPartition(await readAll(table, ids.map(elevationKey), retrying));
  const elevations = ids.flatMap((id) => {
    const [item] = items.get(elevationKey(id).pk) ?? [];
    return item === undefined ? [] : [[id, elevationOf(item, id, sha256)] as const];
  });
  const keys = elevations.flatMap(([id, elevation]) => sessionKeys(id, elevation));
  const sessions = byPartition(await readAll(table, keys, retrying));
  return new Map(
    elevations.map(([id, elevation]) => {
      const own = sessionsAmong(sessions.get(elevationKey(id).pk) ?? [], id);
      return [id, { elevation, sessions: own.toSorted((one, other) => one.n - other.n) }];
    }),
  );
}

function byPartition(items: readonly Attributes[]): ReadonlyMap<string | undefined, readonly Attributes[]> {
  return Map.groupBy(items, ({ pk }) => pk?.S);
}

function sessionKeys(id: ElevationId, elevation: StoredElevation): readonly Key[] {
  return 'damaged' in elevation ? [] : [...intendedIn(elevation)].map((n) => sessionKey(id, n));
}
