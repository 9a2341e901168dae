import { requestElevation } from '../app/request-elevation.ts';
import type { Caller } from '../domain/caller.ts';
import { formatDuration } from '../domain/duration.ts';
import type { Elevation } from '../domain/elevation.ts';
import type { Ask } from '../domain/evaluation.ts';
import { outlook } from '../domain/redecision.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { EdgeRefusal } from '../http/problem.ts';
import { checked } from '../http/request.ts';
import { NewElevation } from '../http/request-schemas.ts';
import type { MessageContent } from '../ports/messenger.ts';
import { askForm } from './ask-form.ts';
import { askCalls } from './cards/calls.ts';
import { type Typed, ticketAndReason } from './command-text.ts';
import type { SlackEdge } from './edge.ts';
import { textOf } from './filled.ts';
import { errorsUnder } from './form-errors.ts';
import { nearestNames } from './nearest-names.ts';
import { note, noteWithCalls } from './note.ts';
import { offerOf, offersFor } from './offers.ts';
import { sentencesOf } from './refusal-sentences.ts';
import { type SlackAnswer, tell } from './reply.ts';
import type { SlackRequest } from './request.ts';

type RoleChosen = SlackRequest & { readonly kind: 'role-chosen' };
type AskSent = SlackRequest & { readonly kind: 'ask-sent' };

/** A role was chosen: the form then shows what it takes. */
export async function roleChosen(edge: SlackEdge, by: Caller, chosen: RoleChosen): Promise<SlackAnswer> {
  const offer = offerOf(edge, by, textOf(chosen.filled, 'role'));
  await edge.desk.updateView(chosen.form, askForm(offer));
  return undefined;
}

/** The form was sent. Sent twice it asks once: its id is the key. */
export async function askSent(edge: SlackEdge, by: Caller, sent: AskSent): Promise<SlackAnswer> {
  const { form, filled } = sent;
  const role = textOf(filled, 'role');
  if (!filled.has('duration')) return { response_action: 'update', view: askForm(offerOf(edge, by, role)) };
  const fields = ['duration', 'reason', 'ticket'].map((name) => [name, textOf(filled, name)]);
  const asked = await ask(edge, by, { role, ...Object.fromEntries(fields) }, `slack-${form.id}`);
  if ('value' in asked) return { response_action: 'clear' };
  return 'finishAt' in asked ? tell(edge, sent, asked.finishAt) : errorsUnder(filled, asked.refusal);
}

/** One line behind the slash command asks, too. */
export async function askTyped(
  edge: SlackEdge,
  by: Caller,
  typed: Typed & { readonly verb: 'ask' },
): Promise<MessageContent> {
  const { role, duration } = typed;
  const names = offersFor(edge, by).map((offer) => offer.role.name);
  if (![...edge.broker.access.roles.keys()].some((name) => name === role)) return unknownRole(role, names);
  const fields = { role, duration, ...ticketAndReason(edge.broker.access, by, typed) };
  const asked = await ask(edge, by, fields, undefined);
  if ('value' in asked) return note(...outcomeOf(edge, asked.value));
  return 'finishAt' in asked ? asked.finishAt : note(...sentencesOf(asked.refusal));
}

type Asked =
  | { readonly value: Elevation }
  | { readonly refusal: Refusal | EdgeRefusal }
  /** Nothing was created; these calls finish it at a door that proves MFA. */
  | { readonly finishAt: MessageContent };

/** Asks by the same checks as every other door. */
async function ask(edge: SlackEdge, by: Caller, fields: unknown, key: string | undefined): Promise<Asked> {
  const body = checked(fields, NewElevation);
  if ('refusal' in body) return body;
  const { role, duration, reason, ticket } = body.value;
  const wanted: Ask = { role, duration, reason, ...(ticket === undefined ? {} : { ticket }) };
  const requested = await requestElevation(edge.broker, by, wanted, key);
  if ('value' in requested) return { value: requested.value.elevation };
  const { refusal } = requested;
  if (refusal.code !== 'step-up-required') return { refusal };
  const calls = askCalls(edge.broker.access, by.person, wanted, edge.apiUrl);
  return { finishAt: noteWithCalls(sentencesOf(refusal), calls) };
}

function unknownRole(role: string, names: readonly string[]): MessageContent {
  const near = nearestNames(role, names);
  const advice =
    near.length > 0
      ? `Did you mean ${near.join(' or ')}?`
      : 'Type /drawbridge alone to choose from those there are.';
  return note(`There is no role ${role}. ${advice}`);
}

function outcomeOf({ broker }: SlackEdge, elevation: Elevation): readonly string[] {
  const { request, state } = elevation;
  const asked = `You have asked for ${request.role} for ${formatDuration(request.duration)}.`;
  if (state === 'approved')
    return [`${asked} It is yours now; a direct message says how to get credentials.`];
  const approvals = outlook(broker.access, elevation, broker.clock()).filter(
    ({ code }) => code === 'approval',
  );
  return [asked, ...approvals.map(({ sentence }) => sentence)];
}
