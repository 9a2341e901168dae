import type { JWTHeaderParameters, JWTPayload } from 'jose';
import type { OidcProvider } from '../../domain/access.ts';

/** RFC 9068, section 2.1. */
const ACCESS_TOKEN_TYPES = ['at+jwt', 'application/at+jwt'];

/** OpenID Connect Core, sections 2, 3.1.3.6 and 3.3.2.11: what ties an ID token to one sign-in. */
const ID_TOKEN_CLAIMS = ['nonce', 'at_hash', 'c_hash'];

/** What an access token was granted: `scope` in RFC 9068, `scp` at Okta and Entra. */
const GRANT_CLAIMS = ['scope', 'scp'];

/**
 * Whether a token was made for an API, and not to tell a client who has signed in.
 *
 * Not every provider marks its access tokens as RFC 9068 does: Okta's and Cognito's have no `typ`, Entra's and Auth0's
 * have `JWT`, as ID tokens do. Theirs count when they carry a scope, which ID tokens never do, or Cognito's
 * `token_use: access`, which they must where they are accepted by their client. Everything else is refused.
 */
export function isAccessToken(
  { accepts }: OidcProvider,
  { typ }: JWTHeaderParameters,
  claims: JWTPayload,
): boolean {
  const use = claims['token_use'];
  if (ID_TOKEN_CLAIMS.some((claim) => claim in claims)) return false;
  if (use !== undefined || accepts.claim === 'client_id') return use === 'access' && isPlain(typ);
  return isMarked(typ) || (isPlain(typ) && GRANT_CLAIMS.some((claim) => claim in claims));
}

function isMarked(typ: unknown): boolean {
  return typeof typ === 'string' && ACCESS_TOKEN_TYPES.includes(typ.toLowerCase());
}

function isPlain(typ: unknown): boolean {
  return typ === undefined || (typeof typ === 'string' && typ.toLowerCase() === 'jwt');
}
