import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** A trail's bucket as CloudTrail fills it, made by AWS's published formulas and by nothing of the product. */
export type MadeTrail = {
  readonly bucket: string;
  /** The objects by key: a digest file's metadata holds its signature. */
  readonly objects: Map<string, MadeObject>;
  /** The keys of digest files, and of log files, by hour. */
  readonly digests: readonly string[];
  readonly logs: readonly string[];
  /** As `aws cloudtrail list-public-keys` writes it. */
  readonly keyList: { readonly PublicKeyList: readonly { Value: string; Fingerprint: string }[] };
};

export type MadeObject = { readonly body: Buffer; readonly metadata: Readonly<Record<string, string>> };

export const ACCOUNT = '999999999999';
export const REGION = 'eu-central-1';
const BUCKET = 'org-trail';

/** One key pair for all tests of a file: making one takes long. */
const signer = generateKeyPairSync('rsa', { modulusLength: 2048 });
const der = signer.publicKey.export({ format: 'der', type: 'pkcs1' });
const fingerprint = createHash('md5').update(der).digest('hex');

/** SHA-256 in hexadecimal. */
export const hex = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
const stamp = (time: string) => time.replaceAll(/[-:]/g, '');

/** The end of the n-th hour's digest: 2026-11-24T<n+1>:00:31Z. */
const endOf = (hour: number) => `2026-11-24T${String(hour + 1).padStart(2, '0')}:00:31Z`;

export function digestKey(hour: number): string {
  return `AWSLogs/${ACCOUNT}/CloudTrail-Digest/${REGION}/2026/11/24/${ACCOUNT}_CloudTrail-Digest_${REGION}_main_${REGION}_${stamp(endOf(hour))}.json.gz`;
}

export function logKey(hour: number, unique = 'AAAAAAAAAAAAAAAA'): string {
  const time = `20261124T${String(hour).padStart(2, '0')}30Z`;
  return `AWSLogs/${ACCOUNT}/CloudTrail/${REGION}/2026/11/24/${ACCOUNT}_CloudTrail_${REGION}_${time}_${unique}.json.gz`;
}

/** Hours 0 to `hours`-1, each with one log file; the first digest file of all names none before it. */
export function madeTrail(hours: number, changes: { readonly restartAt?: number } = {}): MadeTrail {
  const objects = new Map<string, MadeObject>();
  let previous: Previous | undefined;
  for (let hour = 0; hour < hours; hour += 1) {
    const log = Buffer.from(JSON.stringify({ Records: [{ eventID: `event-${hour}` }] }));
    objects.set(logKey(hour), { body: gzipSync(log), metadata: {} });
    if (changes.restartAt === hour) previous = undefined;
    previous = putDigest(objects, hour, previous, [{ key: logKey(hour), hash: hex(log) }]);
  }
  const keys = [...objects.keys()];
  return {
    bucket: BUCKET,
    objects,
    digests: keys.filter((key) => key.includes('Digest')),
    logs: keys.filter((key) => !key.includes('Digest')),
    keyList: { PublicKeyList: [{ Value: der.toString('base64'), Fingerprint: fingerprint }] },
  };
}

/** What the next digest file says of one. */
type Previous = { readonly key: string; readonly hash: string; readonly signature: string };

/**
 * "CloudTrail digest file structure" for the members; "Custom implementations of CloudTrail log file integrity
 * validation" for what is signed: end time, path, hash of the uncompressed content, signature of the previous digest
 * file or `null`, joined by line feeds.
 */
export function putDigest(
  objects: Map<string, MadeObject>,
  hour: number,
  previous: Previous | undefined,
  logs: readonly { key: string; hash: string }[],
  key = digestKey(hour),
): Previous {
  const content = Buffer.from(
    JSON.stringify({
      awsAccountId: ACCOUNT,
      digestStartTime: endOf(hour - 1),
      digestEndTime: endOf(hour),
      digestS3Bucket: BUCKET,
      digestS3Object: key,
      digestPublicKeyFingerprint: fingerprint,
      digestSignatureAlgorithm: 'SHA256withRSA',
      newestEventTime: null,
      oldestEventTime: null,
      previousDigestS3Bucket: previous ? BUCKET : null,
      previousDigestS3Object: previous?.key ?? null,
      previousDigestHashValue: previous?.hash ?? null,
      previousDigestHashAlgorithm: previous ? 'SHA-256' : null,
      previousDigestSignature: previous?.signature ?? null,
      logFiles: logs.map((log) => ({
        s3Bucket: BUCKET,
        s3Object: log.key,
        hashValue: log.hash,
        hashAlgorithm: 'SHA-256',
        newestEventTime: endOf(hour),
        oldestEventTime: endOf(hour),
      })),
    }),
  );
  const text = `${endOf(hour)}\n${BUCKET}/${key}\n${hex(content)}\n${previous?.signature ?? 'null'}`;
  const signature = sign('RSA-SHA256', Buffer.from(text), signer.privateKey).toString('hex');
  objects.set(key, {
    body: gzipSync(content),
    metadata: { signature, 'signature-algorithm': 'SHA256withRSA' },
  });
  return { key, hash: hex(content), signature };
}
