import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWTHeaderParameters,
  type JWTPayload,
  jwtVerify,
} from 'jose';
import type { Instant } from '../../domain/instant.ts';
import type { KeyOf } from './issuer-keys.ts';
import { SKEW_SECONDS } from './skew.ts';
import { refusal, type TokenRefusal } from './token-refusal.ts';

/** Asymmetric only: whoever can verify a token must not be able to make one. */
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];

/** API Gateway takes 10,240 bytes of headers in all. */
const LONGEST_TOKEN = 8192;

/** What a token says before anything of it is proved: good for finding its issuer's keys, and for nothing else. */
export type Unproved = { readonly issuer: string; readonly signedWith: JWTHeaderParameters };

/** What a token says, signed by its issuer and valid now. */
export type Signed = {
  readonly header: JWTHeaderParameters;
  readonly claims: JWTPayload;
  readonly subject: string;
};

/** Who says to have issued the token, and with which key. */
export function unproved(token: string): Unproved | TokenRefusal {
  if (token.length > LONGEST_TOKEN) return refusal('malformed', 'The token is longer than 8 KB.');
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    const { iss } = decodeJwt(token);
    if (typeof iss !== 'string') return refusal('missing-claim', 'The token has no iss.');
    if (alg === undefined || !ALGORITHMS.includes(alg)) return algorithmRefused();
    return { issuer: iss, signedWith: kid === undefined ? { alg } : { alg, kid } };
  } catch {
    return refusal('malformed', 'This is no JWT in three parts.');
  }
}

/** Verifies the signature and the times of a token; both ends of its life may be off by the skew. */
export async function signedClaims(
  token: string,
  { issuer, signedWith }: Unproved,
  keyOf: KeyOf,
  now: Instant,
): Promise<Signed | TokenRefusal> {
  const key = await keyOf(signedWith);
  if ('fault' in key) return key;
  try {
    const { protectedHeader, payload } = await jwtVerify(token, key, {
      issuer,
      algorithms: ALGORITHMS,
      currentDate: new Date(now),
      clockTolerance: SKEW_SECONDS,
      requiredClaims: ['exp', 'iat', 'sub'],
    });
    return whole(protectedHeader, payload, now);
  } catch (cause) {
    return whyRefused(cause);
  }
}

function whole(header: JWTHeaderParameters, claims: JWTPayload, now: Instant): Signed | TokenRefusal {
  const { iat = 0, sub } = claims;
  if (typeof sub !== 'string' || sub === '') return refusal('missing-claim', 'The token has no sub.');
  if (iat > Math.floor(now / 1000) + SKEW_SECONDS) {
    return refusal('not-yet-valid', 'The token was issued in the future.');
  }
  return { header, claims, subject: sub };
}

/** NB. The library's messages hold no value of the token, only names of claims; its errors hold the payload. */
function whyRefused(cause: unknown): TokenRefusal {
  if (cause instanceof errors.JWTExpired) return refusal('expired', 'The token has expired.');
  if (cause instanceof errors.JWTClaimValidationFailed) return claimRefused(cause);
  if (cause instanceof errors.JOSEAlgNotAllowed) return algorithmRefused();
  if (cause instanceof errors.JWSSignatureVerificationFailed) {
    return refusal('bad-signature', "The signature is not that of the issuer's key.");
  }
  if (cause instanceof errors.JOSEError) return refusal('malformed', cause.message);
  throw cause;
}

function claimRefused({ claim, reason }: errors.JWTClaimValidationFailed): TokenRefusal {
  if (reason === 'missing') return refusal('missing-claim', `The token has no ${claim}.`);
  if (claim === 'nbf' && reason === 'check_failed') {
    return refusal('not-yet-valid', 'The token is not valid yet.');
  }
  return refusal('malformed', `The token's ${claim} is not what it must be.`);
}

function algorithmRefused(): TokenRefusal {
  return refusal('algorithm-not-allowed', `The token must be signed with ${ALGORITHMS.join(', ')}.`);
}
