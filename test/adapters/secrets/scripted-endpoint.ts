import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it arrived. */
export type Call = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** What is answered; or nothing, the connection being cut. */
export type Answer =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'hangs up';

/** An endpoint on loopback that answers as a test says. */
export type ScriptedEndpoint = {
  readonly url: string;
  readonly calls: readonly Call[];
  /** From now on. */
  answer(next: (call: Call) => Answer): void;
  stop(): Promise<void>;
};

/** Starts an endpoint. */
export async function startEndpoint(): Promise<ScriptedEndpoint> {
  const calls: Call[] = [];
  let answering: (call: Call) => Answer = () => 'hangs up';
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const call = { method, path: url, headers, body: await text(request) };
    calls.push(call);
    const answer = answering(call);
    if (answer === 'hangs up') request.socket.destroy();
    else response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answer: (next) => {
      answering = next;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Answers in turn; the last one repeats. */
export function inTurn(...answers: readonly Answer[]): () => Answer {
  let next = 0;
  return () => answers[Math.min(next++, answers.length - 1)] ?? 'hangs up';
}

/** JSON, as the AWS services that are asked in JSON answer it; an error has its code in `__type`. */
export function json(body: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}

/** The variables by which an SDK finds the endpoint, and credentials that are none. */
export function towards(service: string, url: string): Readonly<Record<string, string>> {
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    [`AWS_ENDPOINT_URL_${service}`]: url,
  };
}
