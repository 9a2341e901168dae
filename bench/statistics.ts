/** The value below which the given share of the values lies; by nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('A quantile needs at least one value.');
  return value;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The middle of the ratios of each value to the floor measured beside it: what slows both does not show. */
export function pairedRatio(values: readonly number[], floors: readonly number[]): number {
  return median(values.map((value, n) => value / (floors[n] ?? Number.NaN)));
}

/** A length of time, given in milliseconds, as people read it. */
export function formatMilliseconds(value: number): string {
  const size = Math.abs(value);
  if (size < 0.01) return `${(value * 1000).toFixed(1)} µs`;
  if (size < 1) return `${(value * 1000).toFixed(0)} µs`;
  if (size < 10) return `${value.toFixed(1)} ms`;
  return size < 10_000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(1)} s`;
}
