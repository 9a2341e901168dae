import { UnreadableFile } from '../../ports/trail-files.ts';
import type { Candidates } from './candidates.ts';
import { NOT_YET, ValueScanner } from './value-scanner.ts';

/** CloudTrail writes no record of 1 MB; what is larger is no record. */
const LARGEST_RECORD_BYTES = 8 * 1024 * 1024;

const BEGINS_A_VALUE = /["[\dtfn-]/;

/** What may come next in the top-level object. */
type InObject = 'object' | 'first-name' | 'name' | 'colon' | 'value' | 'name-or-end' | 'nothing';
/** What may come next in its Records. */
type InRecords = 'first-record' | 'record' | 'record-or-end';

/**
 * Splits the JSON of a log file, which comes in pieces, into the records of its member `Records`, wherever that stands. It holds
 * the record it is in and no more. A record is taken whole by its brackets and strings; that it is JSON shows when it is parsed.
 */
export class LogSplitter {
  /** Of those that have ended. */
  records = 0;
  readonly #take: (record: Buffer) => void;
  readonly #scanner: ValueScanner;
  #expected: InObject | InRecords = 'object';
  #name = '';
  #found: 'nothing' | 'digest' | 'records' = 'nothing';
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  /** Bytes that came and have not been looked at: a large record is not scanned again for each small piece of it. */
  #waiting: Buffer[] = [];
  #waitingBytes = 0;

  constructor(candidates: Candidates | undefined, take: (record: Buffer) => void) {
    this.#take = take;
    this.#scanner = new ValueScanner(candidates);
  }

  /** Goes on with the next bytes; throws an `UnreadableFile` where they cannot belong to a log file. */
  push(chunk: Buffer): void {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#waitingBytes >= this.#bytes.length - this.#at) this.#read();
  }

  /** All bytes have come. */
  end(): void {
    if (this.#waitingBytes > 0) this.#read();
    if (this.#expected !== 'nothing') throw new UnreadableFile('truncated', 'Its JSON ends in the middle.');
    if (this.#found === 'digest') throw new UnreadableFile('not-a-log-file', 'It is a digest of log files.');
    if (this.#found === 'nothing') throw new UnreadableFile('not-a-log-file', 'It is JSON without Records.');
  }

  #read(): void {
    this.#bytes = joined([this.#bytes.subarray(this.#at), ...this.#waiting]);
    this.#at = 0;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#scanner.load(this.#bytes);
    while (this.#step());
    if (this.#bytes.length - this.#at > LARGEST_RECORD_BYTES) throw this.#tooLarge();
  }

  /** Takes what comes next; false where more bytes are needed for it. */
  #step(): boolean {
    const byte = this.#skipSpace();
    if (byte === undefined) return false;
    const sign = String.fromCharCode(byte);
    switch (this.#expected) {
      case 'record':
        return this.#takeRecord(sign);
      case 'record-or-end':
        return this.#takeSign(sign, { ',': 'record', ']': 'name-or-end' });
      case 'first-record':
        return sign === ']' ? this.#takeSign(sign, { ']': 'name-or-end' }) : this.#takeRecord(sign);
      default:
        return this.#stepInObject(sign, this.#expected);
    }
  }

  #stepInObject(sign: string, expected: InObject): boolean {
    switch (expected) {
      case 'object':
        if (sign === '[') throw new UnreadableFile('not-a-log-file', 'It is a JSON array, and no object.');
        return this.#takeSign(sign, { '{': 'first-name' });
      case 'first-name':
        return sign === '"' ? this.#takeName() : this.#takeSign(sign, { '}': 'nothing' });
      case 'name':
        return sign === '"' ? this.#takeName() : this.#takeSign(sign, {});
      case 'colon':
        return this.#takeSign(sign, { ':': 'value' });
      case 'value':
        return sign === '[' && this.#name === 'Records' ? this.#takeRecords() : this.#takeValue(sign);
      case 'name-or-end':
        return this.#takeSign(sign, { ',': 'name', '}': 'nothing' });
      case 'nothing':
        return this.#takeSign(sign, {});
      default:
        return expected satisfies never;
    }
  }

  #skipSpace(): number | undefined {
    let byte = this.#bytes[this.#at];
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = this.#bytes[++this.#at];
    return byte;
  }

  #takeSign(sign: string, next: { readonly [sign: string]: InObject | InRecords }): boolean {
    const expected = next[sign];
    if (expected === undefined)
      throw new UnreadableFile('not-json', `Its JSON has an error: "${sign}" is not expected there.`);
    this.#expected = expected;
    this.#at++;
    return true;
  }

  #takeName(): boolean {
    const end = this.#scanner.endOfString(this.#at);
    if (end === NOT_YET) return false;
    this.#name = parsed(this.#bytes, this.#at, end) as string;
    if (this.#name === 'digestStartTime' && this.#found === 'nothing') this.#found = 'digest';
    this.#at = end;
    this.#expected = 'colon';
    return true;
  }

  #takeRecords(): boolean {
    if (this.#found === 'records') throw new UnreadableFile('not-a-log-file', 'It has Records twice.');
    this.#found = 'records';
    this.#expected = 'first-record';
    this.#at++;
    return true;
  }

  /** A member that is none of ours: it must be JSON. */
  #takeValue(sign: string): boolean {
    const end = this.#endOfValue(sign);
    if (end === NOT_YET) return false;
    parsed(this.#bytes, this.#at, end);
    this.#at = end;
    this.#expected = 'name-or-end';
    return true;
  }

  #endOfValue(sign: string): number {
    if (sign === '{' || sign === '[') return this.#scanner.endOfNested(this.#at);
    if (sign === '"') return this.#scanner.endOfString(this.#at);
    let end = this.#at;
    while (end < this.#bytes.length && !isEndOfWord(this.#bytes[end])) end++;
    return end === this.#bytes.length ? NOT_YET : end;
  }

  #takeRecord(sign: string): boolean {
    if (sign !== '{') {
      if (!BEGINS_A_VALUE.test(sign)) return this.#takeSign(sign, {});
      throw new UnreadableFile('bad-record', `Its record ${this.records + 1} is no object.`);
    }
    const end = this.#scanner.endOfNested(this.#at);
    if (end === NOT_YET) return false;
    this.records++;
    if (this.#scanner.isCandidate(this.#at, end)) this.#take(this.#bytes.subarray(this.#at, end));
    this.#at = end;
    this.#expected = 'record-or-end';
    return true;
  }

  #tooLarge(): UnreadableFile {
    return new UnreadableFile('bad-record', `Its record ${this.records + 1} is larger than 8 MB.`);
  }
}

/** A file that came in one piece is not copied. */
function joined(pieces: readonly Buffer[]): Buffer {
  const [first, ...others] = pieces.filter(({ length }) => length > 0);
  return first === undefined || others.length > 0 ? Buffer.concat(pieces) : first;
}

function isEndOfWord(byte: number | undefined): boolean {
  return byte === 0x2c || byte === 0x7d || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function parsed(bytes: Buffer, from: number, to: number): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', from, to));
  } catch {
    throw new UnreadableFile('not-json', 'Its JSON has an error beside the records.');
  }
}
