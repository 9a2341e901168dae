import { timingSafeEqual } from 'node:crypto';
import type { ReceivedRequest } from './aws.ts';
import { type Scope, sha256Hex, signatureOf } from './canonical-request.ts';
import { headerOf, queryOf, splitTarget } from './received-request.ts';

/** A request's claim to be signed by the holder of an access key. */
export type SignatureClaim = {
  readonly accessKeyId: string;
  readonly scope: Scope;
  /** YYYYMMDDTHHMMSSZ */
  readonly longDate: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly sessionToken?: string;
  /** How long a presigned URL lives; absent where the signature is in the header. */
  readonly expiresInSeconds?: number;
};

/** Why a request's signature is not accepted. */
export type SignatureFailure =
  | { readonly kind: 'missing' | 'unknown-key' | 'invalid-token' | 'mismatch' | 'expired-token' }
  | { readonly kind: 'incomplete'; readonly detail: string }
  | { readonly kind: 'wrong-service'; readonly expected: string }
  | { readonly kind: 'skewed'; readonly signedAt: string; readonly now: number };

const HEADER = /^AWS4-HMAC-SHA256 +Credential=([^, ]+), *SignedHeaders=([^, ]+), *Signature=([0-9a-f]{64})$/;
const SKEW_MILLISECONDS = 15 * 60_000;

/** Reads the claim from the Authorization header or from the query of a presigned URL. */
export function readClaim(request: ReceivedRequest): SignatureClaim | SignatureFailure {
  const query = queryOf(request);
  if (query.has('X-Amz-Signature')) return claimOfQuery(query);
  const header = headerOf(request, 'authorization');
  if (header === undefined) return { kind: 'missing' };
  const [, credential, signedHeaders, signature] = HEADER.exec(header) ?? [];
  if (credential === undefined || signedHeaders === undefined || signature === undefined) {
    return {
      kind: 'incomplete',
      detail: `Authorization header requires a SigV4 signature. Authorization=${header.split(' ')[0]}`,
    };
  }
  const sessionToken = headerOf(request, 'x-amz-security-token');
  return claim(credential, {
    longDate: headerOf(request, 'x-amz-date') ?? '',
    signedHeaders: signedHeaders.split(';'),
    signature,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  });
}

/** Whether the claim was made with this secret over this request, and not too long ago. */
export function checkClaim(
  request: ReceivedRequest,
  it: SignatureClaim,
  secret: string,
  now: number,
): SignatureFailure | undefined {
  if (isSkewed(it, now)) return { kind: 'skewed', signedAt: it.longDate, now };
  const payloadHash = payloadHashOf(request, it);
  if (payloadHash === undefined) return { kind: 'mismatch' };
  const { pathname } = splitTarget(request.target);
  const expected = signatureOf(
    {
      method: request.method,
      path: pathname,
      query: [...queryOf(request)].filter(([name]) => name !== 'X-Amz-Signature'),
      headers: Object.fromEntries(it.signedHeaders.map((name) => [name, headerOf(request, name) ?? ''])),
      payloadHash,
    },
    it.scope,
    it.longDate,
    secret,
  );
  return timingSafeEqual(Buffer.from(expected), Buffer.from(it.signature)) ? undefined : { kind: 'mismatch' };
}

function claimOfQuery(query: URLSearchParams): SignatureClaim | SignatureFailure {
  const sessionToken = query.get('X-Amz-Security-Token');
  const signature = query.get('X-Amz-Signature') ?? '';
  if (!/^[0-9a-f]{64}$/.test(signature)) return { kind: 'mismatch' };
  return claim(query.get('X-Amz-Credential') ?? '', {
    longDate: query.get('X-Amz-Date') ?? '',
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature,
    expiresInSeconds: Number(query.get('X-Amz-Expires') ?? 'NaN'),
    ...(sessionToken === null ? {} : { sessionToken }),
  });
}

function claim(
  credential: string,
  rest: Omit<SignatureClaim, 'accessKeyId' | 'scope'>,
): SignatureClaim | SignatureFailure {
  const [accessKeyId, day, region, service, end, ...more] = credential.split('/');
  if (!accessKeyId || !day || !region || !service || end !== 'aws4_request' || more.length > 0) {
    return {
      kind: 'incomplete',
      detail: `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    };
  }
  if (!/^\d{8}T\d{6}Z$/.test(rest.longDate)) {
    return {
      kind: 'incomplete',
      detail: "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    };
  }
  if (!rest.longDate.startsWith(day) || !rest.signedHeaders.includes('host')) return { kind: 'mismatch' };
  return { accessKeyId, scope: { day, region, service }, ...rest };
}

/** S3 lets the body be unsigned; elsewhere, and where a hash is given, it must be the body's. */
function payloadHashOf(request: ReceivedRequest, it: SignatureClaim): string | undefined {
  if (it.expiresInSeconds !== undefined && it.scope.service === 's3') return 'UNSIGNED-PAYLOAD';
  const actual = sha256Hex(request.body);
  const given = headerOf(request, 'x-amz-content-sha256');
  if (given === undefined || given === actual) return actual;
  const unsigned = given === 'UNSIGNED-PAYLOAD' || given.startsWith('STREAMING-');
  return unsigned && it.scope.service === 's3' ? given : undefined;
}

function isSkewed(it: SignatureClaim, now: number): boolean {
  const signedAt = millisecondsOf(it.longDate);
  if (it.expiresInSeconds === undefined) return !(Math.abs(now - signedAt) <= SKEW_MILLISECONDS);
  return !(now <= signedAt + it.expiresInSeconds * 1000 && now >= signedAt - SKEW_MILLISECONDS);
}

function millisecondsOf(longDate: string): number {
  return Date.parse(longDate.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
