import { AwsRefusal, type ReceivedRequest } from '../aws.ts';
import { headerOf, splitTarget } from '../received-request.ts';
import type { Reply } from '../service.ts';
import type { ObjectStore } from './store.ts';

/**
 * A store whose writes of one object come one after another, and that puts an object with `If-None-Match: *` only where
 * there is none (S3 User Guide, "How to prevent object overwrites with conditional writes"). The store behind knows no
 * conditions on writes.
 */
export function withConditionalWrites(store: ObjectStore): ObjectStore {
  const last = new Map<string, Promise<unknown>>();
  return { ...store, send: (request) => (isWrite(request) ? inTurn(request) : store.send(request)) };

  function inTurn(request: ReceivedRequest): Promise<Reply> {
    const object = splitTarget(request.target).pathname;
    const before = last.get(object) ?? Promise.resolve();
    const reply = before.then(() => write(store, request));
    const settled = reply.catch(() => undefined);
    last.set(object, settled);
    void settled.then(() => last.get(object) === settled && last.delete(object));
    return reply;
  }
}

async function write(store: ObjectStore, request: ReceivedRequest): Promise<Reply> {
  const condition = headerOf(request, 'if-none-match');
  if (headerOf(request, 'if-match') !== undefined || ![undefined, '*'].includes(condition)) {
    throw new AwsRefusal(
      'NotImplemented',
      'A header you provided implies functionality that is not implemented.',
      501,
    );
  }
  if (condition === '*' && (await exists(store, request))) {
    throw new AwsRefusal(
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
      412,
    );
  }
  return store.send({ ...request, headers: withoutCondition(request.headers) });
}

async function exists(store: ObjectStore, { target }: ReceivedRequest): Promise<boolean> {
  const path = splitTarget(target).pathname;
  const { status } = await store.send({
    method: 'HEAD',
    target: path,
    headers: {},
    body: Buffer.alloc(0),
  });
  return status === 200;
}

function isWrite({ method }: ReceivedRequest): boolean {
  return method === 'PUT' || method === 'DELETE';
}

function withoutCondition(headers: ReceivedRequest['headers']): ReceivedRequest['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'if-none-match'));
}
