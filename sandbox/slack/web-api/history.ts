import * as z from 'zod';
import type { SlackMessage } from '../conversations.ts';
import { messageJson } from '../message-json.ts';
import type { Workspace } from '../workspace.ts';
import { type Answer, done, refused } from './answer.ts';
import { Count, Flag, method } from './method.ts';

const page = {
  channel: z.string(),
  oldest: z.string().optional(),
  latest: z.string().optional(),
  inclusive: Flag.default(false),
  include_all_metadata: Flag.default(false),
  limit: Count.min(1).max(999).default(100),
  cursor: z.string().optional(),
};

/** docs.slack.dev/reference/methods/conversations.history: newest first, without the replies in threads. */
export const history = method({
  scopes: ['channels:history', 'groups:history', 'im:history'],
  args: z.object(page),
  run(args, workspace) {
    const place = workspace.conversations.find(args.channel);
    if (place === undefined) return refused('channel_not_found');
    if (!place.isMember) return refused('not_in_channel');
    const messages = workspace.conversations
      .messages(args.channel)
      .filter((message) => message.thread_ts === undefined && isWithin(message, args))
      .reverse();
    return paged(messages, args, workspace);
  },
});

/** docs.slack.dev/reference/methods/conversations.replies: the thread's first message, then replies, oldest first. */
export const replies = method({
  scopes: ['channels:history', 'groups:history', 'im:history'],
  args: z.object({ ...page, ts: z.string() }),
  run(args, workspace) {
    const { conversations } = workspace;
    if (conversations.find(args.channel) === undefined) return refused('channel_not_found');
    const first = conversations.message(args.channel, args.ts);
    if (first === undefined) return refused('thread_not_found');
    const answers = conversations
      .messages(args.channel)
      .filter((message) => message.thread_ts === args.ts && isWithin(message, args));
    return paged([first, ...answers], args, workspace);
  },
});

type Page = z.output<z.ZodObject<typeof page>>;

/** Every `ts` has as many digits as the others, so their order is that of strings. */
function isWithin({ ts }: SlackMessage, { oldest = '', latest = '~', inclusive }: Page): boolean {
  return (ts > oldest && ts < latest) || (inclusive && (ts === oldest || ts === latest));
}

/** A cursor is the number of messages that came before; nobody is to read it. */
function paged(messages: readonly SlackMessage[], args: Page, workspace: Workspace): Answer {
  const start = args.cursor === undefined ? 0 : Number(Buffer.from(args.cursor, 'base64').toString());
  if (!Number.isInteger(start) || start < 0) return refused('invalid_cursor');
  const end = start + args.limit;
  const hasMore = end < messages.length;
  return done({
    messages: messages
      .slice(start, end)
      .map((message) => messageJson(message, workspace, { metadata: args.include_all_metadata })),
    has_more: hasMore,
    response_metadata: { next_cursor: hasMore ? Buffer.from(String(end)).toString('base64') : '' },
  });
}
