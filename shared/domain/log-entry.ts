import { canonicalJson } from './canonical-json.ts';
import type { Hash, Sha256 } from './hash.ts';
import type { SubjectEvent } from './subject.ts';

/** An entry of the audit log: the hash covers the entry and, through `previous`, all before it. */
export type LogEntry = {
  /** Its place in the log, counted from 1 without a gap. */
  readonly n: number;
  /** The hash of entry n − 1; null for the first. */
  readonly previous: Hash | null;
  readonly said: SubjectEvent;
  readonly hash: Hash;
};

/** The entry that follows another, or the first. */
export function entryAfter(newest: LogEntry | undefined, said: SubjectEvent, sha256: Sha256): LogEntry {
  const unhashed = { n: (newest?.n ?? 0) + 1, previous: newest?.hash ?? null, said };
  return { ...unhashed, hash: sha256(canonicalJson(unhashed)) };
}

/** The place of the first entry that does not follow from those before it; undefined where all do. */
export function firstBreak(entries: Iterable<LogEntry>, sha256: Sha256): number | undefined {
  let newest: LogEntry | undefined;
  for (const entry of entries) {
    const expected = entryAfter(newest, entry.said, sha256);
    if (canonicalJson(entry) !== canonicalJson(expected)) return expected.n;
    newest = entry;
  }
  return undefined;
}
