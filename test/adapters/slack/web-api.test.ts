import { jest } from '@jest/globals';
import * as z from 'zod/mini';
import { slackApi } from '../../../shared/adapters/slack/web-api.ts';
import type { Answer } from '../secrets/scripted-endpoint.ts';
import { limited, ok, refused, type SlackEndpoint, startSlack } from './slack-endpoint.ts';

const TOKEN = 'xoxb-123-456-secret';
let slack: SlackEndpoint;
beforeEach(async () => {
  slack = await startSlack();
});
afterEach(() => slack.stop());

const call = () =>
  slackApi(async () => TOKEN)('chat.postMessage', { text: 'x' }, z.object({ ts: z.string() }));
const page = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body,
});

test.each([
  ['3', 3],
  ['0', 1],
  ['-5', 1],
  ['99999999999', 86_400],
])('a rate limit with Retry-After: %s waits %d s', async (header, retryAfterSeconds) => {
  slack.answer(() => limited(header));
  expect(await call()).toEqual({ failed: 'ratelimited', retryAfterSeconds });
  expect(slack.calls).toHaveLength(1);
});

test.each([undefined, 'soon'])('a rate limit with Retry-After: %s is one all the same', async (header) => {
  slack.answer(() => limited(header));
  expect(await call()).toEqual({ failed: 'ratelimited' });
});

test.each([
  ["Slack's code", refused('not_in_channel'), 'not_in_channel'],
  ['a page in the place of an answer', page(200, '<html>xoxb-proxy</html>'), 'malformed-answer'],
  ['an answer that ends in the middle', page(200, '{"ok":true,"ts":"17'), 'malformed-answer'],
  ['an answer without what it is asked for', ok({}), 'malformed-answer'],
  ['an answer of another type', ok({ ts: 17 }), 'malformed-answer'],
  ['a refusal without a code', page(200, '{"ok":false}'), 'malformed-answer'],
  ['an error of a server', page(500, 'xoxb-proxy'), 'http-500'],
  ['an error of a gateway', page(503, '<html></html>'), 'http-503'],
  ['a connection that is cut', 'hangs up', 'unreachable'],
  ['null', page(200, 'null'), 'unreachable'],
] as const)('%s is a failure with a code of its own', async (_what, answer: Answer, failed) => {
  slack.answer(() => answer);
  expect(await call()).toEqual({ failed });
});

test('a gateway that says when to come back is heard', async () => {
  slack.answer(() => ({ status: 503, headers: { 'retry-after': '30' } }));
  expect(await call()).toEqual({ failed: 'http-503', retryAfterSeconds: 30 });
});

test('an answer that takes too long is given up: the call carries a signal', async () => {
  slack.fail(Object.assign(new Error('The operation was aborted due to timeout'), { name: 'TimeoutError' }));
  expect(await call()).toEqual({ failed: 'timeout' });
  expect(slack.fetched[0]?.init.signal).toBeInstanceOf(AbortSignal);
});

test('a failure never holds the token, nor what fetch says', async () => {
  slack.fail(new Error(`The header "Bearer ${TOKEN}" is wrong.`));
  expect(await call()).toEqual({ failed: 'unreachable' });
});

test('a method that looks like an address stays with Slack', async () => {
  slack.answer(() => refused('unknown_method'));
  const api = slackApi(async () => TOKEN);
  expect(await api('https://evil.example/steal', {}, z.object({}))).toEqual({ failed: 'unknown_method' });
  expect(slack.fetched[0]?.url).toMatch(/^https:\/\/slack\.com\/api\//);
});

test("Slack's client writes nothing into the function's log", async () => {
  const written = jest.spyOn(process.stdout, 'write');
  const consoles = (['debug', 'info', 'warn', 'error', 'log'] as const).map((name) =>
    jest.spyOn(console, name),
  );
  slack.answer(() => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ok: false,
      error: 'invalid_blocks',
      response_metadata: { messages: ['[ERROR] what somebody typed'], warnings: ['superfluous_charset'] },
    }),
  }));
  expect(await call()).toEqual({ failed: 'invalid_blocks' });
  for (const spy of [written, ...consoles]) expect(spy).not.toHaveBeenCalled();
  jest.restoreAllMocks();
});
