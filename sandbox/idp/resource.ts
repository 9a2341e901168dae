import type { ResourceServer } from 'oidc-provider';
import type { SigningAlgorithm } from './keys.ts';

/** The API as a resource of the provider (RFC 8707 wants a URI). */
export const RESOURCE = 'urn:drawbridge';

/** The API's access tokens: JWTs as RFC 9068 has them, for the audience of the access file. */
export function resourceServer(alg: SigningAlgorithm = 'RS256'): ResourceServer {
  return {
    audience: 'drawbridge',
    scope: 'drawbridge',
    accessTokenFormat: 'jwt',
    accessTokenTTL: 3600,
    jwt: { sign: { alg } },
  };
}
