import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type { ClockedWorkerData } from '../clock/clocked-worker.ts';
import { followClock } from '../clock/shifted-date.ts';
import type { IdpData, IdpMessage } from './start-idp.ts';

if (parentPort === null) throw new Error('This file runs as a worker of the sandbox: use startIdp.');
const host = parentPort;
const { clock, offsetMs, data }: ClockedWorkerData<IdpData> = workerData;

followClock(clock, offsetMs);
try {
  tell({ kind: 'ready', issuer: await serve(data) });
} catch (error) {
  tell({ kind: 'not-started', reason: error instanceof Error ? error.message : String(error) });
}

function tell(message: IdpMessage): void {
  host.postMessage(message);
}

/** The provider is loaded only now: what it keeps of `Date` must be the sandbox's. */
async function serve({ port, people }: IdpData): Promise<string> {
  const [{ createProvider }, { requestListener }, { signingKeys }] = await Promise.all([
    import('./provider.ts'),
    import('./requests.ts'),
    import('./keys.ts'),
  ]);
  const keys = await signingKeys();
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const mintedBy = new WeakMap();
  const provider = createProvider({ issuer, people, keys, mintedBy });
  server.on('request', requestListener({ provider, people, mintedBy }));
  return issuer;
}
