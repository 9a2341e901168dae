import type { ElevationEvent } from '../../domain/events.ts';
import type { Instant } from '../../domain/instant.ts';
import type { MessageContent } from '../../ports/messenger.ts';
import { commentBlocks } from './act-blocks.ts';
import { content, line } from './blocks.ts';
import { when } from './text.ts';

/** What somebody decided, as the channel hears of it. */
export type Decided = Extract<
  ElevationEvent,
  { readonly type: 'approved' | 'denied' | 'withdrawn' | 'returned' | 'revoked' }
>;

/** The events that are told one by one. */
export function isDecided(event: ElevationEvent): event is Decided {
  return event.type !== 'requested' && event.type !== 'issue-intended';
}

/** How far an approval brings a request: the n-th of so many. */
export type Progress = { readonly given: number; readonly needed: number };

/** What somebody did, in the thread of the card. */
export function threadMessage(event: Decided, { given, needed }: Progress): MessageContent {
  const { person } = event.by;
  const approvals = event.type === 'approved' ? ` (${given} of ${needed} approvals)` : '';
  const sentence = `${person} has ${event.type} this${approvals}.`;
  return content(sentence, [
    line(`*${person}* has ${event.type} this${approvals}.`),
    ...commentBlocks(event),
  ]);
}

/** That nobody decided in time, in the thread of the card. */
export function lapsedInThread(lapsedAt: Instant): MessageContent {
  return content('This request has lapsed: nobody decided in time.', [
    line(`This request lapsed ${when(lapsedAt)}: nobody decided in time.`),
  ]);
}
