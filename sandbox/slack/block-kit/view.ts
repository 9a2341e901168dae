import * as z from 'zod';
import { type Block, ViewBlocks } from './blocks.ts';
import { characters, plainText } from './text.ts';

/** A modal as an app sends it: docs.slack.dev/reference/views/modal-views. */
export const SentView = z
  .strictObject({
    type: z.literal('modal'),
    title: plainText(24),
    blocks: ViewBlocks,
    close: plainText(24).optional(),
    submit: plainText(24).optional(),
    private_metadata: characters(3000, 0).optional(),
    callback_id: characters(255, 0).optional(),
    external_id: characters(255, 0).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  })
  .superRefine(({ submit, blocks }, context) => {
    const index = blocks.findIndex(({ type }) => type === 'input');
    if (submit !== undefined || index < 0) return;
    const message = 'must define submit to use an input block in modals';
    context.addIssue({ code: 'custom', path: ['blocks', index], message });
  });

export type SentView = z.infer<typeof SentView>;

/** A modal as Slack keeps it. */
export type View = Omit<SentView, 'blocks'> & { readonly blocks: readonly Block[] };
