import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, gunzipSync } from 'node:zlib';
import { UnreadableFile } from '../../ports/trail-files.ts';

/** A file up to so many bytes, and its contents up to so many, are unpacked in one piece: nine of ten log files are. */
export const AT_ONCE = { packed: 1024 * 1024, unpacked: 16 * 1024 * 1024 };
const CHUNK_BYTES = 64 * 1024;

/**
 * Hands on the contents of a gzip file, which comes in pieces, piece by piece. Throws an `UnreadableFile` where it is none, or
 * ends too early; possibly after contents have been handed on.
 */
export async function gunzip(
  source: AsyncIterable<Uint8Array>,
  push: (chunk: Buffer) => void,
  atOnce = AT_ONCE,
): Promise<void> {
  const pieces = source[Symbol.asyncIterator]();
  const { start, isAll } = await startOf(pieces, atOnce.packed);
  const whole = isAll ? gunzippedAtOnce(start, atOnce.unpacked) : undefined;
  if (whole !== undefined) return push(whole);
  await pipeline(
    Readable.from(continued(start, pieces)),
    createGunzip({ chunkSize: CHUNK_BYTES }),
    async (chunks) => {
      for await (const chunk of chunks) push(chunk);
    },
  ).catch(asUnreadable);
}

async function startOf(
  pieces: AsyncIterator<Uint8Array>,
  bytes: number,
): Promise<{ readonly start: Buffer; readonly isAll: boolean }> {
  const read: Uint8Array[] = [];
  for (let left = bytes; left >= 0; ) {
    const { done, value } = await pieces.next();
    if (done) return { start: joined(read), isAll: true };
    read.push(value);
    left -= value.length;
  }
  return { start: joined(read), isAll: false };
}

/** What came in one piece is not copied. */
function joined(pieces: readonly Uint8Array[]): Buffer {
  const [first, ...others] = pieces;
  if (first === undefined || others.length > 0) return Buffer.concat(pieces);
  return Buffer.from(first.buffer, first.byteOffset, first.byteLength);
}

async function* continued(start: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield start;
  yield* { [Symbol.asyncIterator]: () => rest };
}

/** Undefined where the contents are larger. */
function gunzippedAtOnce(packed: Buffer, maxOutputLength: number): Buffer | undefined {
  try {
    return gunzipSync(packed, { maxOutputLength, chunkSize: likelySize(packed, maxOutputLength) });
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return undefined;
    return asUnreadable(error);
  }
}

/**
 * The size of the contents as the last four bytes say it, for the memory to be taken once; what comes is right also where they
 * lie. One more, since zlib goes on until room is left. RFC 1952, section 2.3.1: ISIZE.
 */
function likelySize(packed: Buffer, most: number): number {
  const said = packed.length < 4 ? 0 : packed.readUInt32LE(packed.length - 4) + 1;
  return Math.max(constants.Z_MIN_CHUNK, Math.min(said, most));
}

/** What zlib says of bytes that are no gzip, or not all of one (its codes are those of zlib.h). */
function asUnreadable(error: unknown): never {
  switch (codeOf(error)) {
    case 'Z_BUF_ERROR':
      throw new UnreadableFile('truncated', 'It ends in the middle of its gzip.');
    case 'Z_DATA_ERROR':
      throw new UnreadableFile('not-gzip', 'It is no gzip, or its bytes are damaged.');
    default:
      throw error;
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
