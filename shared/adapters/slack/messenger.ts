import * as z from 'zod/mini';
import type { Mark, MessageContent, Messenger, Told } from '../../ports/messenger.ts';
import type { BotToken } from '../../ports/slack-secrets.ts';
import { messageSearch } from './message-search.ts';
import { slackApi } from './web-api.ts';

const Posted = z.object({ ts: z.string().check(z.regex(/^\d+\.\d+$/)) });
const Opened = z.object({ channel: z.object({ id: z.string().check(z.minLength(1)) }) });

/**
 * What says that a message cannot be changed any more: it was deleted, its channel is archived, or the workspace lets
 * nobody edit for so long. https://docs.slack.dev/reference/methods/chat.update
 */
const GONE: ReadonlySet<string> = new Set(['message_not_found', 'is_inactive', 'edit_window_closed']);

/** Posts and updates messages as the bot. Every call is made once. */
export function slackMessenger(botToken: BotToken): Messenger {
  const api = slackApi(botToken);
  return {
    async directChannel(user) {
      return mapped(await api('conversations.open', { users: user }, Opened), ({ channel }) => channel.id);
    },
    async post({ channel, thread, mark, content }) {
      const place = { channel, ...(thread === undefined ? {} : { thread_ts: thread }) };
      const args = { ...place, ...told(content, mark), unfurl_links: false, unfurl_media: false };
      return mapped(await api('chat.postMessage', args, Posted), ({ ts }) => ts);
    },
    async update({ channel, ts, mark, content }) {
      const answer = await api('chat.update', { channel, ts, ...told(content, mark) }, Posted);
      if ('failed' in answer && GONE.has(answer.failed)) return { value: 'gone' };
      return mapped(answer, () => 'updated');
    },
    find: messageSearch(api),
  };
}

/** What a message says, and the metadata by which it is found. https://docs.slack.dev/messaging/message-metadata */
function told({ text, blocks }: MessageContent, mark: Mark) {
  return {
    text,
    blocks,
    metadata: { event_type: 'drawbridge_message', event_payload: { ...mark } },
  };
}

function mapped<T, U>(answer: Told<T>, then: (value: T) => U): Told<U> {
  return 'failed' in answer ? answer : { value: then(answer.value) };
}
