import type { ElevationNow } from '../elevation.ts';
import type { History } from '../events.ts';
import type { Instant } from '../instant.ts';
import type { Observation } from '../trail/observation.ts';

/** One set of credentials that was issued, as far as the audit needs it. */
export type IssuedSession = {
  readonly n: number;
  /** AROA…:<session name>: the principal id of everything the session does. */
  readonly assumedRoleId: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
};

/** An elevation from its beginning to its end: what was agreed, what was issued, and what the trail saw. */
export type ElevationStory = {
  readonly elevation: ElevationNow;
  readonly history: History;
  readonly sessions: readonly IssuedSession[];
  /** As they are kept: copies and corrections not folded yet, in the order of time. */
  readonly usage: readonly Observation[];
};
