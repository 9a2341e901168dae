import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { SelfApprovalAttempt } from '../../domain/attempt.ts';
import type { Caller } from '../../domain/caller.ts';
import type { ElevationId } from '../../domain/elevation-id.ts';
import type { Attributes, Item, Table } from './conditional-write.ts';
import { ATTEMPT_PREFIX, attemptKey, elevationKey } from './keys.ts';
import { queried } from './query.ts';
import { StoredElevationId, StoredHandle, StoredTime } from './stored-values.ts';

/** An attempt as an item, beside its elevation. */
export function attemptItemOf(attempt: SelfApprovalAttempt): Item {
  return { ...attemptKey(attempt), attempt };
}

/** The attempts on an elevation, read consistently, in the order of time. */
export async function attemptsIn(table: Table, id: ElevationId): Promise<readonly SelfApprovalAttempt[]> {
  const query = {
    KeyConditionExpression: 'pk = :elevation AND begins_with(sk, :attempt)',
    ConsistentRead: true,
  };
  const values = { ':elevation': elevationKey(id).pk, ':attempt': ATTEMPT_PREFIX };
  return attemptsAmong(await queried(table, query, values), id);
}

/** The attempts among the items beside an elevation, as they are ordered. */
export function attemptsAmong(items: readonly Attributes[], id: ElevationId): readonly SelfApprovalAttempt[] {
  return items
    .filter(({ sk }) => sk?.S?.startsWith(ATTEMPT_PREFIX))
    .map((item) => attemptOf(item, id))
    .filter((attempt) => attempt !== undefined);
}

const StoredAttempt = z.object({
  elevation: StoredElevationId,
  by: z.looseObject({ person: StoredHandle, door: z.enum(['oidc', 'iam', 'slack']) }),
  at: StoredTime,
});

/** NB. Attempts have no seal: they are counted, and nothing is decided on them. One that is none is left out. */
function attemptOf(found: Attributes, id: ElevationId): SelfApprovalAttempt | undefined {
  const parsed = StoredAttempt.safeParse(unmarshall(found)['attempt']);
  if (!parsed.success || parsed.data.elevation !== id) return undefined;
  return { ...parsed.data, by: parsed.data.by as unknown as Caller };
}
