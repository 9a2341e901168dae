import type { Hash } from '../hash.ts';
import type { Instant } from '../instant.ts';

/**
 * Whether the permission was exercised: `allowed` also where the call failed for another reason than permissions,
 * `unknown` where it was never decided (throttling, internal errors).
 */
export type Outcome = 'allowed' | 'denied' | 'unknown';

/** Who called, as far as sessions are told apart by it. */
export type Actor = {
  readonly type: string;
  readonly arn?: string;
  /** For a role's session AROA…:<session name>: unique for each role that ever was, and each session name. */
  readonly principalId?: string;
  readonly account?: string;
  readonly roleArn?: string;
  readonly sourceIdentity?: string;
  readonly invokedBy?: string;
};

/** A role's session that a call began, or tried to begin: AssumeRole and its kin, and SwitchRole. */
export type Assumption = {
  readonly roleArn: string;
  readonly sessionName?: string;
  readonly sourceIdentity?: string;
  /** The principal id of the new session; absent where there is none. */
  readonly assumedRoleId?: string;
};

/** A change to what a role is or may do, to a managed policy, or to what a trail records. */
export type RoleChange = {
  readonly of: 'role' | 'policy' | 'trail';
  /** Of the role, with its path where the trail tells it, or of the managed policy, or of the trail. */
  readonly arn: string;
  readonly what:
    | 'trust'
    | 'inline-policy'
    | 'attached-policy'
    | 'boundary'
    | 'policy-version'
    | 'role'
    | 'trail';
  /** The name of the inline policy, or the ARN of the attached one. */
  readonly policy?: string;
};

/** What the audit keeps of one CloudTrail record. */
export type Observation = {
  readonly id: string;
  readonly sharedId?: string;
  readonly hash: Hash;
  readonly addendum?: { readonly reason: string; readonly correctsId?: string };
  readonly at: Instant;
  readonly account: string;
  readonly region: string;
  readonly source: string;
  readonly name: string;
  /** The IAM actions that the call needed; none where it is unmapped or no API call. */
  readonly actions: readonly string[];
  /** API calls that the catalogue has no action for are unmapped, and never guessed. */
  readonly mapping: 'mapped' | 'unmapped' | 'not-an-api-call';
  readonly outcome: Outcome;
  readonly errorCode?: string;
  /** ARNs, as exact as the record tells; none where it tells none. */
  readonly resources: readonly string[];
  readonly ip?: string;
  readonly via: 'console' | 'api' | 'service';
  readonly actor: Actor;
  readonly assumed?: Assumption;
  readonly changed?: RoleChange;
};
