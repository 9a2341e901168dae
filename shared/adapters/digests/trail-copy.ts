import type { Instant } from '../../domain/instant.ts';
import type { ListedLogFile } from '../../domain/trail/digest.ts';

/** Which part of a trail is looked at; what is absent does not limit it. */
export type TrailPart = {
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  readonly from?: Instant;
  readonly until?: Instant;
};

/** Where a file of a trail is; a copy on a disk has no bucket, and its key begins with `AWSLogs/`. */
export type FileAt = { readonly bucket?: string; readonly key: string };

/** A digest file that has been read: its uncompressed content, and its signature where that is at hand. */
export type DigestRead =
  | {
      readonly content: string;
      /** SHA-256 of the content's bytes, in hexadecimal. */
      readonly hash: string;
      readonly signature?: string;
      /** When a digest file that was made afterwards was made: its key is of that time. */
      readonly madeAt?: Instant;
    }
  | { readonly fault: string };

/** A trail's files, where CloudTrail put them or copied from there. */
export type TrailCopy = {
  /** The digest files, those of one chain in the order of time. */
  digests(): AsyncIterable<FileAt>;
  readDigest(at: FileAt): Promise<DigestRead>;
  /** SHA-256 of a log file's uncompressed content, in hexadecimal. */
  hashOf(file: ListedLogFile): Promise<{ readonly hash: string } | 'missing' | 'unreadable'>;
  /** The log files that are there. */
  logs(): AsyncIterable<FileAt>;
};
