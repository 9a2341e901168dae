import type { Json } from '../canonical-json.ts';
import type { Hash } from '../hash.ts';
import type { Instant } from '../instant.ts';

/**
 * A CloudTrail record, of what the audit needs ("CloudTrail record contents" in the CloudTrail User Guide). It is some
 * account's word for what happened: nothing in it is trusted before it has been compared with what was issued.
 */
export type TrailRecord = {
  /** CloudTrail's eventID. */
  readonly id: string;
  /** The same in the copies of one call that two accounts got. */
  readonly sharedId?: string;
  /** SHA-256 of the whole record as canonical JSON, so that one eventID with two contents is two records. */
  readonly hash: Hash;
  /** A late or corrected record says why, and which it corrects. */
  readonly addendum?: { readonly reason: string; readonly correctsId?: string };
  readonly at: Instant;
  /** The service as an endpoint: s3.amazonaws.com. */
  readonly source: string;
  readonly name: string;
  /** AwsApiCall, AwsConsoleSignIn, AwsServiceEvent, AwsConsoleAction … */
  readonly type: string;
  readonly region: string;
  /** The account that got this copy; where an old record does not say, the caller's. */
  readonly account: string;
  readonly ip?: string;
  readonly userAgent?: string;
  readonly error?: { readonly code: string; readonly message?: string };
  readonly readOnly?: boolean;
  readonly caller: TrailCaller;
  readonly parameters: Json;
  readonly response: Json;
  readonly resources: readonly { readonly arn?: string; readonly type?: string; readonly account?: string }[];
  /** The console made the call for somebody. */
  readonly fromConsole?: boolean;
  /** Where a SwitchRole sign-in goes, where it says (`additionalEventData.SwitchTo`); the role's own copy does not. */
  readonly switchTo?: string;
};

/** Who called, as `userIdentity` says. */
export type TrailCaller = {
  /** IAMUser, AssumedRole, AWSService, AWSAccount, Root … */
  readonly type: string;
  readonly arn?: string;
  /** For a role's session AROA…:<session name>. */
  readonly principalId?: string;
  readonly account?: string;
  readonly accessKeyId?: string;
  /** The service that called for itself or for somebody: ec2.amazonaws.com. */
  readonly invokedBy?: string;
  /** The ARN of the role whose session it is, with its path. */
  readonly roleArn?: string;
  readonly sourceIdentity?: string;
  /** Whether AWS saw MFA when the session began; absent where the record does not tell, as with long-term keys. */
  readonly mfa?: boolean;
};

/** Why a record is no API call or sign-in that the audit counts. */
export type SkipReason = 'digest' | 'insight' | 'aggregated' | 'network-activity';
