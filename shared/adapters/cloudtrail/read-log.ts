import type { Sha256 } from '../../domain/hash.ts';
import type { SkipReason, TrailRecord } from '../../domain/trail/record.ts';
import { type FileRead, UnreadableFile } from '../../ports/trail-files.ts';
import type { Candidates } from './candidates.ts';
import { gunzip } from './gunzip.ts';
import { LogSplitter } from './log-splitter.ts';
import { parseRecord } from './parse-record.ts';

/** What a log file is read with. */
export type LogReading = {
  /** Only records that can be ours are parsed, and looked at for faults; where absent, all. */
  readonly only?: Candidates | undefined;
  readonly sha256: Sha256;
  readonly take: (record: TrailRecord) => void;
};

/** Reads a log file as S3 delivers it, in gzip; see `TrailFiles`. */
export async function readLog(file: AsyncIterable<Uint8Array>, reading: LogReading): Promise<FileRead> {
  const reader = new LogReader(reading);
  await gunzip(file, (chunk) => reader.push(chunk));
  return reader.end();
}

/** Reads a log file that has been unpacked. */
export async function readPlainLog(file: AsyncIterable<Uint8Array>, reading: LogReading): Promise<FileRead> {
  const reader = new LogReader(reading);
  for await (const chunk of file) reader.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  return reader.end();
}

/** Parses the records of the JSON that is pushed to it, and counts them. */
export class LogReader {
  readonly #reading: LogReading;
  readonly #splitter: LogSplitter;
  readonly #skipped: { [Reason in SkipReason]?: number } = {};

  constructor(reading: LogReading) {
    this.#reading = reading;
    this.#splitter = new LogSplitter(reading.only, (record) => this.#takeRecord(record));
  }

  push(chunk: Buffer): void {
    this.#splitter.push(chunk);
  }

  end(): FileRead {
    this.#splitter.end();
    return { records: this.#splitter.records, skipped: this.#skipped };
  }

  #takeRecord(bytes: Buffer): void {
    const parsed = parseRecord(this.#jsonOf(bytes), this.#reading.sha256);
    if ('fault' in parsed) throw this.#badRecord(parsed.fault);
    if ('skipped' in parsed) this.#skipped[parsed.skipped] = (this.#skipped[parsed.skipped] ?? 0) + 1;
    else this.#reading.take(parsed);
  }

  #jsonOf(bytes: Buffer): unknown {
    try {
      return JSON.parse(bytes.toString('utf8'));
    } catch {
      throw this.#badRecord('It is not JSON.');
    }
  }

  #badRecord(fault: string): UnreadableFile {
    return new UnreadableFile('bad-record', `Its record ${this.#splitter.records} cannot be read. ${fault}`);
  }
}
