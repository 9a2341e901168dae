import { STSServiceException } from '@aws-sdk/client-sts';
import type { IssuerRefusalCode } from '../../domain/refusal.ts';
import type { IssuerRefusal } from '../../ports/credential-issuer.ts';

/** STS's error codes: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html and CommonErrors.html */
const BY_CODE: ReadonlyMap<string, IssuerRefusalCode> = new Map([
  ['AccessDenied', 'role-not-assumable'],
  ['RegionDisabledException', 'region-disabled'],
  ['PackedPolicyTooLargeException', 'session-policy-too-large'],
  ['Throttling', 'issuer-throttled'],
  ['ThrottlingException', 'issuer-throttled'],
  ['RequestLimitExceeded', 'issuer-throttled'],
]);

/** STS tells these two apart in words only; both come as ValidationError. */
const TOO_LONG_FOR_THE_ROLE = /exceeds the MaxSessionDuration set for this role/;
const TOO_LONG_FOR_A_CHAIN = /exceeds the 1 hour session limit for roles assumed by role chaining/;

/** Node's codes for a connection that was not made, was lost, or took too long. */
const NETWORK = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
];

/** What an error of the AssumeRole call means; undefined where it can only be a defect of ours. */
export function refusalOfError(error: unknown): IssuerRefusal | undefined {
  const { name, message, code } = Object(error) as { name?: unknown; message?: unknown; code?: unknown };
  const refused = error instanceof STSServiceException ? codeOf(error) : networkCodeOf(name, code);
  return refused && { refused, text: `${name}: ${message}` };
}

function codeOf({ name, message, $metadata }: STSServiceException): IssuerRefusalCode | undefined {
  const known = BY_CODE.get(name);
  if (known !== undefined) return known;
  if (name === 'ValidationError' && TOO_LONG_FOR_THE_ROLE.test(message)) return 'session-too-long';
  if (name === 'ValidationError' && TOO_LONG_FOR_A_CHAIN.test(message)) return 'role-chaining-limit';
  const { httpStatusCode: status = 0 } = $metadata;
  if (status === 429) return 'issuer-throttled';
  return status >= 500 ? 'issuer-unavailable' : undefined;
}

function networkCodeOf(name: unknown, code: unknown): IssuerRefusalCode | undefined {
  return name === 'TimeoutError' || NETWORK.some((one) => one === code) ? 'issuer-unavailable' : undefined;
}
