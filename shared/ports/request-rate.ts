import type { Instant } from '../domain/instant.ts';
import type { Handle } from '../domain/names.ts';

/** Counts the requests of each person, exactly, also when they come at once. */
export type RequestRate = {
  /** Counts one more in the window that begins there, unless its limit is reached; whether it was counted. */
  count(
    person: Handle,
    window: { readonly from: Instant; readonly until: Instant },
    limit: number,
  ): Promise<boolean>;
};
