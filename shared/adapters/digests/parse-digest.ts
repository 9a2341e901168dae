import * as z from 'zod/mini';
import { type Instant, parseInstant } from '../../domain/instant.ts';
import { jsonIn } from '../../domain/json-in.ts';
import type { Digest } from '../../domain/trail/digest.ts';

const Hex = z.string().check(z.regex(/^[0-9a-f]+$/i));
const Sha256Hex = z.string().check(z.regex(/^[0-9a-f]{64}$/i));
const Time = z.string().check(z.refine((text) => parseInstant(text) !== undefined, 'no RFC 3339 time'));

const LogFile = z.object({
  s3Bucket: z.string(),
  s3Object: z.string(),
  hashValue: Sha256Hex,
  hashAlgorithm: z.literal('SHA-256'),
});

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html */
const DigestFile = z.object({
  awsAccountId: z.string(),
  digestStartTime: Time,
  digestEndTime: Time,
  digestS3Bucket: z.string(),
  digestS3Object: z.string(),
  digestPublicKeyFingerprint: z.string(),
  digestSignatureAlgorithm: z.literal('SHA256withRSA'),
  previousDigestS3Bucket: z.optional(z.nullable(z.string())),
  previousDigestS3Object: z.optional(z.nullable(z.string())),
  previousDigestHashValue: z.optional(z.nullable(Sha256Hex)),
  previousDigestHashAlgorithm: z.optional(z.nullable(z.literal('SHA-256'))),
  previousDigestSignature: z.optional(z.nullable(Hex)),
  logFiles: z.array(LogFile),
});
type DigestFile = z.output<typeof DigestFile>;

/** A digest file's content, or a sentence that says why it is none. */
export function parseDigest(content: string): Digest | { readonly fault: string } {
  const value = jsonIn(content);
  if (value === undefined) return { fault: 'It is no JSON.' };
  const parsed = DigestFile.safeParse(value);
  if (!parsed.success) return { fault: `It is no digest file: ${z.prettifyError(parsed.error)}` };
  return digestOf(parsed.data);
}

function digestOf(file: DigestFile): Digest | { readonly fault: string } {
  const previous = previousOf(file);
  if (previous === 'in part') return { fault: 'It names the digest file before it in part only.' };
  return {
    account: file.awsAccountId,
    from: timeOf(file.digestStartTime),
    until: timeOf(file.digestEndTime),
    end: file.digestEndTime,
    bucket: file.digestS3Bucket,
    key: file.digestS3Object,
    fingerprint: file.digestPublicKeyFingerprint,
    ...(previous === undefined ? {} : { previous }),
    logFiles: file.logFiles.map(({ s3Bucket, s3Object, hashValue }) => ({
      bucket: s3Bucket,
      key: s3Object,
      hash: hashValue.toLowerCase(),
    })),
  };
}

/** The first of a chain names none: each member is null. */
function previousOf(file: DigestFile): Digest['previous'] | 'in part' {
  const [bucket, key, hash, signature] = [
    file.previousDigestS3Bucket ?? undefined,
    file.previousDigestS3Object ?? undefined,
    file.previousDigestHashValue?.toLowerCase(),
    file.previousDigestSignature ?? undefined,
  ];
  if (bucket !== undefined && key !== undefined && hash !== undefined && signature !== undefined) {
    return { bucket, key, hash, signature };
  }
  return [bucket, key, hash, signature].every((one) => one === undefined) ? undefined : 'in part';
}

function timeOf(text: string): Instant {
  const at = parseInstant(text);
  if (at === undefined) throw new TypeError(`Not a time, though it was checked to be one: ${text}`);
  return at;
}
