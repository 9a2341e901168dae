import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { stsClient } from '../../../shared/adapters/sts/client.ts';
import { stsIssuer } from '../../../shared/adapters/sts/issuer.ts';
import type { CredentialSpec } from '../../../shared/domain/credential-spec.ts';

/**
 * Issues in a thread of plain Node, with the environment of now. Inside jest's own realm Node's network errors are no
 * instances of Error, and the SDK would hide them behind one of its own.
 */
export async function issueInWorker(spec: CredentialSpec): Promise<unknown> {
  const worker = new Worker(new URL(import.meta.url), { env: process.env, workerData: spec });
  const [answer] = await once(worker, 'message');
  await worker.terminate();
  return answer;
}

if (!isMainThread) parentPort?.postMessage(await stsIssuer(stsClient()).issue(workerData));
