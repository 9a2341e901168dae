/** Milliseconds that a piece of work takes. */
export function timed(act: () => unknown): number {
  const began = process.hrtime.bigint();
  act();
  return millisecondsSince(began);
}

/** Milliseconds of each of so many repetitions, after one that warms up. */
export function timedOften(times: number, act: () => unknown): number[] {
  act();
  return Array.from({ length: times }, () => timed(act));
}

/** What a promise gives, and the milliseconds until it does. */
export async function timedAsync<T>(
  act: () => Promise<T>,
): Promise<{ readonly value: T; readonly milliseconds: number }> {
  const began = process.hrtime.bigint();
  const value = await act();
  return { value, milliseconds: millisecondsSince(began) };
}

function millisecondsSince(began: bigint): number {
  return Number(process.hrtime.bigint() - began) / 1e6;
}
