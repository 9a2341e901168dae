import type { Instant } from '../domain/instant.ts';
import type { TrailRecord } from '../domain/trail/record.ts';

/** A page of events; what of it cannot be read is named, each event in a sentence. */
export type LookedUp = { readonly records: readonly TrailRecord[]; readonly unreadable: readonly string[] };

/** Looks up what CloudTrail keeps by itself for 90 days, beside any trail. */
export type EventLookup = {
  /**
   * The AssumeRole events of this account and Region from an instant to before another, a page at a time; as slowly as
   * CloudTrail wants it.
   */
  assumeRoles(between: { readonly from: Instant; readonly until: Instant }): AsyncIterable<LookedUp>;
};
