import { createHash } from 'node:crypto';

/** Makes so many random bytes. */
export type Randomness = (bytes: number) => Buffer;

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The unique id of an entity that the world begins with, the same at every start: AROA…, AIDA…. */
export function idOf(prefix: 'AIDA' | 'AROA', arn: string): string {
  return prefix + base32(createHash('sha256').update(arn).digest(), 17);
}

/** A new unique id or access key id: AROA…, ASIA…. */
export function newId(prefix: 'AROA' | 'ASIA', random: Randomness): string {
  const length = prefix === 'ASIA' ? 16 : 17;
  return prefix + base32(random(length), length);
}

/** A request or event id: a version 4 UUID. */
export function newUuid(random: Randomness): string {
  const bytes = random(16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function base32(bytes: Buffer, length: number): string {
  return Array.from(bytes.subarray(0, length), (byte) => BASE32.charAt(byte % 32)).join('');
}
