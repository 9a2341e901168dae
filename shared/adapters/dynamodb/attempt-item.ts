import * as z from 'zod/mini';
import type { SelfApprovalAttempt } from '../../domain/attempt.ts';
import type { Caller } from '../../domain/caller.ts';
import { formatInstant, type Instant } from '../../domain/instant.ts';
import { itemsInState } from './by-state.ts';
import type { Attributes, Item, Table } from './conditional-write.ts';
import { ATTEMPTED, attemptKey, elevationKey } from './keys.ts';
import { nativeOf, StoredElevationId, StoredHandle, StoredTime } from './stored-values.ts';

/** An attempt as an item, beside its elevation. */
export function attemptItemOf(attempt: SelfApprovalAttempt): Item {
  return { ...attemptKey(attempt), attempt, gsiState: ATTEMPTED, requestedAt: formatInstant(attempt.at) };
}

/** The attempts from then to before then, from the index of states. */
export async function* attemptsIn(
  table: Table,
  between: { readonly from: Instant; readonly until: Instant },
): AsyncIterable<SelfApprovalAttempt> {
  for await (const item of itemsInState(table, ATTEMPTED, between, 'pk, attempt')) {
    const attempt = attemptOf(item);
    if (attempt !== undefined) yield attempt;
  }
}

const StoredAttempt = z.object({
  elevation: StoredElevationId,
  by: z.looseObject({ person: StoredHandle, door: z.enum(['oidc', 'iam', 'slack']) }),
  at: StoredTime,
});

/** NB. Attempts have no seal: they are counted, and nothing is decided on them. One that is none is left out. */
function attemptOf(found: Attributes): SelfApprovalAttempt | undefined {
  const parsed = StoredAttempt.safeParse(nativeOf(found['attempt']));
  if (!parsed.success || elevationKey(parsed.data.elevation).pk !== found['pk']?.S) return undefined;
  return { ...parsed.data, by: parsed.data.by as unknown as Caller };
}
