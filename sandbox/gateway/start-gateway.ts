import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../aws/aws.ts';
import { type DoorParts, enter } from './doors.ts';
import { findRoute } from './find-route.ts';
import { createRefusalWriter } from './gateway-responses.ts';
import { proxyEvent } from './proxy-event.ts';
import { proxyReply } from './proxy-response.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { Reply } from './reply.ts';
import { type GatewayRequest, receive } from './request.ts';

/** API Gateway on loopback; the stage is in no path, as behind a custom domain. */
export type Gateway = { readonly url: string; stop(): Promise<void> };

/** What the gateway is started with. */
export type GatewayOptions = DoorParts & {
  readonly clock: Clock;
  /** 0, or none, for any free port. */
  readonly port?: number;
  readonly requestIds?: () => string;
};

/** One request on its way through the gateway. */
type Passage = { readonly requestId: string; readonly extendedRequestId: string; readonly now: number };

/** Starts the API of the hub in front of its functions. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { clock, requestIds = randomUUID } = options;
  const write = createRefusalWriter(options.hub.gatewayResponses);

  const server = createServer((incoming, outgoing) => {
    const requestId = requestIds();
    const passage = { requestId, extendedRequestId: extendedIdOf(requestId), now: clock() };
    void answer(incoming, options, passage).then((result) => {
      send(outgoing, 'kind' in result ? write(result, requestId) : result, passage);
    });
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  incoming: IncomingMessage,
  parts: DoorParts,
  passage: Passage,
): Promise<Reply | Refusal> {
  try {
    const request = await receive(incoming);
    return request === 'too-large' ? refusal('REQUEST_TOO_LARGE') : await pass(request, parts, passage);
  } catch (fault) {
    console.error('The gateway failed at a request; this is a mistake in the sandbox.', fault);
    return refusal('MALFORMED_RESPONSE');
  }
}

/** From the route through its door to the function and back. */
async function pass(request: GatewayRequest, parts: DoorParts, passage: Passage): Promise<Reply | Refusal> {
  const { hub } = parts;
  const found = findRoute(hub.routes, request.method, request.path);
  if (found === undefined) return refusal('MISSING_AUTHENTICATION_TOKEN');
  const admission = await enter(found.route.door, request, parts);
  if ('kind' in admission) return admission;
  const event = proxyEvent({ ...passage, hub, request, found, admission });
  const invocation = await parts.invoke(found.route.answeredBy, event);
  if (invocation.outcome === 'failed') return refusal('MALFORMED_RESPONSE');
  return proxyReply(invocation.payload) ?? refusal('MALFORMED_RESPONSE');
}

/** The date is the sandbox's: clients whose clocks differ can correct themselves by it, as the SDK does. */
function send(outgoing: ServerResponse, reply: Reply, { requestId, extendedRequestId, now }: Passage): void {
  outgoing.sendDate = false;
  outgoing.statusCode = reply.status;
  for (const [name, value] of reply.headers) outgoing.appendHeader(name, value);
  outgoing.setHeader('Date', new Date(now).toUTCString());
  outgoing.setHeader('x-amzn-RequestId', requestId);
  outgoing.setHeader('x-amz-apigw-id', extendedRequestId);
  outgoing.end(reply.body);
}

/** API Gateway's own id of a request is eleven bytes in base64. */
function extendedIdOf(requestId: string): string {
  return Buffer.from(requestId.replaceAll('-', ''), 'hex').subarray(0, 11).toString('base64');
}
