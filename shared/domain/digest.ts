import { canonicalJson } from './canonical-json.ts';
import type { Request } from './elevation.ts';
import type { Hash, Sha256 } from './hash.ts';

/** What approvers approve: SHA-256 over every field of the request. */
export function digestOf(request: Request, sha256: Sha256): Hash {
  return sha256(canonicalJson(request));
}
