import type { Access } from '../domain/access.ts';
import type { Sha256 } from '../domain/hash.ts';
import type { Clock } from '../ports/clock.ts';
import type { ElevationStore } from '../ports/elevation-store.ts';
import type { Log } from '../ports/log.ts';
import type { RandomBytes } from '../ports/randomness.ts';
import type { RequestRate } from '../ports/request-rate.ts';
import type { Seal } from '../ports/seal.ts';

/** What every use case works with. */
export type Broker = {
  readonly access: Access;
  readonly store: ElevationStore;
  readonly seal: Seal;
  readonly rate: RequestRate;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly sha256: Sha256;
  readonly log: Log;
};

/** What a decision on an elevation works with: it asks for nothing new, so it counts nothing and makes no id. */
export type DecidingBroker = Omit<Broker, 'rate' | 'randomBytes'>;
