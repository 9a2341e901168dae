import type { SkipReason, TrailRecord } from '../domain/trail/record.ts';

/** Where a log file is. */
export type TrailFile = { readonly bucket: string; readonly key: string };

/** What came of reading a file to its end. */
export type FileRead = {
  readonly records: number;
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
};

/** A file that is no whole CloudTrail log file; to read it again does not help. */
export class UnreadableFile extends Error {
  /** `gone`: there is no such object; the others say what is wrong with it. */
  readonly reason: 'gone' | 'not-gzip' | 'truncated' | 'not-json' | 'not-a-log-file' | 'bad-record';
  constructor(reason: UnreadableFile['reason'], detail: string) {
    super(detail);
    this.name = 'UnreadableFile';
    this.reason = reason;
  }
}

/** Reads log files, a piece at a time: memory does not grow with the file. */
export type TrailFiles = {
  /**
   * Hands each record that can be ours to `take`, one after the other, and says what the file held. Throws an `UnreadableFile` where the
   * file is none, possibly after records have been handed on.
   */
  read(file: TrailFile, take: (record: TrailRecord) => void): Promise<FileRead>;
};
