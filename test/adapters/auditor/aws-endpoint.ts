import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as it arrived: the operation, its parameters, and whose key and which Region signed it. */
export type Call = {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly region: string;
};

/** A value as the protocol of the operation writes it, or an error's code. */
export type Answer = { readonly xml: string } | { readonly json: unknown } | { readonly error: string };

/** STS, IAM and CloudTrail on loopback, that answer what a test says. */
export type AwsEndpoint = {
  readonly url: string;
  readonly calls: readonly Call[];
  readonly stop: () => void;
};

/** Starts the endpoint: STS and IAM speak the query protocol, CloudTrail JSON 1.1. */
export async function startAws(answer: (call: Call) => Answer): Promise<AwsEndpoint> {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const call = callOf(request, await textOf(request));
    calls.push(call);
    const { status, body } = written(answer(call), call.operation, isJson(request));
    response.writeHead(status, {
      'content-type': isJson(request) ? 'application/x-amz-json-1.1' : 'text/xml',
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function isJson(request: IncomingMessage): boolean {
  return request.headers['x-amz-target'] !== undefined;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function callOf(request: IncomingMessage, body: string): Call {
  const [, key = '', region = ''] =
    /Credential=([^/]+)\/\d+\/([^/]+)/.exec(request.headers.authorization ?? '') ?? [];
  const target = String(request.headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1);
  if (target) return { operation: target, parameters: JSON.parse(body), key, region };
  const { Action = '', ...parameters } = Object.fromEntries(new URLSearchParams(body));
  return { operation: Action, parameters, key, region };
}

function written(
  answer: Answer,
  operation: string,
  json: boolean,
): { readonly status: number; readonly body: string } {
  if ('json' in answer) return { status: 200, body: JSON.stringify(answer.json) };
  if ('xml' in answer) {
    const result = `<${operation}Result>${answer.xml}</${operation}Result>`;
    return { status: 200, body: `<${operation}Response>${result}</${operation}Response>` };
  }
  const message = 'User: arn:aws:sts::999999999999:assumed-role/Secret/name is not authorized';
  if (json) return { status: 400, body: JSON.stringify({ __type: answer.error, message }) };
  const error = `<Error><Type>Sender</Type><Code>${answer.error}</Code><Message>${message}</Message></Error>`;
  return { status: 400, body: `<ErrorResponse>${error}</ErrorResponse>` };
}
