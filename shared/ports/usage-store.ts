import type { Instant } from '../domain/instant.ts';
import type { Delivery } from '../domain/report/story.ts';
import type { Observation } from '../domain/trail/observation.ts';
import type { Place } from '../domain/trail/place.ts';

/** An observation with the place under which it is kept. */
export type Kept = { readonly under: Place; readonly observation: Observation };

export type { Delivery } from '../domain/report/story.ts';

/**
 * Keeps observations, one item each, under a key made of place, time, event id and content hash: to write one again, in any order,
 * changes nothing.
 */
export type UsageStore = {
  /** Writes all of them, or throws; what was written by then stays, and does no harm. */
  keep(kept: readonly Kept[]): Promise<void>;
  /** Whether this observation is kept already. */
  isKept(kept: Kept): Promise<boolean>;
  /** What is kept under a place, in the order of time, from the first instant to before the last where they are given. */
  under(
    place: Place,
    between?: { readonly from: Instant; readonly until: Instant },
  ): AsyncIterable<Observation>;
  /** Writes down that files have arrived, by the hour. */
  noteDeliveries(deliveries: readonly Delivery[]): Promise<void>;
  /** The hours of an account for which files have arrived: each once for each Region and kind, `at` its beginning. */
  deliveriesOf(
    account: string,
    between: { readonly from: Instant; readonly until: Instant },
  ): Promise<readonly Delivery[]>;
};
