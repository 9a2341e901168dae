import { decideElevation } from '../app/decide-elevation.ts';
import { open } from '../app/elevation-book.ts';
import type { Caller } from '../domain/caller.ts';
import type { Command } from '../domain/decide.ts';
import { formatDuration } from '../domain/duration.ts';
import { type Elevation, standingAt } from '../domain/elevation.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import { outlook } from '../domain/redecision.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { MessageContent } from '../ports/messenger.ts';
import type { ButtonAction, ButtonValue } from './button.ts';
import { approvalCalls } from './cards/calls.ts';
import type { SlackEdge } from './edge.ts';
import { note, noteWithCalls } from './note.ts';
import { sentencesOf } from './refusal-sentences.ts';

/** What a click can decide. */
export type Deciding = Exclude<ButtonAction, 'details'>;

/** A decision that a click can take. */
export type Decision = Command & { readonly type: Deciding };

/** The decision that somebody takes by a button; what is approved or denied is named by its digest. */
export function commandOf(action: Deciding, by: Caller, { digest }: ButtonValue, comment?: string): Decision {
  const said = comment === undefined ? {} : { comment };
  return action === 'approve' || action === 'deny'
    ? { type: action, by, digest, ...said }
    : { type: action, by, ...said };
}

/** Carries out a decision, and answers with what whoever decided is to read. */
export async function decideInSlack(
  edge: SlackEdge,
  id: ElevationId,
  command: Decision,
): Promise<MessageContent> {
  const decided = await decideElevation(edge.broker, id, command);
  if ('refusal' in decided) return refusalNote(edge, id, command.by, decided.refusal);
  return note(...outcomeOf(edge, decided.value.elevation, command.type));
}

/** Why a decision was refused; where only MFA was missing, the calls that finish it. */
export async function refusalNote(
  edge: SlackEdge,
  id: ElevationId,
  by: Caller,
  refusal: Refusal,
): Promise<MessageContent> {
  const sentences = sentencesOf(refusal);
  if (refusal.code !== 'step-up-required') return note(...sentences);
  const opened = await open(edge.broker, id);
  if ('refusal' in opened) return note(...sentences);
  const { access } = edge.broker;
  return noteWithCalls(sentences, approvalCalls(access, by.person, opened.value.elevation, edge.apiUrl));
}

const DONE: Readonly<Record<Deciding, string>> = {
  approve: 'approved',
  deny: 'denied',
  revoke: 'revoked',
  return: 'returned',
  withdraw: 'withdrawn',
};

function outcomeOf({ broker }: SlackEdge, elevation: Elevation, type: Deciding): readonly string[] {
  const { request } = elevation;
  const now = broker.clock();
  const { state } = standingAt(elevation, now);
  const done = `You have ${DONE[type]} ${request.role} for ${request.person} (${formatDuration(request.duration)}).`;
  if (state === DONE[type]) return [done];
  const approvals = outlook(broker.access, elevation, now).filter(({ code }) => code === 'approval');
  return [done, `It is ${state}.`, ...(state === 'pending' ? approvals.map(({ sentence }) => sentence) : [])];
}
