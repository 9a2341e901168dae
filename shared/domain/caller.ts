import type { Minutes } from './duration.ts';
import type { Instant } from './instant.ts';
import type { GroupName, Handle } from './names.ts';

/** How MFA was proved, if at all. */
export type MfaProof =
  | { readonly kind: 'absent' }
  /** A token that says how (`amr:hwk`) and when (its `auth_time`). */
  | { readonly kind: 'token'; readonly evidence: string; readonly at: Instant }
  /** IAM has let in an MFA session of a user, and says of its age only that it was within this bound at the call. */
  | { readonly kind: 'iam-session'; readonly within: Minutes };

/** A person at a door: what later decisions need to know, and what is recorded with them. */
export type Caller = {
  readonly person: Handle;
  readonly door: 'oidc' | 'iam' | 'slack';
  /** Groups that the token lists; none at the other doors. */
  readonly tokenGroups: readonly GroupName[];
  readonly mfa: MfaProof;
};
