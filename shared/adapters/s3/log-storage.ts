import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { LogEntry } from '../../domain/log-entry.ts';
import type { AuditLogStorage } from '../../ports/audit-log.ts';

type Target = { readonly Bucket: string; readonly Key: string };

/** How often a put that met another one at the same moment is made. */
const MOST_TRIES = 5;

/**
 * Keeps each entry of the audit log as an object of its own, which is never replaced. Region, credentials and endpoint
 * come from the SDK's own variables.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function s3LogStorage(bucket: string): AuditLogStorage {
  const client = new S3Client({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true },
  });
  return {
    async put(entry) {
      const target = { Bucket: bucket, Key: keyOf(entry) };
      const text = canonicalJson(entry);
      if (await isNew(client, target, text)) return;
      if ((await stored(client, target)) !== text) throw new Error(tampered(target, entry));
    },
  };
}

function keyOf({ n }: LogEntry): string {
  return `entries/${String(n).padStart(12, '0')}.json`;
}

/** Puts the object, unless there is one; whether it did. */
async function isNew(client: S3Client, target: Target, text: string): Promise<boolean> {
  for (let left = MOST_TRIES - 1; ; left--) {
    try {
      await client.send(putUnlessThere(target, text));
      return true;
    } catch (error) {
      if (nameOf(error) === 'PreconditionFailed') return false;
      // S3 has judged neither of two puts that met, so the put is to be made again.
      if (nameOf(error) !== 'ConditionalRequestConflict' || left === 0) throw error;
    }
  }
}

/** NB. Object Lock takes only objects that come with a checksum. */
function putUnlessThere(target: Target, text: string): PutObjectCommand {
  return new PutObjectCommand({
    ...target,
    Body: text,
    ContentType: 'application/json',
    IfNoneMatch: '*',
    ChecksumAlgorithm: 'SHA256',
  });
}

async function stored(client: S3Client, target: Target): Promise<string | undefined> {
  const { Body } = await client.send(new GetObjectCommand(target));
  return Body?.transformToString('utf-8');
}

function nameOf(error: unknown): string | undefined {
  return error instanceof S3ServiceException ? error.name : undefined;
}

function tampered({ Bucket, Key }: Target, { n }: LogEntry): string {
  return (
    `Entry ${n} of the audit log is another one than ${Key} in ${Bucket}: the log or its head was tampered with. ` +
    'Compare the versions of the object with the head in the table, and find out who wrote them.'
  );
}
