import type { Instant } from '../../domain/instant.ts';
import type { CheckMark } from '../../ports/check-mark.ts';

/** Remembers in memory up to when sessions have been checked. */
export function memoryCheckMark(): CheckMark {
  let until: Instant | undefined;
  return {
    read: async () => until,
    async write(checked) {
      until = checked;
    },
  };
}
