import type { Sha256 } from '../domain/hash.ts';
import { entryAfter, type LogEntry } from '../domain/log-entry.ts';
import type { SubjectEvent } from '../domain/subject.ts';
import type { AuditLog } from '../ports/audit-log.ts';

/** How often another writer may take the next place before this one gives up, to be run again. */
const MOST_TRIES = 50;

/**
 * Appends an event to the log, once, whatever crashes and whoever else appends.
 *
 * Whoever wants the next place first sees the newest entry kept, so all that is older is kept too. NB. The head is read
 * before the event is looked for: had the event got a place after that, the head would have moved, and `advance` fails.
 */
export async function appendToLog(log: AuditLog, sha256: Sha256, said: SubjectEvent): Promise<void> {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const head = await log.head();
    if (head !== undefined) await kept(log, head);
    if ((await log.placeOf(said)) !== undefined) return;
    const entry = entryAfter(head, said, sha256);
    if (await log.advance(entry)) return log.keep(entry);
  }
  throw new Error(
    'Others kept appending to the audit log. Nothing is lost: the event is appended when told again.',
  );
}

/** The place is recorded last, so an entry that has one is kept. */
async function kept(log: AuditLog, head: LogEntry): Promise<void> {
  if ((await log.placeOf(head.said)) !== head.n) await log.keep(head);
}
