import type { Brand } from './brand.ts';

/** An elevation's id: 128 bits as 26 characters of Crockford's base32. */
export type ElevationId = Brand<string, 'ElevationId'>;

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** An id as it is written, or undefined where the text is none. */
export function parseElevationId(text: string): ElevationId | undefined {
  return ID.test(text) ? (text as ElevationId) : undefined;
}

/** The id of 16 bytes, random ones or the beginning of a hash. */
export function elevationIdOf(bytes: Uint8Array): ElevationId {
  if (bytes.length !== 16) throw new TypeError(`An elevation id is made of 16 bytes, not ${bytes.length}.`);
  let number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = '';
  for (let character = 0; character < 26; character++) {
    text = `${ALPHABET[Number(number & 31n)]}${text}`;
    number >>= 5n;
  }
  return text as ElevationId;
}
