import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Attributes, Table } from '../../../shared/adapters/dynamodb/conditional-write.ts';
import { loopbackClient } from './table.ts';

/** DynamoDB with one item, whatever its key: it is read, and every write finds that it stands there already. */
export type OneItemEndpoint = {
  readonly table: Table;
  readonly calls: { readonly operation: string; readonly input: Readonly<Record<string, unknown>> }[];
  hold(item: Attributes): void;
  stop(): Promise<void>;
};

/**
 * Starts the endpoint, for what dynalite cannot do: it loses members named __proto__, and never answers a failed
 * condition with the item, as DynamoDB does where ReturnValuesOnConditionCheckFailure asks for it (API Reference,
 * PutItem; ConditionalCheckFailedException has a member Item).
 */
export async function startOneItemEndpoint(): Promise<OneItemEndpoint> {
  const calls: OneItemEndpoint['calls'] = [];
  let held: Attributes = {};
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace(/^DynamoDB_20120810\./, '');
    const input = Object(await json(request));
    calls.push({ operation, input });
    const { status, body } = answerTo(operation, input, held);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = loopbackClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    table: { client, name: 'any' },
    calls,
    hold: (item) => {
      held = item;
    },
    async stop() {
      client.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function answerTo(operation: string, input: OneItemEndpoint['calls'][number]['input'], item: Attributes) {
  if (operation === 'GetItem') return { status: 200, body: { Item: item } };
  if (operation === 'Query') return { status: 200, body: { Items: [item] } };
  const body = {
    __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
    message: 'The conditional request failed',
    ...(input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD' ? { Item: item } : {}),
  };
  return { status: 400, body };
}
