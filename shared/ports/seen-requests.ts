import type { Hash } from '../domain/hash.ts';
import type { Instant } from '../domain/instant.ts';

/** Remembers requests, so that none is taken twice. */
export type SeenRequests = {
  /** Whether the request comes for the first time; it is remembered at least until then. */
  isFirst(request: Hash, until: Instant): Promise<boolean>;
};
