import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { loopbackClient } from './table.ts';

/** What a stand-in answers, as it goes over the wire. */
export type WireAnswer = { readonly status: number; readonly body: string };

/** A DynamoDB that answers what a test says, for what the emulator cannot do; and what it was asked. */
export type StandIn = {
  readonly client: DynamoDBClient;
  readonly asked: readonly { readonly operation: string; readonly input: unknown }[];
  stop(): Promise<void>;
};

/** Starts a stand-in that gives the same answer to every call. */
export async function startStandIn(answer: WireAnswer): Promise<StandIn> {
  const asked: { operation: string; input: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace(/^DynamoDB_20120810\./, '');
    asked.push({ operation, input: JSON.parse(await text(request)) });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = loopbackClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const stop = async () => {
    client.destroy();
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { client, asked, stop };
}

/** The names of the operations that a client sends from now on, each repetition by itself. */
export function operationsOf(client: DynamoDBClient): string[] {
  const sent: string[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      (sending) => {
        sent.push(String(commandName).replace(/Command$/, ''));
        return next(sending);
      },
    { step: 'deserialize', name: 'noteOperation' },
  );
  return sent;
}

/** Loses the answer to the next call, once it is carried out: the connection breaks, and the SDK repeats the call. */
export function loseNextAnswer(client: DynamoDBClient): void {
  client.middlewareStack.add(
    (next) => async (sending) => {
      await next(sending);
      client.middlewareStack.remove('loseAnswer');
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    },
    { step: 'deserialize', name: 'loseAnswer', override: true },
  );
}
