import * as z from 'zod/mini';
import type { Instant } from '../../domain/instant.ts';
import type { Mark, Messenger, Told } from '../../ports/messenger.ts';
import type { SlackApi } from './web-api.ts';

/** Slack recommends no more than 200 on a page: https://docs.slack.dev/reference/methods/conversations.history */
const PAGE = 200;

/**
 * Pages that are looked through. The message of a crash is looked for within minutes; behind 4,000 newer ones it is
 * taken for never posted.
 */
const MOST_PAGES = 20;

const Myself = z.object({ bot_id: z.string().check(z.minLength(1)) });

const Message = z.object({
  ts: z.string(),
  bot_id: z.optional(z.string()),
  metadata: z.optional(z.object({ event_type: z.optional(z.string()), event_payload: z.unknown() })),
});
type Message = z.output<typeof Message>;

const Page = z.object({
  messages: z.array(Message),
  response_metadata: z.optional(z.object({ next_cursor: z.optional(z.string()) })),
});

const Payload = z.object({
  elevation: z.optional(z.string()),
  report: z.optional(z.string()),
  key: z.string(),
});

/** Looks for a message of the bot by its mark, in a channel or in a thread. */
export function messageSearch(api: SlackApi): Messenger['find'] {
  let botId: string | undefined;
  return async ({ channel, thread, mark, since }) => {
    if (botId === undefined) {
      const myself = await api('auth.test', {}, Myself);
      if ('failed' in myself) return myself;
      botId = myself.value.bot_id;
    }
    const ours = botId;
    return search(pagesOf(api, { channel, ...(thread === undefined ? {} : { thread }), since }), (message) =>
      isMarked(message, ours, mark),
    );
  };
}

/** NB. Anybody's app can post metadata with our mark; a message of theirs is none of ours. */
function isMarked({ bot_id, metadata }: Message, botId: string, mark: Mark): boolean {
  if (bot_id !== botId || metadata?.event_type !== 'drawbridge_message') return false;
  const payload = Payload.safeParse(metadata.event_payload);
  return payload.success && isSame(payload.data, mark);
}

function isSame(said: z.output<typeof Payload>, mark: Mark): boolean {
  const isAbout = 'report' in mark ? said.report === mark.report : said.elevation === mark.elevation;
  return isAbout && said.key === mark.key;
}

type Pages = AsyncIterable<Told<readonly Message[]>>;

async function search(
  pages: Pages,
  isWanted: (message: Message) => boolean,
): Promise<Told<string | undefined>> {
  for await (const page of pages) {
    if ('failed' in page) return page.failed === 'thread_not_found' ? { value: undefined } : page;
    const found = page.value.find(isWanted);
    if (found !== undefined) return { value: found.ts };
  }
  return { value: undefined };
}

type Where = { readonly channel: string; readonly thread?: string; readonly since: Instant };

async function* pagesOf(api: SlackApi, { channel, thread, since }: Where): Pages {
  const method = thread === undefined ? 'conversations.history' : 'conversations.replies';
  const place = { channel, ...(thread === undefined ? {} : { ts: thread }) };
  const range = { oldest: (since / 1000).toFixed(6), inclusive: true, include_all_metadata: true };
  let cursor: string | undefined;
  for (let count = 0; count < MOST_PAGES; count++) {
    const args = { ...place, ...range, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
    const page = await api(method, args, Page);
    if ('failed' in page) return yield page;
    yield { value: page.value.messages };
    cursor = page.value.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === '') return;
  }
}
