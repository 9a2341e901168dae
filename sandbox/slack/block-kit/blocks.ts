import * as z from 'zod';
import { InputElement, InteractiveElement } from './elements.ts';
import { anyText, characters, items, plainText } from './text.ts';

const common = { block_id: characters(255).optional() };

/** Limits of blocks: docs.slack.dev/reference/block-kit/blocks. */
const Section = z
  .strictObject({
    ...common,
    type: z.literal('section'),
    text: anyText(3000).optional(),
    fields: items(anyText(2000), 10).optional(),
    accessory: InteractiveElement.optional(),
    expand: z.boolean().optional(),
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined, {
    message: 'must have text or fields',
  });

const Header = z.strictObject({ ...common, type: z.literal('header'), text: plainText(150) });
const Divider = z.strictObject({ ...common, type: z.literal('divider') });
const Context = z.strictObject({
  ...common,
  type: z.literal('context'),
  elements: items(anyText(3000), 10),
});
const Actions = z.strictObject({
  ...common,
  type: z.literal('actions'),
  elements: items(InteractiveElement, 25),
});
const Input = z.strictObject({
  ...common,
  type: z.literal('input'),
  label: plainText(2000),
  element: InputElement,
  dispatch_action: z.boolean().optional(),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
});

const MessageBlock = z.discriminatedUnion('type', [Section, Header, Divider, Context, Actions]);
const ViewBlock = z.discriminatedUnion('type', [Section, Header, Divider, Context, Actions, Input]);

type Identified<B> = B extends unknown ? Omit<B, 'block_id'> & { readonly block_id: string } : never;

/** A block as an app sends it. */
export type SentBlock = z.infer<typeof ViewBlock>;

/** A block as Slack keeps it: one that came without an id has been given one. */
export type Block = Identified<SentBlock>;

/** An input block. */
export type InputBlock = Extract<Block, { readonly type: 'input' }>;

/** The blocks of a message: at most 50. */
export const MessageBlocks = items(MessageBlock, 50, 0).superRefine(idsOnce);

/** The blocks of a view: at most 100. */
export const ViewBlocks = items(ViewBlock, 100, 0).superRefine(idsOnce);

/** Interactions name a block and an element by their ids: they have to be distinct. */
function idsOnce(blocks: readonly SentBlock[], context: z.core.$RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, { block_id: id }] of blocks.entries()) {
    if (id === undefined) continue;
    if (seen.has(id)) {
      context.addIssue({
        code: 'custom',
        path: [index, 'block_id'],
        message: `block_id is not unique: ${id}`,
      });
    }
    seen.add(id);
  }
  for (const [index, block] of blocks.entries()) {
    const ids = elementsOf(block).flatMap(({ action_id: id }) => (id === undefined ? [] : [id]));
    if (new Set(ids).size === ids.length) continue;
    context.addIssue({ code: 'custom', path: [index], message: 'action_id is not unique within the block' });
  }
}

/** The elements of a block that somebody can press, choose in or type into. */
export function elementsOf(block: SentBlock | Block) {
  switch (block.type) {
    case 'section':
      return block.accessory === undefined ? [] : [block.accessory];
    case 'actions':
      return block.elements;
    case 'input':
      return [block.element];
    case 'header':
    case 'divider':
    case 'context':
      return [];
    default:
      return block satisfies never;
  }
}

/** Gives an id to each block and element that came without one, as Slack does. */
export function identified(blocks: readonly SentBlock[], nextId: () => string): readonly Block[] {
  const named = <E extends { readonly action_id?: string | undefined }>(element: E): E => ({
    ...element,
    action_id: element.action_id ?? nextId(),
  });
  return blocks.map((sent): Block => {
    const block = { ...sent, block_id: sent.block_id ?? nextId() };
    if (block.type === 'actions') return { ...block, elements: block.elements.map(named) };
    if (block.type === 'input') return { ...block, element: named(block.element) };
    if (block.type === 'section' && block.accessory !== undefined) {
      return { ...block, accessory: named(block.accessory) };
    }
    return block;
  });
}
