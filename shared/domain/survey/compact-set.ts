import type { Sha256 } from '../hash.ts';

/** Texts that have been seen, by 64 bits of each. */
export type CompactSet = {
  /** Whether the text is new: it was not added before, or there was no room to remember it. */
  add(text: string): boolean;
  readonly size: number;
  /** Whether texts were not remembered, so that their repetitions go unnoticed. */
  readonly overflowed: boolean;
};

/** The table of a set: each slot holds the two halves of a hash, or zeros. */
type Table = Uint32Array<ArrayBuffer>;

const FIRST_SLOTS = 64;

/** How full a table gets before it grows to twice its size. */
const LOAD = 0.7;

/**
 * A set for millions of texts: 8 bytes a slot, thus 11 to 23 bytes a text, and half as much again while it grows. Two
 * texts with the same 64 bits are taken for one: among 10,000,000 texts that has a chance of 1 in 300,000.
 */
export function compactSet(most: number, sha256: Sha256): CompactSet {
  let table: Table = new Uint32Array(FIRST_SLOTS * 2);
  let size = 0;
  let overflowed = false;
  const add = (text: string): boolean => {
    if (size >= most) {
      const isNew = !isIn(table, sha256(text));
      overflowed ||= isNew;
      return isNew;
    }
    if (!put(table, sha256(text))) return false;
    size += 1;
    if (size > (table.length / 2) * LOAD) table = grown(table);
    return true;
  };
  return {
    add,
    get size() {
      return size;
    },
    get overflowed() {
      return overflowed;
    },
  };
}

function isIn(table: Table, hash: string): boolean {
  const [high, low] = halves(hash);
  const slot = slotOf(table, high, low);
  return table[slot] === high && table[slot + 1] === low;
}

function put(table: Table, hash: string): boolean {
  if (isIn(table, hash)) return false;
  place(table, ...halves(hash));
  return true;
}

function place(table: Table, high: number, low: number): void {
  const slot = slotOf(table, high, low);
  table[slot] = high;
  table[slot + 1] = low;
}

/** A half is never zero, so that a slot of zeros is an empty one. */
function halves(hash: string): readonly [high: number, low: number] {
  return [Number.parseInt(hash.slice(0, 8), 16) || 1, Number.parseInt(hash.slice(8, 16), 16)];
}

/** Where the hash is, or the empty slot where it would be. Tables are never full, so there is one. */
function slotOf(table: Table, high: number, low: number): number {
  const mask = table.length - 1;
  let slot = (low * 2) & mask;
  while (table[slot] !== 0 && (table[slot] !== high || table[slot + 1] !== low)) slot = (slot + 2) & mask;
  return slot;
}

function grown(table: Table): Table {
  const larger: Table = new Uint32Array(table.length * 2);
  for (let slot = 0; slot < table.length; slot += 2) {
    const [high = 0, low = 0] = [table[slot], table[slot + 1]];
    if (high !== 0) place(larger, high, low);
  }
  return larger;
}
