import { listElevations } from '../app/list-elevations.ts';
import type { Caller } from '../domain/caller.ts';
import { formatDuration } from '../domain/duration.ts';
import type { ElevationNow } from '../domain/elevation.ts';
import type { MessageContent } from '../ports/messenger.ts';
import type { ButtonAction } from './button.ts';
import { buttons, content, paragraph } from './cards/blocks.ts';
import { oneLine, quoted } from './cards/text.ts';
import type { SlackEdge } from './edge.ts';
import { note } from './note.ts';
import { sentencesOf } from './refusal-sentences.ts';

/** How many are shown; each takes two of the 50 blocks of a message. */
const MOST_SHOWN = 10;

/** The newest of somebody's own requests, each with what they can do about it. */
export async function mine(edge: SlackEdge, by: Caller): Promise<MessageContent> {
  const listed = await listElevations(edge.broker, by, { mine: true, limit: MOST_SHOWN });
  if ('refusal' in listed) return note(...sentencesOf(listed.refusal));
  const { elevations } = listed.value;
  if (elevations.length === 0) return note('You have asked for nothing yet. Type /drawbridge to ask.');
  return shown('Your newest requests:', elevations, ownButtons);
}

/** What waits for somebody, with the buttons to decide. */
export async function pending(edge: SlackEdge, by: Caller): Promise<MessageContent> {
  const listed = await listElevations(edge.broker, by, { toApprove: true, limit: MOST_SHOWN });
  if ('refusal' in listed) return note(...sentencesOf(listed.refusal));
  const { elevations, next } = listed.value;
  if (elevations.length === 0) return note('Nothing waits for you.');
  const more = next === undefined ? '' : ' There are more behind these.';
  return shown(`These requests wait for you.${more}`, elevations, () => ['approve', 'deny', 'details']);
}

/** Somebody's elevations that live, each with a button to give it back. */
export function returnable(elevations: readonly ElevationNow[]): MessageContent {
  return shown('Which one do you give back?', elevations, ownButtons);
}

function ownButtons({ state }: ElevationNow): readonly ButtonAction[] {
  if (state === 'pending') return ['withdraw', 'details'];
  return state === 'approved' ? ['return', 'details'] : ['details'];
}

function shown(
  title: string,
  elevations: readonly ElevationNow[],
  buttonsOf: (elevation: ElevationNow) => readonly ButtonAction[],
): MessageContent {
  const blocks = elevations.flatMap((elevation) => [
    paragraph(lineOf(elevation)),
    buttons(elevation, buttonsOf(elevation)),
  ]);
  return content(title, [paragraph(title), ...blocks]);
}

function lineOf({ request, state }: ElevationNow): string {
  const ticket = request.ticket === undefined ? '' : ` (${oneLine(request.ticket)})`;
  const what = `${request.person}: ${request.role} for ${formatDuration(request.duration)}${ticket}, ${state}`;
  return `${what}\n${quoted(request.reason)}`;
}
