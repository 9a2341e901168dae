import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Hash } from '../../domain/hash.ts';
import type { LogEntry } from '../../domain/log-entry.ts';
import type { SubjectEvent } from '../../domain/subject.ts';
import type { AuditLogOrder } from '../../ports/audit-log.ts';
import { type Attributes, type Item, putIf, readItem, type Table } from './conditional-write.ts';
import { AUDIT_HEAD_KEY, placeKey } from './keys.ts';
import {
  damaged,
  readExactly,
  StoredElevationId,
  StoredHash,
  StoredOrdinal,
  StoredSlackUser,
} from './stored-values.ts';

/** The order of the audit log in the table: one item is its head, and each event that is kept has one with its place. */
export function auditLogOrder(table: Table): AuditLogOrder {
  return {
    async head() {
      const item = await readItem(table, AUDIT_HEAD_KEY);
      return item && headIn(item);
    },
    async advance(entry) {
      const condition = entry.n === 1 ? 'absent' : { version: entry.n - 1 };
      return (await putIf(table, headItem(entry), condition)) === 'written';
    },
    async placeOf(said) {
      const item = await readItem(table, placeKey(said));
      return item && placeIn(item, said);
    },
    async mark({ n, said }) {
      const standing = await putIf(table, placeItem(said, { place: n, said: hashOf(said) }), 'absent');
      if (standing === 'written') return;
      const place = placeIn(standing, said);
      if (place !== n) throw new Error(twice(said, place, n));
    },
  };
}

function headItem(entry: LogEntry): Item {
  return { ...AUDIT_HEAD_KEY, version: entry.n, entry };
}

/** NB. Whether the hash is true is not asked: whoever can write here could make one. The entries in the log tell. */
function headIn(found: Attributes): LogEntry {
  const head = readExactly<{ readonly entry: LogEntry }>(found, StoredHead, ({ entry }) => headItem(entry));
  if (head === undefined) throw damaged(AUDIT_HEAD_KEY, HEAD_ADVICE);
  return head.entry;
}

type Place = { readonly place: number; readonly said: Hash };

function placeItem(key: SubjectEvent, { place, said }: Place): Item {
  return { ...placeKey(key), place, said };
}

function hashOf(said: SubjectEvent): Hash {
  return createHash('sha256').update(canonicalJson(said), 'utf8').digest('hex') as Hash;
}

/** NB. Another event of this number is in the log: the subject was put back to an earlier state, and went on from there. */
function placeIn(found: Attributes, said: SubjectEvent): number {
  const marked = readExactly<Place>(found, StoredPlace, (place) => placeItem(said, place));
  if (marked === undefined) throw damaged(placeKey(said), PLACE_ADVICE);
  if (marked.said !== hashOf(said)) throw new Error(another(said, marked.place));
  return marked.place;
}

function another(said: SubjectEvent, place: number): string {
  const { pk, sk } = placeKey(said);
  return `Entry ${place} of the audit log is another event than ${pk} / ${sk} is now: the record was rolled back.`;
}

const HEAD_ADVICE = 'Find out who wrote it, and put back the newest entry of the audit log.';
const PLACE_ADVICE =
  'Find out who wrote it, and put back the number of the entry of the audit log with this event.';

function twice(said: SubjectEvent, place: number, n: number): string {
  const { pk, sk } = placeKey(said);
  return (
    `The event ${pk} / ${sk} is entry ${place} of the audit log, and now entry ${n}, too: ` +
    'the table or the log was tampered with. Compare these entries, and find out who wrote them.'
  );
}

const StoredSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('elevation'), id: StoredElevationId }),
  z.strictObject({ kind: z.literal('slack-link'), of: StoredSlackUser }),
]);

/** What an event says is covered by the hash of its entry, and nothing is decided on it here. */
const StoredEvent = z.custom<SubjectEvent['event']>(
  (event) => z.looseObject({ type: z.string() }).safeParse(event).success,
);

const StoredHead = z.object({
  entry: z.strictObject({
    n: StoredOrdinal,
    previous: z.nullable(StoredHash),
    said: z.strictObject({ subject: StoredSubject, n: StoredOrdinal, event: StoredEvent }),
    hash: StoredHash,
  }),
});

const StoredPlace = z.object({ place: StoredOrdinal, said: StoredHash });
