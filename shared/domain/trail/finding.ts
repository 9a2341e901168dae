import type { ElevationId } from '../elevation-id.ts';
import type { Instant } from '../instant.ts';
import type { Observation } from './observation.ts';

/** The ways round the side; stable codes. */
export type FindingCode =
  /** A session of a catalog role that no elevation explains. */
  | 'foreign-session'
  /** Somebody else than the issuer assumed a catalog role, or tried to. */
  | 'foreign-assume-role'
  /** A session name or source identity like ours that names no elevation, or another person's. */
  | 'false-name'
  /** A session of an elevation that has no such intent. */
  | 'no-intent'
  /** Calls under an elevation's source identity by a session that did not come from one of its own. */
  | 'unexplained-session'
  | 'use-after-end'
  /** Allowed after the elevation was returned or revoked. */
  | 'use-after-cut'
  /** Credentials were issued, and no trail shows it. */
  | 'issue-not-in-trail'
  /** Trust, policies or boundary of a catalog role, or a managed policy attached to one, were changed. */
  | 'role-changed'
  /** What a trail records was changed, or logging was stopped or started, or somebody tried to. */
  | 'trail-changed';

/** Something that did not come through Drawbridge, or went on after it should have ended. */
export type Finding = {
  readonly code: FindingCode;
  readonly at: Instant;
  /** The ARN of the role, managed policy or trail it is about. */
  readonly about: string;
  readonly elevation?: ElevationId;
  /** What the trail has; absent for what it should have and has not. */
  readonly seen?: Observation;
  /** A sentence for people: who did what, and why it does not fit. */
  readonly detail: string;
};
