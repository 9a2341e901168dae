import type { Caller } from '../domain/caller.ts';

/** Why a token does not say who is calling; stable codes. */
export type TokenFault =
  | 'malformed'
  | 'unknown-issuer'
  | 'wrong-audience'
  | 'not-an-access-token'
  | 'algorithm-not-allowed'
  | 'bad-signature'
  | 'expired'
  | 'not-yet-valid'
  | 'missing-claim'
  | 'keys-unavailable'
  | 'unknown-person';

/** Who a token says is calling. */
export type TokenVerifier = (
  token: string,
) => Promise<Caller | { readonly fault: TokenFault; readonly detail: string }>;
