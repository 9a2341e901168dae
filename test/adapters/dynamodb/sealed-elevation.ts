import { memorySeal } from '../../../shared/adapters/memory/memory-seal.ts';
import { memoryStore } from '../../../shared/adapters/memory/memory-store.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { type BookPorts, begin, decideAndAppend } from '../../../shared/app/elevation-book.ts';
import type { ElevationStore, SealedElevation } from '../../../shared/ports/elevation-store.ts';
import { caller } from '../../domain/story.ts';
import { duration } from '../../domain/values.ts';
import { followed, requestOf } from '../contract/elevations.ts';

/** The book over a store, with the seal of these tests. */
export function bookOver(store: ElevationStore): BookPorts {
  return { store, seal: memorySeal('the key of the tests'), sha256, log: () => undefined };
}

/** An elevation with everything that a record can have, truly sealed: approvals with comments, ticket, scope, issues. */
export async function sealedElevation(store: ElevationStore = memoryStore()): Promise<SealedElevation> {
  const book = bookOver(store);
  const by = ['group:release-managers', 'group:operators'];
  const approval = { by, count: 2, within: duration('2h'), mfaWithin: duration('15m') };
  const request = requestOf({ requirements: { mfa: { within: duration('15m'), each: 'issue' }, approval } });
  const { id, requestedAt: at } = request;
  const begun = await begin(book, id, { type: 'requested', by: caller('david'), at, request });
  if ('refusal' in begun) throw new Error(begun.refusal.detail);
  const events = [
    followed.approved(request, 'ruth'),
    followed.approved(request, 'rob'),
    followed.issued(request, 1),
    followed.issued(request, 2),
  ];
  const approved = await decideAndAppend(book, begun.value.sealed, () => ({ value: events }));
  if ('refusal' in approved) throw new Error(approved.refusal.detail);
  return approved.value;
}
