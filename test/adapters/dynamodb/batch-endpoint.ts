import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Retrying } from '../../../shared/adapters/dynamodb/batches.ts';
import type { Table } from '../../../shared/adapters/dynamodb/conditional-write.ts';
import { loopbackClient } from './table.ts';

/** An endpoint that leaves of a batch what it is told to, and what was asked of it. */
export type BatchEndpoint = {
  readonly table: Table;
  /** What each call asked for the table. */
  readonly calls: unknown[];
  /** How many things of a call, from its end, stay unprocessed: of the first call, the second … */
  readonly unprocessed: number[];
  readonly pauses: number[];
  /** Pauses of no time, which are written down, and half of which is this much chance. */
  retrying(chance?: number): Retrying;
  /** Forgets everything. */
  forget(): void;
  stop(): Promise<void>;
};

/** Starts one; `answerTo` says what it answers to what was asked for the table, of which so many things are left. */
export async function startBatches(
  name: string,
  answerTo: (asked: unknown, left: number) => object,
): Promise<BatchEndpoint> {
  const [calls, unprocessed, pauses]: [unknown[], number[], number[]] = [[], [], []];
  const server = createServer(async (request, response) => {
    const { RequestItems } = Object(await json(request));
    calls.push(RequestItems[name]);
    const left = unprocessed[Math.min(calls.length, unprocessed.length) - 1] ?? 0;
    response
      .writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify(answerTo(RequestItems[name], left)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = loopbackClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    ...{ table: { client, name }, calls, unprocessed, pauses },
    retrying: (chance = 0) => ({
      pause: async (milliseconds) => void pauses.push(milliseconds),
      random: () => chance,
    }),
    forget: () => {
      for (const list of [calls, unprocessed, pauses]) list.length = 0;
    },
    async stop() {
      client.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
