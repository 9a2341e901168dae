/** Bytes that nobody can foretell. */
export type RandomBytes = (count: number) => Uint8Array;
