import { createHmac } from 'node:crypto';

const STEP_SECONDS = 30;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The six digits that a virtual MFA device shows at a time: RFC 6238 with SHA-1, as AWS's devices do. */
export function codeAt(seed: string, milliseconds: number): string {
  return codeOfStep(seed, stepAt(milliseconds));
}

/** The time step of a code, at most one step from the present one; undefined where it is no code of now. */
export function stepOfCode(seed: string, code: string, milliseconds: number): number | undefined {
  const now = stepAt(milliseconds);
  return [now, now - 1, now + 1].find((step) => step >= 0 && codeOfStep(seed, step) === code);
}

function stepAt(milliseconds: number): number {
  return Math.floor(milliseconds / 1000 / STEP_SECONDS);
}

/** RFC 4226, section 5.3. */
function codeOfStep(seed: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', fromBase32(seed)).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** RFC 4648, section 6. */
function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (it) => BASE32.indexOf(it).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
