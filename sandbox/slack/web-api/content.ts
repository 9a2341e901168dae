import * as z from 'zod';
import { identified, MessageBlocks, type SentBlock } from '../block-kit/blocks.ts';
import { check } from '../block-kit/problems.ts';
import type { MessageChange, Metadata } from '../conversations.ts';
import type { Workspace } from '../workspace.ts';
import { type Answer, refused } from './answer.ts';

/** What a message is to say, as an app sends it. */
export type SentContent = {
  readonly text?: string | undefined;
  readonly blocks?: unknown;
  readonly metadata?: unknown;
};

/** docs.slack.dev/reference/methods/chat.postMessage: text is cut above 40,000 characters; here it is refused. */
const LONGEST_TEXT = 40_000;

/** Slack names no figure; apps have reported refusals above some 13,000 characters of blocks. */
const LONGEST_BLOCKS = 13_000;

/** Slack names no figure for metadata; this is far below what any app has reported as refused. */
const LONGEST_METADATA = 8_000;

const Payload = z.record(z.string(), z.json());
const SentMetadata = z.strictObject({
  event_type: z.string().regex(/^[a-zA-Z0-9_]{1,255}$/),
  event_payload: Payload,
});

/** What the message will say; or Slack's refusal. */
export function contentOf(
  sent: SentContent,
  workspace: Workspace,
): { readonly content: MessageChange } | { readonly refusal: Answer } {
  if ((sent.text?.length ?? 0) > LONGEST_TEXT) return { refusal: refused('msg_too_long') };
  const blocks = blocksOf(sent.blocks);
  if ('refusal' in blocks) return blocks;
  const metadata = metadataOf(sent.metadata);
  if (typeof metadata === 'object' && 'refusal' in metadata) return metadata;
  return {
    content: {
      ...(sent.text === undefined ? {} : { text: sent.text }),
      ...(blocks.sent === undefined ? {} : { blocks: identified(blocks.sent, workspace.nextId) }),
      ...(metadata === undefined ? {} : { metadata }),
    },
  };
}

function blocksOf(
  value: unknown,
): { readonly sent: readonly SentBlock[] | undefined } | { readonly refusal: Answer } {
  if (value === undefined) return { sent: undefined };
  if (!Array.isArray(value)) return { refusal: refused('invalid_blocks_format') };
  const checked = check(MessageBlocks, value, '/blocks');
  if (!checked.good) return { refusal: refused('invalid_blocks', checked.problems) };
  if (JSON.stringify(value).length > LONGEST_BLOCKS) return { refusal: refused('msg_blocks_too_long') };
  return { sent: checked.value };
}

function metadataOf(value: unknown): Metadata | 'none' | undefined | { readonly refusal: Answer } {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { refusal: refused('invalid_metadata_format') };
  }
  if (Object.keys(value).length === 0) return 'none';
  const checked = check(SentMetadata, value, '/metadata');
  if (!checked.good) return { refusal: refused('invalid_metadata_schema', checked.problems) };
  if (JSON.stringify(value).length > LONGEST_METADATA) return { refusal: refused('metadata_too_large') };
  return checked.value;
}
