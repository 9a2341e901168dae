import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Authenticator } from './authenticate.ts';
import { AwsRefusal, type Clock, type ReceivedRequest } from './aws.ts';
import { newUuid, type Randomness } from './identifiers.ts';
import type { Call } from './operation.ts';
import { headerOf } from './received-request.ts';
import type { Reply, Service } from './service.ts';
import { readClaim } from './signature.ts';
import type { Trail } from './trail/trail.ts';

/** What the endpoint works with; services by the name in the credential scope. */
export type EndpointParts = {
  readonly services: ReadonlyMap<string, Service>;
  readonly authenticate: Authenticator;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly region: string;
};

/** The HTTP server of the endpoint, not listening yet. */
export function createEndpoint(parts: EndpointParts): Server {
  return createServer((incoming, outgoing) => {
    received(incoming)
      .then((request) => answer(parts, request))
      .then((reply) => send(outgoing, reply, parts.clock()))
      .catch(() => outgoing.destroy()); // only a client that has gone away comes here
  });
}

/** Answers one request: who signed it, what it asks, whether that is allowed, what came of it. */
async function answer(parts: EndpointParts, request: ReceivedRequest): Promise<Reply> {
  const requestId = newUuid(parts.random);
  const claim = readClaim(request);
  const scope = 'kind' in claim ? { service: serviceByShape(request), region: parts.region } : claim.scope;
  const service = parts.services.get(scope.service);
  if (service === undefined) return unknownService(scope.service, [...parts.services.keys()]);
  try {
    const caller = parts.authenticate(request, service.name);
    const call: Call = { caller, request, requestId, region: scope.region, now: parts.clock() };
    return await perform(parts.trail, service, call);
  } catch (error) {
    return service.refuse(error instanceof AwsRefusal ? error : internalFailure(error), requestId);
  }
}

/** Runs the call and writes its record, whatever comes of it. */
async function perform(trail: Trail, service: Service, call: Call): Promise<Reply> {
  const { event, refusedDetail, run } = service.recognize(call.request);
  const base = { service: service.name, call, event };
  try {
    const { reply, detail, refusal } = await run(call);
    trail.add({ ...base, detail, ...(refusal === undefined ? {} : { refusal }) });
    return reply;
  } catch (error) {
    if (error instanceof AwsRefusal) trail.add({ ...base, detail: refusedDetail, refusal: error });
    throw error;
  }
}

/** What stands before the operation in the header X-Amz-Target. */
const SERVICES_BY_TARGET: Readonly<Record<string, string>> = {
  TrentService: 'kms',
  secretsmanager: 'secretsmanager',
  AWSEvents: 'events',
  AmazonSQS: 'sqs',
  CloudTrail_20131101: 'cloudtrail',
};

/** Which service an unsigned request is meant for, from how it looks. */
function serviceByShape(request: ReceivedRequest): string {
  const operation = headerOf(request, 'x-amz-target');
  if (operation !== undefined) return SERVICES_BY_TARGET[operation.split('.').at(-2) ?? ''] ?? 'dynamodb';
  const isForm = headerOf(request, 'content-type')?.startsWith('application/x-www-form-urlencoded') === true;
  return isForm || request.target.includes('Action=') ? 'sts' : 's3';
}

function unknownService(name: string, names: readonly string[]): Reply {
  return {
    status: 404,
    headers: { 'content-type': 'text/plain' },
    body: `The sandbox has no service ${name}. It has ${names.join(', ')}.\n`,
  };
}

function internalFailure(error: unknown): AwsRefusal {
  console.error('The sandbox failed at a call; this is a mistake in the sandbox.', error);
  return new AwsRefusal('InternalFailure', 'The sandbox failed; its log says why.', 500);
}

async function received(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const headers = Object.entries(incoming.headersDistinct).map(([name, values]) => [
    name,
    (values ?? []).join(','),
  ]);
  return {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}

/** The date is the sandbox's, so that clients whose clocks differ can correct themselves, as the SDK does. */
function send(outgoing: ServerResponse, { status, headers, body }: Reply, now: number): void {
  outgoing.sendDate = false;
  outgoing.writeHead(status, { ...headers, date: new Date(now).toUTCString() });
  outgoing.end(body);
}
