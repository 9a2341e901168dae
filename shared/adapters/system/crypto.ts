import { createHash, randomBytes as random } from 'node:crypto';
import type { Hash, Sha256 } from '../../domain/hash.ts';
import type { RandomBytes } from '../../ports/randomness.ts';

/** SHA-256 over UTF-8, in hexadecimal. */
export const sha256: Sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex') as Hash;

/** Bytes from the operating system's generator. */
export const randomBytes: RandomBytes = (count) => random(count);
