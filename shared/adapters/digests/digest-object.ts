import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parseInstant } from '../../domain/instant.ts';
import { isOfZlib } from './content-hash.ts';
import { codeOf } from './error-code.ts';
import type { DigestRead } from './trail-copy.ts';

/** What S3 keeps beside a digest file, its names without `x-amz-meta-`. */
export type DigestMetadata = Readonly<Record<string, string | undefined>>;

/** A digest file lists the log files of an hour, in some 400 bytes each; one that is larger than this is none. */
const LARGEST = 256 * 1024 * 1024;

/** A digest file's bytes and metadata, read. */
export function digestRead(gzip: Uint8Array, metadata: DigestMetadata): DigestRead {
  const content = unzipped(gzip);
  if (content === undefined) return { fault: 'It is no whole gzip file.' };
  const { signature } = metadata;
  const madeAt = parseInstant(metadata['backfill-generation-timestamp'] ?? '');
  return {
    content: content.toString('utf8'),
    hash: createHash('sha256').update(content).digest('hex'),
    ...(signature === undefined ? {} : { signature }),
    ...(madeAt === undefined ? {} : { madeAt }),
  };
}

function unzipped(gzip: Uint8Array): Buffer | undefined {
  try {
    return gunzipSync(gzip, { maxOutputLength: LARGEST });
  } catch (error) {
    if (isOfZlib(error) || codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}
