import type { Caller } from './caller.ts';
import type { ElevationId } from './elevation-id.ts';
import type { Instant } from './instant.ts';

/** Somebody tried to approve their own request, and was refused; under whichever identity they came. */
export type SelfApprovalAttempt = {
  readonly elevation: ElevationId;
  readonly by: Caller;
  readonly at: Instant;
};
