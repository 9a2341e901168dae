import type { Instant } from '../domain/instant.ts';

/** Remembers up to when sessions have been checked, so that a run that was late or failed is made up for by the next. */
export type CheckMark = {
  /** Undefined before the first check. */
  read(): Promise<Instant | undefined>;
  write(until: Instant): Promise<void>;
};
