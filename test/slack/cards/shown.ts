import type * as z from 'zod';
import { MessageBlocks } from '../../../sandbox/slack/block-kit/blocks.ts';
import type { MessageContent } from '../../../shared/ports/messenger.ts';

/** A block that Slack takes. */
export type Block = z.infer<typeof MessageBlocks>[number];
type Text = { readonly type: 'plain_text' | 'mrkdwn'; readonly text: string };

/** The blocks of a message as Slack takes them; throws where it would not. */
export function blocksOf({ blocks }: MessageContent): readonly Block[] {
  return MessageBlocks.parse(blocks);
}

/** Every text of a message with its kind, those of buttons too. */
export function textsOf(content: MessageContent): readonly Text[] {
  return blocksOf(content).flatMap(textsOfBlock);
}

/** All that Slack formats in a message: what notifications take is formatted as well. */
export function formattedOf(content: MessageContent): readonly string[] {
  const inBlocks = textsOf(content).filter(({ type }) => type === 'mrkdwn');
  return [content.text, ...inBlocks.map(({ text }) => text)];
}

/** The actions of a message's buttons, in order. */
export function buttonsOf(content: MessageContent): readonly string[] {
  return blocksOf(content).flatMap((block) =>
    block.type === 'actions' ? block.elements.map(({ action_id: action }) => action ?? '') : [],
  );
}

/** The message as a person reads it, a line each: `#` heads, `~` is small print, `[…]` a button. */
export function shown(content: MessageContent): string {
  return blocksOf(content).map(shownBlock).join('\n');
}

function shownBlock(block: Block): string {
  switch (block.type) {
    case 'header':
      return `# ${block.text.text}`;
    case 'context':
      return `~ ${block.elements.map(({ text }) => text).join(' · ')}`;
    case 'actions':
      return textsOfBlock(block)
        .map(({ text }) => `[${text}]`)
        .join(' ');
    default:
      return textsOfBlock(block)
        .map(({ text }) => (block.type === 'section' && block.fields ? text.replace('\n', ': ') : text))
        .join('\n');
  }
}

function textsOfBlock(block: Block): readonly Text[] {
  switch (block.type) {
    case 'header':
      return [block.text];
    case 'context':
      return block.elements;
    case 'section':
      return [...(block.text === undefined ? [] : [block.text]), ...(block.fields ?? [])];
    case 'actions':
      return block.elements.flatMap((element) => (element.type === 'button' ? [element.text] : []));
    case 'divider':
      return [];
    default:
      return block satisfies never;
  }
}
