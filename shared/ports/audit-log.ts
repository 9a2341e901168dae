import type { LogEntry } from '../domain/log-entry.ts';
import type { SubjectEvent } from '../domain/subject.ts';

/**
 * A log that is only ever appended to. `head` and `advance` are one small record that puts writers in order; `keep`
 * stores an entry for good; `placeOf` tells what was kept.
 */
export type AuditLog = {
  /** The newest entry that has a place, whether it is kept yet or not; read consistently. */
  head(): Promise<LogEntry | undefined>;
  /** Gives the entry its place, unless another entry has it by now; whether it did. */
  advance(entry: LogEntry): Promise<boolean>;
  /**
   * Stores the entry for good, and its place; the same entry again changes nothing. Throws where another entry is
   * stored in its place: the log, or its head, was tampered with.
   */
  keep(entry: LogEntry): Promise<void>;
  /**
   * The place of an event that is kept; undefined where it is not. Read consistently. Throws where another event of the
   * same number is kept.
   */
  placeOf(said: SubjectEvent): Promise<number | undefined>;
};

/** The half of the log that puts entries in order; `mark` records the place of an entry that is stored. */
export type AuditLogOrder = Pick<AuditLog, 'head' | 'advance' | 'placeOf'> & {
  /** The same mark again changes nothing; throws where the event has another place already. */
  mark(entry: LogEntry): Promise<void>;
};

/** The half that stores entries for good: the same entry again changes nothing, another in its place is an error. */
export type AuditLogStorage = { put(entry: LogEntry): Promise<void> };
