/** Beyond so many patterns of one action they are widened. */
export const MOST_PATTERNS = 200;

/** The longest part of a resource's name that is kept once patterns are widened. */
const LONGEST_PREFIX = 128;

const ARN = /^(arn:[^:]*:[^:]*:[^:]*:[^:]*:)(.*)$/s;

/**
 * Counts by resource pattern, with a bound: of more than MOST_PATTERNS only the longest prefixes are kept with which they
 * are no more than that. Which prefixes these are does not depend on the order, since to cut a pattern and cut it again
 * is to cut it once, and fewer patterns never need shorter prefixes than more.
 */
export class PatternCounts {
  private longest: number | undefined;
  private counts = new Map<string, number>();

  /** Counts one, or more, of a pattern. */
  add(pattern: string, count = 1): void {
    const kept = this.longest === undefined ? pattern : widened(pattern, this.longest);
    this.counts.set(kept, (this.counts.get(kept) ?? 0) + count);
    while (this.counts.size > MOST_PATTERNS) this.widen();
  }

  /** Every pattern with its count, by name. */
  entries(): readonly (readonly [pattern: string, count: number])[] {
    return [...this.counts].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  private widen(): void {
    this.longest = this.longest === undefined ? LONGEST_PREFIX : this.longest - 1;
    const before = this.counts;
    this.counts = new Map();
    for (const [pattern, count] of before) {
      const kept = widened(pattern, this.longest);
      this.counts.set(kept, (this.counts.get(kept) ?? 0) + count);
    }
  }
}

/** The pattern with at most so many characters of the resource's own part; with fewer than none it is everything. */
function widened(pattern: string, longest: number): string {
  const [, head, own] = ARN.exec(pattern) ?? [];
  if (head === undefined || own === undefined || longest < 0) return '*';
  return own.length <= longest ? pattern : `${head}${own.slice(0, longest)}*`;
}
