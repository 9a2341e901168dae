import type { SubjectEvent } from '../domain/subject.ts';

/** Tells other systems. An event can be told twice, with the same subject and number; none is lost. */
export type EventBus = {
  /** Sends all of them, or throws. */
  send(events: readonly SubjectEvent[]): Promise<void>;
};
