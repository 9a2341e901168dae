/**
 * A percentile by nearest rank: the smallest value that at least so many of a hundred do not exceed, so always one that
 * was seen. Undefined where there is none.
 */
export function nearestRank(values: readonly number[], percent: number): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}
