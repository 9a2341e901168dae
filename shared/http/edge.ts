import type { Access } from '../domain/access.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { CallerOf } from './caller.ts';

/** What the edge works with. */
export type Edge = {
  readonly access: Access;
  readonly callerOf: CallerOf;
  readonly log: Log;
  readonly clock: Clock;
};
