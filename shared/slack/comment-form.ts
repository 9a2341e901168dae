import type { Json } from '../domain/canonical-json.ts';
import { formatDuration } from '../domain/duration.ts';
import type { Elevation } from '../domain/elevation.ts';
import { LONGEST } from '../domain/text-limits.ts';
import { buttonValue } from './button.ts';
import { paragraph } from './cards/blocks.ts';
import { plain, quoted } from './cards/text.ts';

/** The decisions that are asked for a comment first. */
export type Commented = 'deny' | 'revoke';

const WORDS: Readonly<Record<Commented, string>> = { deny: 'Deny', revoke: 'Revoke' };

/** The form that is sent to deny or revoke, with a comment or without. */
export function commentForm(action: Commented, { request, digest }: Elevation): Json {
  return {
    type: 'modal',
    callback_id: action,
    private_metadata: buttonValue({ id: request.id, digest }),
    title: plain(`${WORDS[action]} ${request.role}`, 24),
    submit: plain(WORDS[action], 24),
    close: plain('Cancel', 24),
    blocks: [
      paragraph(
        `${request.person}: ${request.role} for ${formatDuration(request.duration)}\n${quoted(request.reason)}`,
      ),
      {
        type: 'input',
        block_id: 'comment',
        optional: true,
        label: plain('Comment', 2000),
        hint: plain('What others should know of the decision', 2000),
        element: {
          type: 'plain_text_input',
          action_id: 'comment',
          multiline: true,
          max_length: LONGEST.comment,
        },
      },
    ],
  };
}
