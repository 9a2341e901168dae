import type { Outcome } from './observation.ts';

/**
 * Before the code proper: EC2 says whose fault it was (Client.UnauthorizedOperation), some services name its type in full
 * (com.amazonaws.example#ThrottlingException).
 */
const BEFORE_THE_CODE = /^(?:.*#)?(Client\.|Server\.)?/;

/**
 * Said by IAM, or by a service in its place: AccessDenied of S3, AccessDeniedException of most, KMSAccessDenied where the caller may not
 * use the key, UnauthorizedOperation of EC2, AuthorizationError of SNS, NotAuthorized and others. NB. Anchored at the
 * beginning: Lambda's EC2AccessDeniedException is about the function's role, not about the caller.
 */
const DENIED =
  /^(?:KMS\.?)?AccessDenied|UnauthorizedOperation$|^(?:Unauthorized|Forbidden|NotAuthorized|AuthorizationError)(?:Exception|Error|Fault)?$|^Unauthorized(?:Access|Request)|^InsufficientPrivileges/i;

/** Whatever the code, IAM's own sentence ("Troubleshoot access denied error messages" in the IAM User Guide). */
const DENIED_IN_WORDS = /\bis not authorized to perform\b/;

/**
 * Nobody decided. Throttling: the codes that the SDKs retry as such ("Retry behavior" in the AWS SDKs and Tools Reference Guide), but for
 * limits on how many of a thing there are. The rest are the common errors of every AWS API ("Common errors" in each API
 * reference) that come before permissions or instead of them: failures of the service, credentials that do not prove who
 * calls, requests of the wrong form, services that the account has not taken.
 */
const UNDECIDED: readonly RegExp[] = [
  /Throttl|^RequestLimitExceeded|^(?:SlowDown|TooManyRequests|RateExceeded|BandwidthLimitExceeded|PriorRequestNotComplete)/,
  /^ProvisionedThroughputExceeded/,
  /^(?:KMS)?Internal(?:Error|Failure|Server|Service|Exception)|^Service(?:Unavailable|Failure|Exception)|^(?:Unavailable|ServerException)$/,
  /^(?:ExpiredToken|RequestExpired|InvalidToken|InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|AuthFailure)/,
  /^(?:SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingAuthenticationToken|RequestTimeTooSkewed)/,
  /^(?:Validation(?:Error|Exception)|Malformed(?:HttpRequest|QueryString)|Serialization|Unknown(?:Operation\w*)?$|InvalidAction)/,
  /^Request(?:Timeout|Aborted|EntityTooLarge)/,
  /^(?:OptInRequired|SubscriptionRequired|PendingVerification|Blocked)/,
  // Security Hub says it both where the service is off and where permission is missing (its API reference, Errors).
  /^InvalidAccessException$/,
];

/**
 * Whether the permission was exercised. A code that is neither a refusal nor one of the common errors is the operation's own
 * (NoSuchKey, InvalidVolume.NotFound, VpcLimitExceeded, DryRunOperation): it was looked into after permissions were.
 */
export function outcomeOf(errorCode?: string, errorMessage?: string): Outcome {
  if (errorCode === undefined) return 'allowed';
  const [before, side] = BEFORE_THE_CODE.exec(errorCode) ?? [''];
  const code = errorCode.slice(before.length);
  if (DENIED.test(code) || DENIED_IN_WORDS.test(errorMessage ?? '')) return 'denied';
  if (UNDECIDED.some((pattern) => pattern.test(code))) return 'unknown';
  // EC2 has no room for what was asked: it had been allowed ("Error codes for the Amazon EC2 API", server errors).
  return side === 'Server.' && !/^Insufficient\w*Capacity$/.test(code) ? 'unknown' : 'allowed';
}
