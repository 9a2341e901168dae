import type { MessageContent } from '../../ports/messenger.ts';
import { SlackUnavailable } from '../../ports/slack-desk.ts';
import { networkFailureOf } from './failure.ts';

/** Where Slack takes answers; the second is that of GovSlack. */
const HOSTS: ReadonlySet<string> = new Set(['hooks.slack.com', 'hooks.slack-gov.com']);

const TIMEOUT_MS = 2000;

/**
 * Answers whoever clicked at the address that came with the click, for them alone; the message under the button stays.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export async function replyAt(responseUrl: string, { text, blocks }: MessageContent): Promise<void> {
  const address = slackAddress(responseUrl);
  if (address === undefined) {
    throw new Error('The address to answer at is not one of Slack, so nothing was sent there.');
  }
  const reply = { response_type: 'ephemeral', replace_original: false, text, blocks };
  const response = await posted(address, JSON.stringify(reply));
  if (!response.ok) throw new SlackUnavailable(`http-${response.status}`);
}

/** NB. Whoever knows the address can answer in the bot's name; it stands in no error. */
function slackAddress(text: string): URL | undefined {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:' || !HOSTS.has(url.hostname)) return undefined;
  return url.port === '' && url.username === '' && url.password === '' ? url : undefined;
}

async function posted(address: URL, body: string): Promise<Response> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response;
  } catch (error) {
    throw new SlackUnavailable(networkFailureOf(error));
  }
}
