import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import type * as z from 'zod/mini';
import type { Told } from '../../ports/messenger.ts';
import type { BotToken } from '../../ports/slack-secrets.ts';
import { failureOf, MALFORMED } from './failure.ts';

/** Calls a method of Slack's Web API: what is read of its answer, or why there is none. */
export type SlackApi = <T>(
  method: string,
  args: Readonly<Record<string, unknown>>,
  answer: z.ZodMiniType<T>,
) => Promise<Told<T>>;

/** A trigger lives 3 s, and so does the request that brought it. */
const TIMEOUT_MS = 2500;

/**
 * Slack's Web API, called as the bot. Every call is made once: whoever calls knows what a repetition would do.
 * https://docs.slack.dev/apis/web-api
 */
export function slackApi(botToken: BotToken): SlackApi {
  const client = new WebClient(undefined, {
    allowAbsoluteUrls: false,
    fetch: (url, init) => fetch(url, init),
    logger: SILENT,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    timeout: TIMEOUT_MS,
  });
  return async (method, args, answer) => {
    const token = await tokenOf(botToken);
    if ('failed' in token) return token;
    try {
      const result = await client.apiCall(method, { ...args, token: token.value });
      const parsed = answer.safeParse(result);
      return parsed.success ? { value: parsed.data } : MALFORMED;
    } catch (error) {
      return failureOf(error);
    }
  };
}

/** The token, or why there is none: cards wait for it as they wait for Slack. */
async function tokenOf(botToken: BotToken): Promise<Told<string>> {
  try {
    return { value: await botToken() };
  } catch (error) {
    return { failed: `no bot token: ${error instanceof Error ? error.message : 'it cannot be read'}` };
  }
}

/** NB. Slack's client writes what it sends and receives into its log. */
const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setLevel: () => undefined,
  setName: () => undefined,
};
