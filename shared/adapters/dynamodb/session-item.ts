import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { convertToNative } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { ElevationId } from '../../domain/elevation-id.ts';
import type { SessionRecord } from '../../ports/elevation-store.ts';
import { type Attributes, attributes, type Item, type Table } from './conditional-write.ts';
import { elevationKey, SESSION_PREFIX, sessionKey } from './keys.ts';
import { StoredOrdinal, StoredTime } from './stored-values.ts';

/** A session as an item, beside its elevation. */
export function sessionItemOf(session: SessionRecord): Item {
  return { ...sessionKey(session.elevation, session.n), session };
}

/** The sessions of an elevation, read consistently, in the order of their issue. */
export async function sessionsIn(table: Table, id: ElevationId): Promise<readonly SessionRecord[]> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :elevation AND begins_with(sk, :session)',
      ExpressionAttributeValues: attributes({
        ':elevation': elevationKey(id).pk,
        ':session': SESSION_PREFIX,
      }),
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => sessionOf(item, id)).filter((session) => session !== undefined);
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
  const parsed = StoredSession.safeParse(memberOf(found));
  if (!parsed.success || parsed.data.elevation !== id) return undefined;
  return { ...parsed.data, elevation: id };
}

function memberOf({ session }: Attributes): unknown {
  try {
    return session && convertToNative(session);
  } catch {
    return undefined; // a number that JSON does not have
  }
}
