import { canonicalJson } from '../../domain/canonical-json.ts';
import type { LogEntry } from '../../domain/log-entry.ts';
import type { SubjectEvent } from '../../domain/subject.ts';
import type { AuditLogOrder, AuditLogStorage } from '../../ports/audit-log.ts';

/** The order of the audit log in memory, for tests; held to the same suite as the table. */
export function memoryAuditLogOrder(): AuditLogOrder {
  const places = new Map<string, { readonly place: number; readonly event: string }>();
  let head: LogEntry | undefined;
  const nameOf = ({ subject, n }: SubjectEvent) => canonicalJson({ subject, n });
  const placeOf = (said: SubjectEvent): number | undefined => {
    const found = places.get(nameOf(said));
    if (found !== undefined && found.event !== canonicalJson(said.event))
      throw new Error(`Entry ${found.place} is another event than ${nameOf(said)} is now.`);
    return found?.place;
  };
  return {
    head: async () => structuredClone(head),
    async advance(entry) {
      if ((head?.n ?? 0) !== entry.n - 1) return false;
      head = structuredClone(entry);
      return true;
    },
    placeOf: async (said) => placeOf(said),
    async mark({ n, said }) {
      const place = placeOf(said) ?? n;
      if (place !== n) throw new Error(`The event ${nameOf(said)} is entry ${place}, and now ${n}, too.`);
      places.set(nameOf(said), { place: n, event: canonicalJson(said.event) });
    },
  };
}

/** Stores entries of the audit log in memory, for tests. */
export function memoryLogStorage(): AuditLogStorage & { entries(): readonly LogEntry[] } {
  const stored = new Map<number, LogEntry>();
  return {
    async put(entry) {
      const standing = stored.get(entry.n) ?? entry;
      if (canonicalJson(standing) !== canonicalJson(entry))
        throw new Error(`Entry ${entry.n} of the audit log is stored already, and says something else.`);
      stored.set(entry.n, structuredClone(entry));
    },
    entries: () => [...stored.values()].toSorted((one, other) => one.n - other.n),
  };
}
