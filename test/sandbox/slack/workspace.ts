import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { KnownBlock } from '@slack/types';
import { ErrorCode, type Logger, LogLevel, WebClient } from '@slack/web-api';
import type { SandboxSlack, SlackOptions } from '../../../sandbox/slack/slack.ts';
import { startSlack } from '../../../sandbox/slack/start-slack.ts';

/** The team, the app and the people of these tests. */
export const TEAM = 'T024BE7LD';
export const APP = 'A0DRAWBRIDGE';
export const TOKEN = 'xoxb-of-the-tests';
export const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
export const RELEASES = 'C0RELEASES';
export const RUTH = 'U0RUTH';
export const DAVID = 'U0DAVID';

/** What the app was asked, once its signature has been verified. */
export type Asked = {
  readonly door: string;
  /** The form's fields; `payload` of an interaction is decoded into `payload`. */
  readonly fields: Readonly<Record<string, string>>;
  // The shape is Slack's, and each test looks at its own part of it.
  readonly payload: Readonly<Record<string, unknown>>;
};

/** What the app answers: a status (200 where it is absent), and a value as JSON, a text, or nothing. */
export type Said = { readonly status?: number; readonly json?: unknown; readonly text?: string } | 'never';

/** An app of the test's own, behind Slack's signature. */
export type App = {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** How it answers from now on; with nothing, until it is said. */
  answer(how: (asked: Asked) => Said | Promise<Said>): void;
  stop(): Promise<void>;
};

/** Starts an app that refuses, with 401, whatever is not signed by Slack's published formula. */
export async function startApp(secret = SECRET, clock: () => number = Date.now): Promise<App> {
  const asked: Asked[] = [];
  let how: (one: Asked) => Said | Promise<Said> = () => ({});
  const receive = async (incoming: IncomingMessage): Promise<Said> => {
    const raw = await text(incoming);
    const { 'x-slack-request-timestamp': at, 'x-slack-signature': signature } = incoming.headers;
    if (!isSigned(secret, String(at), raw, String(signature), clock())) return { status: 401 };
    const fields = Object.fromEntries(new URLSearchParams(raw));
    const one = { door: incoming.url ?? '', fields, payload: JSON.parse(fields['payload'] ?? '{}') };
    asked.push(one);
    return how(one);
  };
  const server = createServer((incoming, outgoing) => {
    void receive(incoming).then((said) => say(said, outgoing));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer(next) {
      how = next;
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function say(said: Said, outgoing: ServerResponse): void {
  if (said === 'never') return;
  const { status = 200, json, text: body = '' } = said;
  outgoing.writeHead(status, { 'Content-Type': json === undefined ? 'text/plain' : 'application/json' });
  outgoing.end(json === undefined ? body : JSON.stringify(json));
}

// docs.slack.dev/authentication/verifying-requests-from-slack: the formula, and five minutes both ways.
function isSigned(secret: string, at: string, raw: string, signature: string, now: number): boolean {
  if (Math.abs(now / 1000 - Number(at)) > 300) return false;
  const expected = `v0=${createHmac('sha256', secret).update(`v0:${at}:${raw}`).digest('hex')}`;
  return (
    signature.length === expected.length && timingSafeEqual(Buffer.from(signature), Buffer.from(expected))
  );
}

/** A workspace with an app, a client of its Web API, and a clock that stands. */
export type Stage = {
  readonly slack: SandboxSlack;
  readonly app: App;
  readonly client: WebClient;
  advance(ms: number): void;
  stop(): Promise<void>;
};

/** Starts one. */
export async function startStage(options: Partial<SlackOptions> = {}): Promise<Stage> {
  let now = Date.UTC(2026, 10, 25, 9);
  const clock = () => now;
  const app = await startApp(SECRET, clock);
  const slack = await startSlack({
    clock,
    team: TEAM,
    app: APP,
    botToken: TOKEN,
    signingSecret: SECRET,
    appUrl: app.url,
    channels: [
      { id: RELEASES, name: 'releases' },
      { id: 'C0OLD', name: 'old', isArchived: true },
      { id: 'C0FOREIGN', name: 'foreign', withoutApp: true },
    ],
    users: [
      { id: RUTH, name: 'Ruth' },
      { id: DAVID, name: 'David' },
      { id: 'U0GUEST', name: 'Gus', isUltraRestricted: true },
      { id: 'U0GONE', name: 'Gone', isDeleted: true },
      { id: 'U0ROBOT', name: 'Robot', isBot: true },
      { id: 'U0STRANGER', name: 'Stella', team: 'T0OTHER', isStranger: true },
    ],
    ...options,
  });
  return {
    slack,
    app,
    client: clientOf(slack.url),
    advance(ms) {
      now += ms;
    },
    async stop() {
      await slack.stop();
      await app.stop();
    },
  };
}

/** The client reports refusals, and here they are asked for. */
const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** Slack's own client, which does not try again. */
export function clientOf(url: string, token = TOKEN): WebClient {
  return new WebClient(token, {
    slackApiUrl: `${url}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });
}

/** What the Web API refuses with; fails where it does not refuse. */
export async function refusal(call: Promise<unknown>): Promise<{ error: string; messages: string[] }> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (typeof error !== 'object' || error === null || !('code' in error) || !('data' in error)) {
    throw new Error(`The call was not refused by Slack: ${String(error)}`);
  }
  expect(error.code).toBe(ErrorCode.PlatformError);
  const { data } = error as { data: { error: string; response_metadata?: { messages?: string[] } } };
  return { error: data.error, messages: data.response_metadata?.messages ?? [] };
}

/** A section of plain text. */
export function section(text: string): KnownBlock {
  return { type: 'section', text: { type: 'plain_text', text } };
}

/** A card with the buttons of the action ids. */
export function card(...actionIds: readonly string[]): KnownBlock[] {
  return [
    section('David asks for update-app'),
    {
      type: 'actions',
      block_id: 'decide',
      elements: actionIds.map((id) => ({
        type: 'button',
        action_id: id,
        value: 'E1.digest',
        text: { type: 'plain_text', text: id },
      })),
    },
  ];
}
