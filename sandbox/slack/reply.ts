import type { IncomingMessage, ServerResponse } from 'node:http';

/** What goes back over HTTP. */
export type Reply = {
  readonly status: number;
  /** The media type of the body. */
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Answers a request. */
export function write(outgoing: ServerResponse, { status, type, headers = {}, body }: Reply): void {
  outgoing.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store', ...headers });
  outgoing.end(body);
}

const HOSTS = new Set(['127.0.0.1', 'localhost', 'slack.com', 'hooks.slack.com']);

/**
 * Whether a request comes from no page, or from this server's own. Another site's page can make a browser send a
 * request here, under its own `Origin`; and under its own `Host`, where it has its name resolve to this machine.
 */
export function sameSite({ headers }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  if (!HOSTS.has(host.replace(/:\d+$/, ''))) return false;
  return origin === undefined || origin === `http://${host}`;
}
