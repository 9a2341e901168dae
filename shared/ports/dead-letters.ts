/** What cannot be handled, however often it is tried: what it is about, and why, for whoever looks into it. */
export type DeadLetter = {
  readonly reason: string;
  readonly detail: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly eventId?: string;
  /** What came and could not be understood, as JSON, or the beginning of it. */
  readonly event?: string;
};

/** Lays aside what cannot be handled. */
export type DeadLetters = { add(letter: DeadLetter): Promise<void> };
