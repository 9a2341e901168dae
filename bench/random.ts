/** A repeatable source of whole numbers from 0 up to a bound, which is not among them; for samples, not for secrets. */
export type Random = (bound: number) => number;

/** The multiplicative generator with 48271 modulo 2^31 − 1 (Park and Miller's revised "minimal standard", 1993). */
export function seeded(seed: number): Random {
  let state = seed % MODULUS || 1;
  return (bound) => {
    state = (state * 48_271) % MODULUS;
    return state % bound;
  };
}

const MODULUS = 2 ** 31 - 1;

/** Any of the values. */
export function anyOf<T>(values: readonly T[], random: Random): T {
  const value = values[random(values.length)];
  if (value === undefined) throw new Error('There is nothing to choose from.');
  return value;
}
