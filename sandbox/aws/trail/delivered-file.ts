import { createHash } from 'node:crypto';

/** A file that CloudTrail delivers. */
export type DeliveredFile = {
  readonly key: string;
  readonly body: Buffer;
  /** Metadata of its object in S3. */
  readonly metadata: Readonly<Record<string, string>>;
};

/** A log file, with what a digest says of it. */
export type LogFile = DeliveredFile & {
  readonly account: string;
  readonly region: string;
  /** SHA-256 of the content before it was packed, in hexadecimal. */
  readonly hash: string;
  readonly oldest: string;
  readonly newest: string;
};

/** The folder of a day: 2026/11/25. */
export function dayOf(time: string): string {
  return time.slice(0, 10).replaceAll('-', '/');
}

/** SHA-256 of a text in hexadecimal. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
