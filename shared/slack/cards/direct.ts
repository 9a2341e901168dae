import type { Json } from '../../domain/canonical-json.ts';
import { formatDuration } from '../../domain/duration.ts';
import { type Elevation, type ElevationNow, waitsUntil } from '../../domain/elevation.ts';
import type { ElevationEvent } from '../../domain/events.ts';
import type { Instant } from '../../domain/instant.ts';
import type { MessageContent } from '../../ports/messenger.ts';
import { commentBlocks } from './act-blocks.ts';
import { buttons, commands, content, line, paragraph, smallPrint } from './blocks.ts';
import { credentialCalls } from './calls.ts';
import type { CardSettings } from './settings.ts';
import { when } from './text.ts';
import type { Progress } from './thread.ts';

/** The events of which the requester is told directly; what they did themselves later they know. */
export type ToldDirectly = Extract<
  ElevationEvent,
  { readonly type: 'requested' | 'approved' | 'denied' | 'revoked' }
>;

/** Whether the requester is told directly. */
export function isToldDirectly(event: ElevationEvent): event is ToldDirectly {
  return ['requested', 'approved', 'denied', 'revoked'].includes(event.type);
}

/** What the requester reads of an event: with the buttons and the calls that the state of now allows. */
export function directMessage(
  event: ToldDirectly,
  standing: ElevationNow,
  elevation: Elevation,
  progress: Progress,
  settings: CardSettings,
): MessageContent {
  const sentence = sentenceOf(event, elevation, progress);
  return content(sentence, [
    paragraph(sentence),
    ...(event.type === 'requested' ? [] : commentBlocks(event)),
    ...consequences(event, standing, elevation, progress, settings),
  ]);
}

/** That nobody decided in time. */
export function lapsedDirectly(elevation: Elevation, lapsedAt: Instant): MessageContent {
  const sentence = `Your request for ${elevation.request.role} has lapsed: nobody decided in time. Ask again if you still need it.`;
  return content(sentence, [
    paragraph(sentence),
    smallPrint([`Lapsed ${when(lapsedAt)}`]),
    buttons(elevation, ['details']),
  ]);
}

function sentenceOf(event: ToldDirectly, { request }: Elevation, { given, needed }: Progress): string {
  const what = `${request.role} for ${formatDuration(request.duration)}`;
  switch (event.type) {
    case 'requested':
      return `You have asked for ${what}.`;
    case 'approved':
      return `${event.by.person} has approved your request for ${what} (${given} of ${needed} approvals).`;
    case 'denied':
      return `${event.by.person} has denied your request for ${what}.`;
    case 'revoked':
      return `${event.by.person} has revoked your elevation: ${what}. No more credentials are issued.`;
    default:
      return event satisfies never;
  }
}

function consequences(
  event: ToldDirectly,
  standing: ElevationNow,
  elevation: Elevation,
  progress: Progress,
  settings: CardSettings,
): readonly Json[] {
  if (standing.state === 'pending' && event.type === 'requested') return waiting(elevation);
  const hasOpened = event.type !== 'denied' && event.type !== 'revoked' && progress.given >= progress.needed;
  return standing.state === 'approved' && hasOpened
    ? lent(standing, elevation, settings)
    : [buttons(elevation, ['details'])];
}

function waiting(elevation: Elevation): readonly Json[] {
  const until = waitsUntil(elevation.request);
  return [
    ...(until === undefined ? [] : [smallPrint([`It waits for approvals until ${when(until)}`])]),
    buttons(elevation, ['withdraw', 'details']),
  ];
}

function lent(
  { window }: Extract<ElevationNow, { readonly state: 'approved' }>,
  elevation: Elevation,
  { access, apiUrl }: CardSettings,
): readonly Json[] {
  const { person, id } = elevation.request;
  return [
    line(`The role is yours until ${when(window.until)}. Fetch credentials as often as you need them:`),
    ...commands(credentialCalls(access, person, id, apiUrl)),
    buttons(elevation, ['return', 'details']),
  ];
}
