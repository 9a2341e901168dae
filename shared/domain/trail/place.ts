import type { ElevationId } from '../elevation-id.ts';

/** Under what an observation is kept: the elevation whose session it is, the role or managed policy it is about, or the account whose trail it changes. */
export type Place =
  | { readonly kind: 'elevation'; readonly id: ElevationId }
  | { readonly kind: 'role'; readonly arn: string }
  | { readonly kind: 'policy'; readonly arn: string }
  | { readonly kind: 'trail'; readonly account: string };
