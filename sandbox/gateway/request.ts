import type { IncomingMessage } from 'node:http';
import type { ReceivedRequest } from '../aws/aws.ts';

/** A request as the gateway has received it. */
export type GatewayRequest = ReceivedRequest & {
  /** Names as the client wrote them, in order, repeated where the client repeats them. */
  readonly headerList: readonly (readonly [name: string, value: string])[];
  /** The path as sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly sourceIp: string;
};

/** API Gateway quotas for REST APIs: payload size 10 MB. */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

/** Reads a request to its end; a body above API Gateway's limit is read and dropped. */
export async function receive(incoming: IncomingMessage): Promise<GatewayRequest | 'too-large'> {
  const body = await bodyOf(incoming);
  if (body === 'too-large') return body;
  const target = incoming.url ?? '/';
  const [path = '/', ...search] = target.split('?');
  return {
    method: incoming.method ?? 'GET',
    target,
    headers: joined(incoming),
    headerList: pairs(incoming.rawHeaders),
    path,
    query: new URLSearchParams(search.join('?')),
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    body,
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer | 'too-large'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes <= LARGEST_BODY_BYTES) chunks.push(chunk);
  }
  return bytes > LARGEST_BODY_BYTES ? 'too-large' : Buffer.concat(chunks);
}

function joined(incoming: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(incoming.headersDistinct).map(([name, values]) => [name, values?.join(',') ?? '']),
  );
}

function pairs(raw: readonly string[]): (readonly [string, string])[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
}
