import type { Caller } from './caller.ts';
import type { Request } from './elevation.ts';
import type { Hash } from './hash.ts';
import type { Instant } from './instant.ts';

type By = { readonly by: Caller; readonly at: Instant };

/** Something that happened to an elevation; plain JSON, stored as it is. */
export type ElevationEvent =
  | (By & { readonly type: 'requested'; readonly request: Request })
  | (By & { readonly type: 'approved'; readonly digest: Hash; readonly comment?: string })
  | (By & { readonly type: 'denied'; readonly digest: Hash; readonly comment?: string })
  | (By & { readonly type: 'withdrawn'; readonly comment?: string })
  | (By & { readonly type: 'returned'; readonly comment?: string })
  | (By & { readonly type: 'revoked'; readonly comment?: string })
  | (By & { readonly type: 'issue-intended'; readonly n: number });

/** An event in its place: the hash covers the event and the hash before it. */
export type Link = { readonly event: ElevationEvent; readonly hash: Hash };

/** Everything that happened, oldest first. */
export type History = readonly Link[];
