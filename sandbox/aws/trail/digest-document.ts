import { dayOf, type LogFile } from './delivered-file.ts';

/** A digest file that was delivered, as the next one names it. */
export type PreviousDigest = { readonly key: string; readonly hash: string; readonly signature: string };

/** What a digest file is about: the log files that were delivered for an account and Region within an hour. */
export type DigestHour = {
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  /** RFC 3339, whole seconds. */
  readonly start: string;
  readonly end: string;
  readonly fingerprint: string;
  /** Absent for the first of a chain. */
  readonly previous: PreviousDigest | undefined;
  readonly logFiles: readonly LogFile[];
};

/** CloudTrail User Guide, "CloudTrail digest file structure"; without a previous digest, what names it is null. */
export function digestDocument(hour: DigestHour, key: string): Readonly<Record<string, unknown>> {
  const { account, bucket, start, end, fingerprint, previous, logFiles } = hour;
  return {
    awsAccountId: account,
    digestStartTime: start,
    digestEndTime: end,
    digestS3Bucket: bucket,
    digestS3Object: key,
    digestPublicKeyFingerprint: fingerprint,
    digestSignatureAlgorithm: 'SHA256withRSA',
    newestEventTime:
      logFiles
        .map(({ newest }) => newest)
        .sort()
        .at(-1) ?? null,
    oldestEventTime: logFiles.map(({ oldest }) => oldest).sort()[0] ?? null,
    previousDigestS3Bucket: previous === undefined ? null : bucket,
    previousDigestS3Object: previous?.key ?? null,
    previousDigestHashValue: previous?.hash ?? null,
    previousDigestHashAlgorithm: previous === undefined ? null : 'SHA-256',
    previousDigestSignature: previous?.signature ?? null,
    logFiles: logFiles.map((file) => ({
      s3Bucket: bucket,
      s3Object: file.key,
      hashValue: file.hash,
      hashAlgorithm: 'SHA-256',
      newestEventTime: file.newest,
      oldestEventTime: file.oldest,
    })),
  };
}

/** The key of a digest file; the last Region is the trail's own ("Digest file location"). */
export function digestKey(
  { account, region, end }: Pick<DigestHour, 'account' | 'region' | 'end'>,
  {
    prefix,
    name,
    homeRegion,
  }: { readonly prefix: string; readonly name: string; readonly homeRegion: string },
): string {
  const at = end.replace(/[-:]/g, '');
  return `${prefix}${account}/CloudTrail-Digest/${region}/${dayOf(end)}/${account}_CloudTrail-Digest_${region}_${name}_${homeRegion}_${at}.json.gz`;
}

/**
 * What is signed of a digest file ("Custom implementations of CloudTrail log file integrity validation"). Of the first
 * of a chain the guide does not say what stands for the signature that there is not; the AWS CLI expects the word null.
 */
export function textToSign(hour: DigestHour, key: string, hash: string): string {
  return [hour.end, `${hour.bucket}/${key}`, hash, hour.previous?.signature ?? 'null'].join('\n');
}
