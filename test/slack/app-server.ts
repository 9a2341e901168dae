import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { SlackHandler } from '../../shared/slack/handler.ts';

/** Serves the handler over HTTP, as API Gateway does. */
export async function serveApp(
  handler: SlackHandler,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const server = createServer(async (incoming, outgoing) => {
    const { statusCode, headers, body } = await handler(await eventOf(incoming));
    outgoing.writeHead(statusCode, headers as Record<string, string>).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function eventOf(incoming: IncomingMessage): Promise<APIGatewayProxyEvent> {
  const chunks: Buffer[] = await incoming.toArray();
  const event = {
    httpMethod: 'POST',
    resource: incoming.url ?? '',
    headers: incoming.headers,
    multiValueHeaders: incoming.headersDistinct,
    body: Buffer.concat(chunks).toString('base64'),
    isBase64Encoded: true,
    requestContext: { requestId: 'request-1' },
  };
  return event as Partial<APIGatewayProxyEvent> as APIGatewayProxyEvent;
}
