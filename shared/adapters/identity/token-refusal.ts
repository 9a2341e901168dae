import type { TokenFault } from '../../ports/caller-identity.ts';

/** Why a token does not say who is calling. `detail` is for the operators' log and holds nothing of the token. */
export type TokenRefusal = { readonly fault: TokenFault; readonly detail: string };

/** A token's fault as a value. */
export function refusal(fault: TokenFault, detail: string): TokenRefusal {
  return { fault, detail };
}
