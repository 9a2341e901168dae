import type { JWTPayload } from 'jose';
import type { OidcProvider } from '../../domain/access.ts';
import type { MfaProof } from '../../domain/caller.ts';
import { earlier, type Instant, instant } from '../../domain/instant.ts';
import { SKEW_SECONDS } from './skew.ts';

/**
 * How a token proves MFA: by any value that the access file lists for its provider, at its `auth_time`. What is absent
 * or malformed proves nothing.
 */
export function mfaProofOf(claims: JWTPayload, accepted: OidcProvider['mfa'], now: Instant): MfaProof {
  const evidence = evidenceIn(claims, accepted);
  const at = authenticatedAt(claims['auth_time'], now);
  return evidence === undefined || at === undefined ? { kind: 'absent' } : { kind: 'token', evidence, at };
}

/** The first listed value, as `amr:hwk`. */
function evidenceIn(claims: JWTPayload, accepted: OidcProvider['mfa']): string | undefined {
  const carried = {
    amr: texts(claims['amr']), // RFC 8176: a JSON array; "[pwd mfa]" as one string is not one
    acr: texts([claims['acr']]), // OpenID Connect Core, section 2: one string
    acrs: texts([claims['acrs']].flat()), // Entra's authentication contexts: one string or an array
  };
  return (['amr', 'acr', 'acrs'] as const)
    .flatMap((claim) => carried[claim].filter((v) => accepted[claim].includes(v)).map((v) => `${claim}:${v}`))
    .at(0);
}

/** The values of an array of strings; none where it is anything else. */
function texts(value: unknown): readonly string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string') ? value : [];
}

/** `auth_time` in whole seconds since 1970; one just ahead of our clock counts as now, one beyond the skew not at all. */
function authenticatedAt(seconds: unknown, now: Instant): Instant | undefined {
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds < 0) return undefined;
  if (seconds * 1000 > now + SKEW_SECONDS * 1000) return undefined;
  return earlier(instant(seconds * 1000), now);
}
