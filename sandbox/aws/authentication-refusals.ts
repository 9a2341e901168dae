import { AwsRefusal } from './aws.ts';
import type { SignatureFailure } from './signature.ts';

/** How a service words its refusals. */
export type Family = 'query' | 'json' | 's3' | 'gateway';

/**
 * Code and status of each failure: "Common Errors" of IAM, STS, KMS and DynamoDB; "Error responses" of S3.
 * A clock that is wrong is RequestExpired on those pages and SignatureDoesNotMatch on the wire.
 */
const CODES: Readonly<Record<Family, Readonly<Record<SignatureFailure['kind'], readonly [string, number]>>>> =
  {
    query: {
      missing: ['MissingAuthenticationToken', 403],
      incomplete: ['IncompleteSignature', 400],
      'unknown-key': ['InvalidClientTokenId', 403],
      'invalid-token': ['InvalidClientTokenId', 403],
      mismatch: ['SignatureDoesNotMatch', 403],
      'wrong-service': ['SignatureDoesNotMatch', 403],
      'expired-token': ['ExpiredToken', 403],
      skewed: ['SignatureDoesNotMatch', 403],
    },
    json: jsonCodes(400),
    gateway: jsonCodes(403),
    s3: {
      missing: ['AccessDenied', 403],
      incomplete: ['AuthorizationHeaderMalformed', 400],
      'unknown-key': ['InvalidAccessKeyId', 403],
      'invalid-token': ['InvalidToken', 400],
      mismatch: ['SignatureDoesNotMatch', 403],
      'wrong-service': ['AuthorizationHeaderMalformed', 400],
      'expired-token': ['ExpiredToken', 400],
      skewed: ['RequestTimeTooSkewed', 403],
    },
  };

function jsonCodes(status: number): Readonly<Record<SignatureFailure['kind'], readonly [string, number]>> {
  return {
    missing: ['MissingAuthenticationTokenException', status],
    incomplete: ['IncompleteSignatureException', status],
    'unknown-key': ['UnrecognizedClientException', status],
    'invalid-token': ['UnrecognizedClientException', status],
    mismatch: ['InvalidSignatureException', status],
    'wrong-service': ['InvalidSignatureException', status],
    'expired-token': ['ExpiredTokenException', status],
    skewed: ['InvalidSignatureException', status],
  };
}

/** How the service words it: query protocol, JSON, S3, or API Gateway. */
export function familyOf(service: string): Family {
  switch (service) {
    case 'sts':
    case 'iam':
      return 'query';
    case 's3':
      return 's3';
    case 'execute-api':
      return 'gateway';
    default:
      return 'json';
  }
}

/** The refusal of a request whose signature was not accepted. */
export function authenticationRefusal(failure: SignatureFailure, family: Family): AwsRefusal {
  const [code, status] = CODES[family][failure.kind];
  return new AwsRefusal(code, family === 's3' ? s3Text(failure) : text(failure), status);
}

function text(failure: SignatureFailure): string {
  switch (failure.kind) {
    case 'missing':
      return 'Missing Authentication Token';
    case 'incomplete':
      return failure.detail;
    case 'unknown-key':
    case 'invalid-token':
      return 'The security token included in the request is invalid.';
    case 'mismatch':
      return 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
    case 'wrong-service':
      return `Credential should be scoped to correct service: '${failure.expected}'.`;
    case 'expired-token':
      return 'The security token included in the request is expired';
    case 'skewed':
      return skewText(failure.signedAt, failure.now);
    default:
      return failure satisfies never;
  }
}

/** IAM User Guide, "Troubleshoot Signature Version 4 requests for AWS APIs", both directions. */
function skewText(signedAt: string, now: number): string {
  const at = (milliseconds: number) => new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, '');
  const quarter = 15 * 60_000;
  return signedAt < at(now)
    ? `Signature expired: ${signedAt} is now earlier than ${at(now - quarter)} (${at(now)} - 15 min.)`
    : `Signature not yet current: ${signedAt} is still later than ${at(now + quarter)} (${at(now)} + 15 min.)`;
}

function s3Text(failure: SignatureFailure): string {
  switch (failure.kind) {
    case 'missing':
      return 'Access Denied';
    case 'unknown-key':
      return 'The AWS Access Key Id you provided does not exist in our records.';
    case 'invalid-token':
      return 'The provided token is malformed or otherwise invalid.';
    case 'expired-token':
      return 'The provided token has expired.';
    case 'mismatch':
      return 'The request signature we calculated does not match the signature you provided. Check your key and signing method.';
    case 'skewed':
      return 'The difference between the request time and the current time is too large.';
    default:
      return text(failure);
  }
}
