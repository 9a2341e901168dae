import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { startFauxqs } from 'fauxqs';
import type { WorldBucket } from '../../world/world.ts';
import type { ReceivedRequest } from '../aws.ts';
import type { Reply } from '../service.ts';

/** Where the objects are: an S3 that asks nobody for permission, behind the one that does. */
export type ObjectStore = {
  send(request: ReceivedRequest): Promise<Reply>;
  stop(): Promise<void>;
};

/** Starts the store on a port of its own, with the buckets and objects of the world. */
export async function startObjectStore(buckets: readonly WorldBucket[]): Promise<ObjectStore> {
  const server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
  const store: ObjectStore = {
    send: (request) => send(server.port, request),
    stop: () => server.stop(),
  };
  for (const bucket of buckets) {
    server.createBucket(bucket.name);
    for (const [key, text] of Object.entries(bucket.objects)) {
      const target = `/${bucket.name}/${key.split('/').map(encodeURIComponent).join('/')}`;
      await store.send({ method: 'PUT', target, headers: {}, body: Buffer.from(text) });
    }
  }
  return store;
}

/** Not `fetch`: it would resolve `..` in a key, and so reach a bucket that nobody was asked about. */
async function send(port: number, { method, target, headers, body }: ReceivedRequest): Promise<Reply> {
  const host = `127.0.0.1:${port}`;
  const outgoing = httpRequest({
    host: '127.0.0.1',
    port,
    method,
    path: target,
    headers: { ...passedOn(headers), host, 'content-length': body.length },
  });
  outgoing.end(body);
  const [response]: IncomingMessage[] = await once(outgoing, 'response');
  if (response === undefined) throw new Error('The object store gave no answer.');
  const chunks = await response.toArray();
  return {
    status: response.statusCode ?? 500,
    headers: answered(response.headers),
    body: Buffer.concat(chunks),
  };
}

function passedOn(headers: ReceivedRequest['headers']): Record<string, string> {
  const wanted = /^(content-(?!length)|if-|range$|x-amz-(checksum|meta|content|decoded|sdk|trailer))/;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => wanted.test(name)));
}

function answered(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const dropped = new Set(['connection', 'keep-alive', 'date', 'transfer-encoding']);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && !dropped.has(name) ? [[name, value]] : [],
    ),
  );
}
