import { type Candidates, CLAIM } from './candidates.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PLUS = 0x2b;

/** What a byte outside of strings does to the depth of nesting. */
const NESTING = new Int8Array(256);
for (const bracket of '{[') NESTING[bracket.charCodeAt(0)] = 1;
for (const bracket of '}]') NESTING[bracket.charCodeAt(0)] = -1;

/** The end is not among the bytes. */
export const NOT_YET = -1;

/**
 * Finds the ends of JSON objects, arrays and strings in bytes of UTF-8, and on the way what their texts show. It reads each
 * byte once and makes nothing of the values: nine of ten records need no more than this.
 */
export class ValueScanner {
  readonly #candidates: Candidates | undefined;
  /** What the texts of the value that is being read show. */
  #shown = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #lastQuote = NOT_YET;
  // The first of its kind from where the scanner is. Found ahead, by a search that is far faster than a loop.
  #backslash = 0;
  #claim = 0;

  constructor(candidates: Candidates | undefined) {
    this.#candidates = candidates;
  }

  /** Goes on with other bytes. */
  load(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#lastQuote = bytes.lastIndexOf(QUOTE);
    this.#backslash = this.#next(BACKSLASH, 0);
    this.#claim = this.#candidates === undefined ? bytes.length : this.#nextClaim(0);
  }

  /** Whether the object last read, which begins and ends there, can be ours; each can where there are no candidates. */
  isCandidate(from: number, to: number): boolean {
    return this.#candidates?.includes(this.#shown, () => this.#bytes.toString('latin1', from, to)) ?? true;
  }

  /** Where the object or array ends that begins there: one past its last byte. */
  endOfNested(from: number): number {
    const bytes = this.#bytes;
    let depth = 0;
    this.#shown = 0;
    for (let at = from; at < bytes.length; ) {
      const byte = bytes[at++] ?? 0;
      if (byte === QUOTE) {
        at = this.#afterText(at);
        if (at === NOT_YET) return NOT_YET;
      } else {
        depth += NESTING[byte] ?? 0;
        if (depth === 0) {
          this.#takeClaims(from, at);
          return at;
        }
      }
    }
    return NOT_YET;
  }

  /** Where the string ends whose opening quote is there. */
  endOfString(from: number): number {
    return this.#afterText(from + 1);
  }

  #afterText(from: number): number {
    if (from > this.#lastQuote) return NOT_YET;
    const bytes = this.#bytes;
    let at = from;
    while (bytes[at] !== QUOTE) at++;
    if (at > this.#backslash) return this.#afterEscapedText(from);
    const candidates = this.#candidates;
    if (candidates?.mayShow(bytes, from, at)) {
      this.#shown |= candidates.shownBy(bytes.toString('latin1', from, at));
    }
    return at + 1;
  }

  /** Escapes can hide any text: such a string is decoded. */
  #afterEscapedText(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
    if (at >= bytes.length) return NOT_YET;
    this.#backslash = this.#next(BACKSLASH, at);
    const candidates = this.#candidates;
    if (candidates !== undefined)
      this.#shown |= shownByEscaped(bytes.toString('utf8', from - 1, at + 1), candidates);
    return at + 1;
  }

  /** A claim in bytes that are no text's does no harm: a record without a reason is parsed. */
  #takeClaims(from: number, to: number): void {
    const candidates = this.#candidates;
    while (this.#claim < to) {
      if (this.#claim >= from && candidates !== undefined) this.#shown |= candidates.shownBy(CLAIM);
      this.#claim = this.#nextClaim(this.#claim + 1);
    }
  }

  /** Looks for the rare last byte of a claim, then at what stands before it. */
  #nextClaim(from: number): number {
    const bytes = this.#bytes;
    let at = this.#next(PLUS, from);
    while (at < bytes.length && !isClaim(bytes, at)) at = this.#next(PLUS, at + 1);
    return at;
  }

  #next(byte: number, from: number): number {
    const at = this.#bytes.indexOf(byte, from);
    return at === -1 ? this.#bytes.length : at;
  }
}

function isClaim(bytes: Buffer, end: number): boolean {
  const from = end + 1 - CLAIM.length;
  return from >= 0 && bytes.toString('latin1', from, end + 1) === CLAIM;
}

/** NB. A string that is none makes its record a candidate, so that the fault is found. */
function shownByEscaped(json: string, candidates: Candidates): number {
  try {
    return candidates.shownBy(JSON.parse(json));
  } catch {
    return candidates.shownBy(CLAIM);
  }
}
