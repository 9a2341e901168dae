import type { RequestRate } from '../../ports/request-rate.ts';

/** Counts in memory, for tests. */
export function memoryRate(): RequestRate {
  const counts = new Map<string, number>();
  return {
    async count(person, { from }, limit) {
      const key = `${person} ${from}`;
      const count = counts.get(key) ?? 0;
      if (count >= limit) return false;
      counts.set(key, count + 1);
      return true;
    },
  };
}
