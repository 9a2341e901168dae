import type { ElevationNow } from '../elevation.ts';
import type { History } from '../events.ts';
import type { Instant } from '../instant.ts';
import type { RoleName } from '../names.ts';
import type { RolePolicies } from '../policy/document.ts';
import type { Observation } from '../trail/observation.ts';
import type { DataEventSelectors } from './observable.ts';

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

/** What the auditor role of an account lets us know, or why we do not. */
export type Audited<T> = { readonly value: T } | { readonly unknown: string };

/** A file of the trail that has arrived: for which account, Region and time it speaks. */
export type Delivery = {
  readonly account: string;
  readonly region: string;
  readonly at: Instant;
} & (
  | {
      /** `log` files hold records; a `digest` vouches for the log files of the hour that ends then. */
      readonly kind: 'log' | 'digest';
    }
  | {
      /** A log file that could not be read, or not at once; and one that was read in the end. */
      readonly kind: 'unread' | 'mended';
      /** Its name, without the folder. */
      readonly file: string;
    }
);

/** What is known of a role besides its elevations. */
export type RoleEvidence = {
  readonly arn: string;
  /** Its name in the catalog, where it is there. */
  readonly role?: RoleName;
  readonly policies: Audited<RolePolicies>;
  /** Of the trails that cover its account. */
  readonly selectors: Audited<DataEventSelectors>;
  /** Of its account, for the time that `deliveriesFor` names. */
  readonly deliveries: readonly Delivery[];
  /** What is kept under the role in the period: events that are of no elevation, and changes of the role. */
  readonly strays: readonly Observation[];
  /** What is kept under its attached managed policies in the period. */
  readonly policyChanges: readonly Observation[];
  /** Changes of trails that may record its account, from the beginning of the period until now. */
  readonly trailChanges: readonly Observation[];
};
