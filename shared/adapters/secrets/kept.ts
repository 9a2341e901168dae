import { type Instant, instant } from '../../domain/instant.ts';
import type { Clock } from '../../ports/clock.ts';

/** How long a value is used before it is read again. */
const FRESH_MS = 5 * 60_000;
/** How long it goes on where it cannot be read again. */
const STALE_MS = 60 * 60_000;
/** How soon reading is tried again: whoever waits for Slack's answer must not wait for each of these. */
const RETRY_MS = 30_000;

type Held<T> = { readonly value: T; readonly readAt: Instant; readonly freshUntil: Instant };

/**
 * Reads a value once for all that ask within five minutes. Where it cannot be read again, the old one goes on for up to
 * an hour, and `onStale` is told why.
 *
 * NB. Nothing that a caller does makes it read sooner: a stranger with wrong signatures would choose how often.
 */
export function kept<T>(
  read: () => Promise<T>,
  clock: Clock,
  onStale: (error: unknown) => void,
): () => Promise<T> {
  let held: Held<T> | undefined;
  let reading: Promise<T> | undefined;
  const refresh = async (now: Instant): Promise<T> => {
    try {
      held = { value: await read(), readAt: now, freshUntil: instant(now + FRESH_MS) };
    } catch (error) {
      if (held === undefined || now >= held.readAt + STALE_MS) throw error;
      held = { ...held, freshUntil: instant(now + RETRY_MS) };
      onStale(error);
    }
    return held.value;
  };
  return async () => {
    const now = clock();
    if (held !== undefined && now < held.freshUntil) return held.value;
    reading ??= refresh(now).finally(() => {
      reading = undefined;
    });
    return reading;
  };
}
