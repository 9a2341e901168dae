import type { Instant } from '../instant.ts';
import type { AccessLevel } from '../trail/catalogue.ts';

/** What log files say of who uses which roles. */
export type Survey = {
  /** Calls that were counted: each once, however many files and trails have it. */
  readonly events: number;
  /** Records that were left out, since their event had been counted. */
  readonly repeated: number;
  /** Whether there were more events than can be told apart, so that some may be counted twice. */
  readonly mayRepeat: boolean;
  /** From the first event to the last; absent where there is none. */
  readonly period?: { readonly from: Instant; readonly until: Instant };
  readonly accounts: readonly SurveyedAccount[];
  readonly regions: readonly string[];
  /** The types of data events that occur: of others, the files cannot tell whether a permission was used. */
  readonly dataEvents: readonly string[];
  /** By ARN. */
  readonly roles: readonly SurveyedRole[];
  /** API calls that no action is known for: `s3.amazonaws.com:ListFoo`. */
  readonly unmapped: Counts;
};

/** Names with how often each was seen; `more` is what names beyond the bound came to. */
export type Counts = {
  readonly named: readonly { readonly name: string; readonly count: number }[];
  readonly more: number;
};

/** An account that the files tell of. */
export type SurveyedAccount = {
  readonly account: string;
  readonly events: number;
  /** The hours of the period in which it has no event at all, by their beginnings: nobody called, or files are missing. */
  readonly silentHours: readonly Instant[];
};

/**
 * For whom a role is: `people` where somebody borrows it, `workload` where only services and web identities do,
 * `service-linked` where AWS says so by its path, `unknown` where the files do not have how its sessions began.
 */
export type RoleKind = 'people' | 'workload' | 'service-linked' | 'unknown';

/** A role, as far as the files tell. */
export type SurveyedRole = {
  readonly arn: string;
  readonly kind: RoleKind;
  /** Calls by its sessions. */
  readonly calls: number;
  readonly denied: number;
  readonly first?: Instant;
  readonly last?: Instant;
  /** Days, in UTC, on which a session of it called. */
  readonly days: number;
  /** Different sessions that called, by principal id. */
  readonly sessions: number;
  /** Sessions whose beginning is in none of the files. */
  readonly unlinked: number;
  /** Times that it was assumed, and that somebody tried to and was denied. */
  readonly assumed: { readonly allowed: number; readonly denied: number };
  /** Who assumed it or tried to, those who did most first. */
  readonly borrowers: readonly SurveyedBorrower[];
  /** Borrowers beyond the bound, of whom only the number is known. */
  readonly moreBorrowers: number;
  /** By name. */
  readonly actions: readonly UsedAction[];
  readonly regions: readonly string[];
};

/** How somebody is known. */
export type BorrowerKind =
  | 'source-identity'
  | 'user'
  | 'role'
  | 'federated'
  | 'web-identity'
  | 'service'
  | 'account';

/** Somebody, or something, that assumes a role. */
export type SurveyedBorrower = {
  readonly kind: BorrowerKind;
  readonly name: string;
  readonly allowed: number;
  readonly denied: number;
  readonly last: Instant;
  readonly mfa: MfaSeen;
};

/**
 * Of the times that somebody was let in, how often AWS saw MFA in the session that asked, saw none, or the record does not
 * tell. NB. The MFA of an identity provider AWS does not see, and a role's session has that of the call that began it.
 */
export type MfaSeen = { readonly seen: number; readonly notSeen: number; readonly notTold: number };

/** An action with how its calls ended. */
export type UsedAction = {
  readonly action: string;
  readonly level?: AccessLevel;
  readonly allowed: number;
  readonly denied: number;
  readonly unknown: number;
};

/** What a role did, by the words of the audit: exercised, or tried in vain. */
export function isDeniedOnly({ allowed, denied }: UsedAction): boolean {
  return allowed === 0 && denied > 0;
}
