import { setTimeout } from 'node:timers/promises';

/** How often is sent again what DynamoDB leaves unprocessed; the pauses between come to 10 seconds at most. */
export const MOST_TRIES = 8;
const FIRST_PAUSE_MS = 80;

/** How to wait before trying again. */
export type Retrying = {
  pause(milliseconds: number): Promise<unknown>;
  /** From 0 to below 1. */
  random(): number;
};

/** The machine's clock and chance. */
export const IN_TIME: Retrying = { pause: (milliseconds) => setTimeout(milliseconds), random: Math.random };

/**
 * Sends things in batches, and what is left of a batch again after pauses that grow, before the next; in the end it
 * throws. `send` answers with what DynamoDB has left unprocessed, and `tooMany` words the error for so many.
 */
export async function inBatches<T>(
  things: readonly T[],
  size: number,
  send: (batch: T[]) => Promise<T[]>,
  { pause, random }: Retrying,
  tooMany: (left: number) => string,
): Promise<void> {
  for (let from = 0; from < things.length; from += size) {
    let waiting = await send(things.slice(from, from + size));
    for (let tries = 1; waiting.length > 0; tries++) {
      if (tries === MOST_TRIES) throw new Error(tooMany(waiting.length));
      // Half of it by chance, so that those that were refused together do not come back together.
      await pause(FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + random() / 2));
      waiting = await send(waiting);
    }
  }
}
