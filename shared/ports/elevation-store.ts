import type { SelfApprovalAttempt } from '../domain/attempt.ts';
import type { Elevation } from '../domain/elevation.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import type { History } from '../domain/events.ts';
import type { Instant } from '../domain/instant.ts';
import type { Handle, RoleName } from '../domain/names.ts';

/** An elevation with all that happened to it, and the seal over the newest hash. */
export type SealedElevation = {
  readonly elevation: Elevation;
  readonly history: History;
  readonly seal: string;
};

/** A record whose parts do not agree with each other: somebody or something else has written it. */
export type DamagedRecord = { readonly damaged: ElevationId };

/**
 * What is stored under an id. The parts agree with each other (hashes, fold and index attributes); whether the seal is
 * true, only the key can say.
 */
export type StoredElevation = SealedElevation | DamagedRecord;

/** Which elevations to list: those of one person, of one role, or those stored in one state. */
export type ListedBy =
  | { readonly by: 'person'; readonly person: Handle }
  | { readonly by: 'role'; readonly role: RoleName }
  | { readonly by: 'state'; readonly state: Elevation['state'] };

/** Where a list goes on; opaque to everybody but the store that made it. */
export type Cursor = string;

/** A part of a list, newest first; damaged records are left out. */
export type Page = { readonly elevations: readonly SealedElevation[]; readonly next?: Cursor };

/** One set of credentials as STS named it; the secret is not among it. */
export type SessionRecord = {
  readonly elevation: ElevationId;
  /** The n-th issue under the elevation. */
  readonly n: number;
  readonly assumedRoleId: string;
  readonly accessKeyId: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
};

/** An elevation with the sessions that its history has intents for, in the order of their issue. */
export type WholeRecord = {
  readonly elevation: StoredElevation;
  readonly sessions: readonly SessionRecord[];
};

/** Keeps elevations: one record each, one conditional write a transition. The version is the history's length. */
export type ElevationStore = {
  /** Stores a new elevation, unless there is one with its id: then that one is the answer. */
  create(sealed: SealedElevation): Promise<'created' | StoredElevation>;
  /** The elevation with this id, read consistently; undefined where there is none. */
  read(id: ElevationId): Promise<StoredElevation | undefined>;
  /**
   * Puts a new version in the place of the one that was seen. Where another writer was first nothing is written and
   * what is stored now is the answer.
   */
  replace(seenVersion: number, next: SealedElevation): Promise<'replaced' | StoredElevation>;
  /** A part of a list, eventually consistent: for showing, never for deciding. Undefined where the cursor is none of its own. */
  list(
    listed: ListedBy,
    page: { readonly limit: number; readonly cursor?: Cursor },
  ): Promise<Page | undefined>;
  /**
   * The ids of all that are stored in a state and were asked for from then to before then, damaged ones among them, in
   * the order of asking; eventually consistent.
   */
  askedBetween(
    state: Elevation['state'],
    between: { readonly from: Instant; readonly until: Instant },
  ): AsyncIterable<ElevationId>;
  /** The cursor with which every list goes on behind this elevation. */
  cursorAfter(elevation: Elevation): Cursor;
  /** Records a session; the same record again changes nothing. */
  recordSession(session: SessionRecord): Promise<void>;
  /** The sessions of an elevation, in the order of their issue. */
  sessionsOf(id: ElevationId): Promise<readonly SessionRecord[]>;
  /** Records an attempt; of those at one door within a minute one is kept, so that nobody fills the table with them. */
  recordAttempt(attempt: SelfApprovalAttempt): Promise<void>;
  /** The attempts from then to before then, in the order of time; eventually consistent. */
  attemptsBetween(between: {
    readonly from: Instant;
    readonly until: Instant;
  }): AsyncIterable<SelfApprovalAttempt>;
  /**
   * Elevations with these ids, read consistently and many in a request, for whoever reads thousands; without those that
   * there are none of. A damaged one has no sessions.
   */
  readMany(ids: readonly ElevationId[]): Promise<ReadonlyMap<ElevationId, WholeRecord>>;
};
