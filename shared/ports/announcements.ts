import type { Hash } from '../domain/hash.ts';
import type { Instant } from '../domain/instant.ts';
import type { Subject } from '../domain/subject.ts';

/** A message: intended first, then posted. `ts` is Slack's name for it, `shown` the hash of what it says. */
export type PostedMessage = {
  readonly channel: string;
  readonly intendedAt: Instant;
  readonly ts?: string;
  readonly shown?: Hash;
};

/** How far the telling of a subject has come. */
export type Progress = {
  /** How many of its events are in the audit log. */
  readonly logged: number;
  /** The hash of the last of these, so that a record which was put back and went on from there is noticed. */
  readonly lastLogged?: Hash;
  /** How many of its events were sent to the bus. */
  readonly sent: number;
  /** Slack has asked to be left alone until then. */
  readonly quietUntil?: Instant;
  /** Messages by their keys. */
  readonly messages: Readonly<Record<string, PostedMessage>>;
};

/** A subject taken by one announcer, who alone tells of it until then. */
export type Taken = {
  readonly subject: Subject;
  /** Counts every write; the next one is conditional on it. */
  readonly version: number;
  readonly until: Instant;
  readonly progress: Progress;
};

/** Remembers what was told, one record a subject. */
export type Announcements = {
  /**
   * Takes the subject until then; undefined while another has it. It is due again at the end of that time, should the
   * announcer die.
   */
  take(subject: Subject, now: Instant, until: Instant): Promise<Taken | undefined>;
  /** Writes progress down; undefined where somebody else has taken the subject meanwhile, and then nothing is written. */
  save(taken: Taken, progress: Progress): Promise<Taken | undefined>;
  /** Gives the subject back; from `dueAt` on there is something to tell that only the clock brings. */
  release(taken: Taken, dueAt: Instant | undefined): Promise<void>;
  /** Subjects that are due, those that have waited longest first; eventually consistent. */
  due(now: Instant, limit: number): Promise<readonly Subject[]>;
};
