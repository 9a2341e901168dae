import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import type { Sha256 } from '../../domain/hash.ts';
import type { Watched } from '../../domain/trail/places.ts';
import { type TrailFile, type TrailFiles, UnreadableFile } from '../../ports/trail-files.ts';
import { candidatesFor } from './candidates.ts';
import { readLog } from './read-log.ts';

/**
 * Log files in S3, of which only what can be ours is parsed. What S3 refuses for now is thrown as it is. Region, credentials and
 * endpoint come from the SDK's own variables.
 */
export function s3TrailFiles(watched: Watched, sha256: Sha256): TrailFiles {
  const client = new S3Client({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  });
  const only = candidatesFor(watched);
  return {
    async read(file, take) {
      return readLog(await bodyOf(client, file), { only, sha256, take });
    },
  };
}

async function bodyOf(client: S3Client, { bucket, key }: TrailFile): Promise<AsyncIterable<Uint8Array>> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    // In Node the SDK's body is a stream of Node.
    return Body as unknown as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (error instanceof NoSuchKey) throw new UnreadableFile('gone', `There is no ${key} in ${bucket}.`);
    throw error;
  }
}
