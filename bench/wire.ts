import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

/** The calls to AWS that left this process, and the bytes that went over their connections, both ways. */
export type Traffic = {
  /** Service and operation of each, repetitions included: `dynamodb:PutItem`, `kms:GenerateMac`, `sts`. */
  readonly calls: readonly string[];
  readonly bytes: number;
};

/** Listens to Node's own HTTP client, through which the SDK speaks: the product's clients stay as they are. */
export type Wire = {
  /** What was sent while something was done, and what came of it; for one piece of work at a time. */
  during<T>(act: () => Promise<T>): Promise<{ readonly value: T; readonly traffic: Traffic }>;
  stop(): void;
};

/** https://nodejs.org/api/diagnostics_channel.html#http */
const CHANNEL = 'http.client.response.finish';

/** Begins to listen. */
export function listenToWire(): Wire {
  let calls: string[] = [];
  const sockets = new Set<Socket>();
  const note = (message: unknown) => {
    const { request } = message as { readonly request: ClientRequest };
    const call = awsCall(request);
    if (call === undefined || request.socket === null) return;
    calls.push(call);
    sockets.add(request.socket);
  };
  subscribe(CHANNEL, note);
  return {
    async during(act) {
      calls = [];
      const before = bytesOf(sockets);
      const value = await act();
      return { value, traffic: { calls, bytes: bytesOf(sockets) - before } };
    },
    stop: () => unsubscribe(CHANNEL, note),
  };
}

/** The service is in the signature's scope; the query protocol has its operation in the body, the others in a header. */
function awsCall(request: ClientRequest): string | undefined {
  const [, service] =
    /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(`${request.getHeader('authorization')}`) ?? [];
  const target = request.getHeader('x-amz-target');
  if (service === undefined) return undefined;
  return target === undefined ? service : `${service}:${String(target).split('.').at(-1)}`;
}

function bytesOf(sockets: Iterable<Socket>): number {
  return [...sockets].reduce((sum, { bytesRead, bytesWritten }) => sum + bytesRead + bytesWritten, 0);
}
