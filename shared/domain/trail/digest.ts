import type { Instant } from '../instant.ts';

/**
 * A digest file: what CloudTrail delivered in about an hour, signed, and chained to the digest file before it.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export type Digest = {
  readonly account: string;
  readonly from: Instant;
  readonly until: Instant;
  /** `until` as the file writes it, since it is signed as a text. */
  readonly end: string;
  /** Where CloudTrail put the file. */
  readonly bucket: string;
  readonly key: string;
  /** Of the public key that verifies it. */
  readonly fingerprint: string;
  /** Absent in the first of a chain. */
  readonly previous?: PreviousDigest;
  readonly logFiles: readonly ListedLogFile[];
};

/** What a digest file says of the one before it. */
export type PreviousDigest = {
  readonly bucket: string;
  readonly key: string;
  /** SHA-256 of its uncompressed content, in hexadecimal. */
  readonly hash: string;
  /** In hexadecimal. */
  readonly signature: string;
};

/** A log file as a digest file lists it. */
export type ListedLogFile = {
  readonly bucket: string;
  readonly key: string;
  /** SHA-256 of its uncompressed content, in hexadecimal. */
  readonly hash: string;
};

/** A digest file as it was found. */
export type FoundDigest = {
  /** Where it was; a copy on a disk has no bucket, and may lack what came before `AWSLogs/` in its key. */
  readonly at: { readonly bucket?: string; readonly key: string };
  readonly digest: Digest;
  /** SHA-256 of its uncompressed content, in hexadecimal. */
  readonly hash: string;
  /** From the metadata of the object, in hexadecimal; a copy on a disk has lost it. */
  readonly signature?: string;
  /** By the public key of the digest's fingerprint; absent where no such key is known. */
  readonly verify?: VerifySignature;
};

/** Whether the signature, in hexadecimal, is that of the text: SHA-256 with RSA. */
export type VerifySignature = (text: string, signature: string) => boolean;

/** What CloudTrail signs: "Custom implementations of CloudTrail log file integrity validation", section D. */
export function signedText({ digest, hash }: Pick<FoundDigest, 'digest' | 'hash'>): string {
  const { end, bucket, key, previous } = digest;
  return [end, `${bucket}/${key}`, hash, previous?.signature ?? 'null'].join('\n');
}
