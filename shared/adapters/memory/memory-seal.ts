import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Seal } from '../../ports/seal.ts';

/** A seal with a key in memory, for tests. */
export function memorySeal(key: string): Seal {
  const macOf = (text: string) => createHmac('sha256', key).update(text, 'utf8').digest();
  return {
    seal: async (text) => macOf(text).toString('base64'),
    async verify(text, mac) {
      const [expected, given] = [Buffer.from(macOf(text).toString('base64')), Buffer.from(mac)];
      return given.length === expected.length && timingSafeEqual(expected, given);
    },
  };
}
