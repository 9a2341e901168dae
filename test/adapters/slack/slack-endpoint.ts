import {
  type Answer,
  type Call,
  type ScriptedEndpoint,
  startEndpoint,
} from '../secrets/scripted-endpoint.ts';

/** A Slack on loopback: whatever goes to Slack's hosts by `fetch` goes there, and nothing else goes anywhere. */
export type SlackEndpoint = ScriptedEndpoint & {
  /** The method and the arguments of each call of the Web API. */
  methods(): readonly (readonly [string, Readonly<Record<string, unknown>>])[];
  /** What was given to `fetch`. */
  readonly fetched: readonly { readonly url: string; readonly init: RequestInit }[];
  /** From now on nothing is sent: `fetch` fails. */
  fail(error: Error): void;
};

/** Arguments that are JSON within a form: https://docs.slack.dev/apis/web-api */
const STRUCTURED = new Set(['blocks', 'metadata', 'view']);

/** Starts the endpoint; `stop` puts the global `fetch` back. */
export async function startSlack(): Promise<SlackEndpoint> {
  const endpoint = await startEndpoint();
  const fetched: { url: string; init: RequestInit }[] = [];
  const before = globalThis.fetch;
  let failure: Error | undefined;
  globalThis.fetch = async (input, init = {}) => {
    const url = new URL(String(input));
    fetched.push({ url: url.href, init });
    if (failure !== undefined) throw failure;
    if (!['slack.com', 'hooks.slack.com', 'hooks.slack-gov.com'].includes(url.host)) {
      throw new Error(`Something was sent to ${url.host}.`);
    }
    return before(`${endpoint.url}${url.pathname}`, init);
  };
  return {
    ...endpoint,
    fetched,
    methods: () => endpoint.calls.map((call) => [methodOf(call), argumentsOf(call)]),
    fail: (error) => {
      failure = error;
    },
    async stop() {
      globalThis.fetch = before;
      await endpoint.stop();
    },
  };
}

/** The method that a call names. */
export function methodOf({ path }: Call): string {
  return path.replace('/api/', '');
}

/** The arguments of a call, without the token. */
export function argumentsOf({ body }: Call): Readonly<Record<string, unknown>> {
  const { token: _token, ...args } = Object.fromEntries(new URLSearchParams(body));
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, STRUCTURED.has(name) ? JSON.parse(value) : value]),
  );
}

/** An answer of the Web API. */
export function ok(body: object): Answer {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ok: true, ...body }) };
}

/** A refusal of the Web API. */
export function refused(error: string): Answer {
  return {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ok: false, error }),
  };
}

/** "HTTP 429 Too Many Requests", with Retry-After in seconds: https://docs.slack.dev/apis/web-api/rate-limits */
export function limited(retryAfter: string | undefined): Answer {
  return {
    status: 429,
    headers: {
      'content-type': 'application/json',
      ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
    },
    body: JSON.stringify({ ok: false, error: 'ratelimited' }),
  };
}
