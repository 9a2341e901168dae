import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page as LookupEvents writes it, or the code of an error. */
export type Answer =
  | { readonly Events?: readonly object[]; readonly NextToken?: string }
  | { readonly error: string };

/** CloudTrail on loopback, that gives these answers in this order, and says what it was asked. */
export async function startLookups(answers: readonly Answer[]) {
  const asked: Readonly<Record<string, unknown>>[] = [];
  const left = [...answers];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    asked.push(JSON.parse(body));
    const answer = left.shift() ?? { error: 'NothingIsLeft' };
    const isError = 'error' in answer;
    response.writeHead(isError ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(isError ? { __type: answer.error, message: 'Rate exceeded' } : answer));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}
