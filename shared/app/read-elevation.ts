import type { Caller } from '../domain/caller.ts';
import type { Condition } from '../domain/condition.ts';
import { type ElevationNow, standingAt } from '../domain/elevation.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import { mayRead } from '../domain/entitlement.ts';
import type { History } from '../domain/events.ts';
import { outlook } from '../domain/redecision.ts';
import { type Outcome, refuse } from '../domain/refusal.ts';
import type { SessionRecord } from '../ports/elevation-store.ts';
import type { Broker } from './broker.ts';
import { NOT_FOUND, open } from './elevation-book.ts';

/** All that there is to know of an elevation. */
export type ElevationRead = {
  readonly elevation: ElevationNow;
  readonly history: History;
  readonly sessions: readonly SessionRecord[];
  /** Each condition with its outcome, as the access file and the clock of now have it. */
  readonly conditions: readonly Condition[];
};

/** Reads an elevation, for those who may know of it. */
export async function readElevation(
  broker: Broker,
  caller: Caller,
  id: ElevationId,
): Promise<Outcome<ElevationRead>> {
  const opened = await open(broker, id);
  if ('refusal' in opened) return opened;
  const { elevation, history } = opened.value;
  if (!mayRead(broker.access, elevation.request, caller)) return refuse(NOT_FOUND);
  const now = broker.clock();
  return {
    value: {
      elevation: standingAt(elevation, now),
      history,
      sessions: await broker.store.sessionsOf(id),
      conditions: outlook(broker.access, elevation, now),
    },
  };
}
