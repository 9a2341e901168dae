import * as z from 'zod/mini';
import type { ElevationId } from '../../domain/elevation-id.ts';
import type { SessionRecord } from '../../ports/elevation-store.ts';
import type { Attributes, Item, Table } from './conditional-write.ts';
import { elevationKey, SESSION_PREFIX, sessionKey } from './keys.ts';
import { queried } from './query.ts';
import { nativeOf, StoredOrdinal, StoredTime } from './stored-values.ts';

/** A session as an item, beside its elevation. */
export function sessionItemOf(session: SessionRecord): Item {
  return { ...sessionKey(session.elevation, session.n), session };
}

/** The sessions of an elevation, read consistently, in the order of their issue. */
export async function sessionsIn(table: Table, id: ElevationId): Promise<readonly SessionRecord[]> {
  const query = {
    KeyConditionExpression: 'pk = :elevation AND begins_with(sk, :session)',
    ConsistentRead: true,
  };
  const values = { ':elevation': elevationKey(id).pk, ':session': SESSION_PREFIX };
  return sessionsAmong(await queried(table, query, values), id);
}

/** The sessions of an elevation that these items are, as they are ordered. */
export function sessionsAmong(items: readonly Attributes[], id: ElevationId): readonly SessionRecord[] {
  return items.map((item) => sessionOf(item, id)).filter((session) => session !== undefined);
}

const StoredSession = z.strictObject({
  elevation: z.string(),
  n: StoredOrdinal,
  assumedRoleId: z.string(),
  accessKeyId: z.string(),
  issuedAt: StoredTime,
  expiresAt: StoredTime,
});

/** NB. Sessions have no seal: they are shown, and nothing is decided on them. One that is none is left out. */
function sessionOf(found: Attributes, id: ElevationId): SessionRecord | undefined {
  const parsed = StoredSession.safeParse(nativeOf(found['session']));
  if (!parsed.success || parsed.data.elevation !== id) return undefined;
  return { ...parsed.data, elevation: id };
}
