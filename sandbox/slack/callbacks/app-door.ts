import { slackSignature } from './sign.ts';

/** Where an app is called: for commands, for clicks and forms, and for the options of external selects. */
export type Door = 'commands' | 'interactions' | 'options';

/** A request as it was sent to the app; sent again, it is a replay. */
export type SentCallback = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What became of a request to the app. */
export type Delivery =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
    }
  /** No answer within three seconds. */
  | { readonly kind: 'late' }
  | { readonly kind: 'unreachable' };

/** The way to the app. */
export type AppDoor = {
  /** Sends form fields, signed as Slack signs. */
  send(door: Door, fields: Readonly<Record<string, string>>): Promise<Delivery>;
  /** What was sent, oldest first. */
  sent(): readonly SentCallback[];
  /** Signs by another secret from now on. */
  setSigningSecret(secret: string): void;
};

/** docs.slack.dev/interactivity/handling-user-interaction: an app has to answer within three seconds. */
const PATIENCE_MS = 3000;

/** Opens the way to an app; its address may be known only later. */
export function createAppDoor(options: {
  readonly appUrl: string | (() => string);
  readonly signingSecret: string;
  readonly clock: () => number;
  readonly patienceMs?: number | undefined;
}): AppDoor {
  const { appUrl, clock, patienceMs = PATIENCE_MS } = options;
  let secret = options.signingSecret;
  const sent: SentCallback[] = [];
  return {
    async send(door, fields) {
      const base = typeof appUrl === 'string' ? appUrl : appUrl();
      const body = new URLSearchParams(fields).toString();
      const headers = signedHeaders(secret, Math.trunc(clock() / 1000), body);
      const callback = { url: `${base}/v1/slack/${door}`, headers, body };
      sent.push(callback);
      return deliver(callback, patienceMs);
    },
    sent: () => [...sent],
    setSigningSecret(next) {
      secret = next;
    },
  };
}

function signedHeaders(secret: string, timestamp: number, body: string): Record<string, string> {
  return {
    'Content-Type': 'application/x-www-form-urlencoded',
    'User-Agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'X-Slack-Request-Timestamp': String(timestamp),
    'X-Slack-Signature': slackSignature(secret, timestamp, body),
  };
}

async function deliver({ url, headers, body }: SentCallback, patienceMs: number): Promise<Delivery> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    const contentType = response.headers.get('content-type') ?? '';
    return { kind: 'answered', status: response.status, contentType, body: await response.text() };
  } catch {
    return { kind: signal.aborted ? 'late' : 'unreachable' };
  }
}
