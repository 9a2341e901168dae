import type { Instant } from '../domain/instant.ts';
import type { TrailRecord } from '../domain/trail/record.ts';

/** Looks up what CloudTrail keeps by itself for 90 days, beside any trail. */
export type EventLookup = {
  /**
   * The AssumeRole events of this account and Region between two instants, a page at a time; as slowly as CloudTrail
   * wants it.
   */
  assumeRoles(between: {
    readonly from: Instant;
    readonly until: Instant;
  }): AsyncIterable<readonly TrailRecord[]>;
};
