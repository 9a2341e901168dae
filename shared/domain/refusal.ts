import type { Condition } from './condition.ts';
import type { State } from './elevation.ts';
import type { RuleName } from './names.ts';

/** A fault in something that was sent, with the JSON pointer (RFC 6901) to it. */
export type Fault = { readonly pointer: string; readonly detail: string };

/**
 * Every way in which Drawbridge says no. The codes are stable; one table (shared/http/problem.ts) maps each to its
 * status. `detail` is a sentence for the person who asked.
 */
export type Refusal = { readonly detail: string } & (
  | { readonly code: 'invalid'; readonly faults: readonly Fault[] }
  /** There is none, or the caller may not know of it. */
  | { readonly code: 'not-found' }
  | { readonly code: 'denied-by-rule'; readonly rule: RuleName }
  | { readonly code: 'no-rule-allows'; readonly conditions: readonly Condition[] }
  /** A fresh MFA would do (RFC 9470). */
  | {
      readonly code: 'step-up-required';
      readonly maxAgeSeconds: number;
      readonly conditions: readonly Condition[];
    }
  /** Approve or deny by the requester. */
  | { readonly code: 'own-request' }
  | { readonly code: 'not-an-approver' }
  | { readonly code: 'not-the-requester' }
  /** Reports tell of everybody. */
  | { readonly code: 'not-an-auditor' }
  /** Another outcome came first. */
  | { readonly code: 'wrong-state'; readonly state: State }
  /** The request is not what the decider saw. */
  | { readonly code: 'digest-mismatch' }
  /** The access file no longer carries the elevation. */
  | { readonly code: 'no-longer-allowed'; readonly conditions: readonly Condition[] }
  | { readonly code: 'idempotency-key-reused' }
  | { readonly code: 'too-many-requests'; readonly retryAfterSeconds: number }
  | { readonly code: 'too-many-pending'; readonly retryAfterSeconds: number }
  | { readonly code: 'too-many-issues'; readonly retryAfterSeconds?: number }
  /** The stored record does not match its seal. */
  | { readonly code: 'record-damaged' }
  /** There is no such code for linking a Slack user, or it can no longer be used. */
  | { readonly code: 'unknown-link-code' }
  /** The Slack user is somebody else, or the access file says who. */
  | { readonly code: 'linked-otherwise' }
  /** Too many others write the same elevation at once. */
  | { readonly code: 'contended' }
  | { readonly code: IssuerRefusalCode; readonly retryAfterSeconds?: number }
);

/** Why STS did not issue. */
export type IssuerRefusalCode =
  | 'role-not-assumable'
  | 'region-disabled'
  | 'session-policy-too-large'
  | 'session-too-long'
  | 'role-chaining-limit'
  | 'issuer-throttled'
  | 'issuer-unavailable'
  | 'issuer-answer-mismatch';

/** The code of a refusal. */
export type RefusalCode = Refusal['code'];

/** A value, or the reason why there is none. */
export type Outcome<T> = { readonly value: T } | { readonly refusal: Refusal };

/** A refusal as an outcome. */
export function refuse(refusal: Refusal): { readonly refusal: Refusal } {
  return { refusal };
}
