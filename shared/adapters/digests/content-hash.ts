import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { codeOf } from './error-code.ts';

/**
 * SHA-256 of what is in a gzip file, in hexadecimal, a piece at a time; undefined where it is no whole gzip file.
 * CloudTrail hashes the uncompressed content ("Validate log files", step 1, of its guide to custom implementations).
 */
export async function contentHash(gzip: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    await pipeline(gzip, createGunzip(), async (content: AsyncIterable<Uint8Array>) => {
      for await (const piece of content) hash.update(piece);
    });
  } catch (error) {
    if (isOfZlib(error)) return undefined;
    throw error;
  }
  return hash.digest('hex');
}

/** Whether the error says that the bytes are no gzip file, and not that they could not be read. */
export function isOfZlib(error: unknown): boolean {
  return codeOf(error)?.startsWith('Z_') ?? false;
}
