import * as z from 'zod';
import type { MessageChange, SlackMessage } from '../conversations.ts';
import { messageJson } from '../message-json.ts';
import type { Workspace } from '../workspace.ts';
import { type Answer, done, refused } from './answer.ts';
import { contentOf } from './content.ts';
import { method } from './method.ts';

const content = {
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  metadata: z.unknown().optional(),
};

/** docs.slack.dev/reference/methods/chat.postMessage. Channels by id alone. */
export const postMessage = method({
  scopes: ['chat:write'],
  args: z.object({ ...content, channel: z.string(), thread_ts: z.string().optional() }),
  run(args, workspace) {
    const { channel, thread_ts: thread } = args;
    const closed = whyClosed(channel, workspace);
    if (closed !== undefined) return closed;
    const read = contentOf(args, workspace);
    if ('refusal' in read) return read.refusal;
    if (saysNothing(read.content)) return refused('no_text');
    if (thread !== undefined && workspace.conversations.message(channel, thread) === undefined) {
      return refused('thread_not_found');
    }
    const may = workspace.postRate.post(channel);
    if (may !== 'may') return { ok: 'ratelimited', ...may };
    return told(posted(channel, thread, read.content, workspace), workspace);
  },
});

/** docs.slack.dev/reference/methods/chat.update. */
export const update = method({
  scopes: ['chat:write'],
  args: z.object({ ...content, channel: z.string(), ts: z.string() }),
  run(args, workspace) {
    const place = workspace.conversations.find(args.channel);
    if (place === undefined) return refused('channel_not_found');
    if (place.isArchived) return refused('is_inactive');
    const message = workspace.conversations.message(args.channel, args.ts);
    if (message === undefined) return refused('message_not_found');
    const read = contentOf(args, workspace);
    if ('refusal' in read) return read.refusal;
    if (read.content.text === undefined && read.content.blocks === undefined) return refused('no_text');
    const change = withoutStaleBlocks(read.content);
    return told(workspace.conversations.update(message, change), workspace);
  },
});

/** "If the text argument is provided and blocks are not provided, the blocks will be removed." */
function withoutStaleBlocks(change: MessageChange): MessageChange {
  return change.text !== undefined && change.blocks === undefined ? { ...change, blocks: [] } : change;
}

function whyClosed(channel: string, { conversations }: Workspace): Answer | undefined {
  const place = conversations.find(channel);
  if (place === undefined) return refused('channel_not_found');
  if (place.isArchived) return refused('is_archived');
  return place.isMember ? undefined : refused('not_in_channel');
}

function saysNothing({ text = '', blocks = [] }: MessageChange): boolean {
  return text === '' && blocks.length === 0;
}

function posted(
  channel: string,
  thread: string | undefined,
  { text = '', blocks = [], metadata }: MessageChange,
  { conversations }: Workspace,
): SlackMessage {
  return conversations.post({
    channel,
    text,
    blocks,
    ...(metadata === undefined || metadata === 'none' ? {} : { metadata }),
    ...(thread === undefined ? {} : { thread_ts: rootOf(channel, thread, conversations) }),
  });
}

/** A reply to a reply stands in the thread of the first message. */
function rootOf(channel: string, ts: string, conversations: Workspace['conversations']): string {
  return conversations.message(channel, ts)?.thread_ts ?? ts;
}

function told(message: SlackMessage, workspace: Workspace): Answer {
  const { channel, ts, text } = message;
  return done({ channel, ts, text, message: messageJson(message, workspace, { metadata: true }) });
}
