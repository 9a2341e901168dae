import { type Command, decide } from '../domain/decide.ts';
import type { Elevation } from '../domain/elevation.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import { mayRead } from '../domain/entitlement.ts';
import { type Outcome, refuse } from '../domain/refusal.ts';
import type { SealedElevation } from '../ports/elevation-store.ts';
import type { DecidingBroker } from './broker.ts';
import { decideAndAppend, NOT_FOUND, open } from './elevation-book.ts';

/** Carries out a decision: approve, deny, withdraw, return, revoke, or the intent to issue. */
export async function decideElevation(
  broker: DecidingBroker,
  id: ElevationId,
  command: Command,
): Promise<Outcome<SealedElevation>> {
  const opened = await open(broker, id);
  if ('refusal' in opened) return opened;
  if (!mayRead(broker.access, opened.value.elevation.request, command.by)) return refuse(NOT_FOUND);
  return decideAndAppend(broker, opened.value, (elevation: Elevation) =>
    decide(elevation, command, { access: broker.access, now: broker.clock() }),
  );
}
