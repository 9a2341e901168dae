import type { Hash } from '../../domain/hash.ts';
import type { SeenRequests } from '../../ports/seen-requests.ts';

/** Remembers requests in memory, for tests. */
export function memorySeenRequests(): SeenRequests {
  const seen = new Set<Hash>();
  return {
    async isFirst(request) {
      const isFirst = !seen.has(request);
      seen.add(request);
      return isFirst;
    },
  };
}
