import type { Subject } from '../domain/subject.ts';

/** Subjects that are to be announced again later. */
export type AnnounceQueue = {
  /** At most 900 s from now, or throws. */
  add(subject: Subject, delaySeconds: number): Promise<void>;
};
