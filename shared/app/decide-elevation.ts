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
  const opened = await openFor(broker, id, command);
  if ('refusal' in opened) return opened;
  const outcome = await decideAndAppend(broker, opened.value, (elevation) =>
    decided(broker, elevation, command),
  );
  if (isSelfApproval(command, outcome)) await noteAttempt(broker, id, command);
  return outcome;
}

function isSelfApproval({ type }: Command, outcome: Outcome<unknown>): boolean {
  return type === 'approve' && 'refusal' in outcome && outcome.refusal.code === 'own-request';
}

/** For the report. It was refused already, and stays so where the note cannot be kept. */
async function noteAttempt(broker: DecidingBroker, elevation: ElevationId, { by }: Command): Promise<void> {
  try {
    await broker.store.recordAttempt({ elevation, by, at: broker.clock() });
  } catch {
    broker.log('error', 'attempt-not-recorded', { elevation, person: by.person });
  }
}

/** What would be decided on if the decision came now, or why it would be refused; nothing is written. */
export async function foreseeDecision(
  broker: DecidingBroker,
  id: ElevationId,
  command: Command,
): Promise<Outcome<Elevation>> {
  const opened = await openFor(broker, id, command);
  if ('refusal' in opened) return opened;
  const { elevation } = opened.value;
  const foreseen = decided(broker, elevation, command);
  return 'refusal' in foreseen ? foreseen : { value: elevation };
}

async function openFor(
  broker: DecidingBroker,
  id: ElevationId,
  { by }: Command,
): Promise<Outcome<SealedElevation>> {
  const opened = await open(broker, id);
  if ('refusal' in opened) return opened;
  return mayRead(broker.access, opened.value.elevation.request, by) ? opened : refuse(NOT_FOUND);
}

function decided({ access, clock }: DecidingBroker, elevation: Elevation, command: Command) {
  return decide(elevation, command, { access, now: clock() });
}
