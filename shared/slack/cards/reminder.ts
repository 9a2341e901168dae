import type { Telling } from '../../app/desired-message.ts';
import { waitsUntil } from '../../domain/elevation.ts';
import type { MessageContent } from '../../ports/messenger.ts';
import { approverMentions, stillNeeded } from './approvers.ts';
import { content, line, paragraph } from './blocks.ts';
import type { CardSettings } from './settings.ts';
import { when } from './text.ts';

/** Reminds those who may approve and have not yet, in the thread of the card. */
export function reminder(telling: Telling, { access }: CardSettings): MessageContent {
  const { request } = telling.elevation;
  const until = waitsUntil(request);
  const sentence = `${request.person} still waits for ${request.role}`;
  const end = until === undefined ? '' : `, until ${when(until)}`;
  const mentions = approverMentions(telling, access);
  const missing = stillNeeded(telling, access);
  return content(`${sentence}.`, [
    line(
      `${mentions === '' ? '' : `${mentions} `}*${request.person}* still waits for ${request.role}${end}.`,
    ),
    missing.length === 0 ? undefined : paragraph(missing.join('\n')),
  ]);
}
