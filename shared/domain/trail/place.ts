import type { ElevationId } from '../elevation-id.ts';

/** Under what an observation is kept: the elevation whose session it is, or the role or managed policy it is about. */
export type Place =
  | { readonly kind: 'elevation'; readonly id: ElevationId }
  | { readonly kind: 'role'; readonly arn: string }
  | { readonly kind: 'policy'; readonly arn: string };
