import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { ClockedWorkerData } from '../clock/clocked-worker.ts';
import { followClock } from '../clock/shifted-date.ts';
import type { FunctionData, FunctionError, InvokeMessage, WorkerMessage } from './invocation.ts';
import { resolveHosts } from './name-server.ts';

type Handler = (event: unknown, context: object) => unknown;

if (parentPort === null) throw new Error('This file runs as a worker of the sandbox: use startFunction.');
const host = parentPort;
const { clock, offsetMs, data }: ClockedWorkerData<FunctionData> = workerData;

followClock(clock, offsetMs);
resolveHosts(data.hosts);
try {
  const handler = await load(data.file);
  host.on('message', (message: InvokeMessage) => void invoke(handler, message).then(tell));
  tell({ kind: 'ready' });
} catch (error) {
  tell({ kind: 'not-loaded', error: functionError(error) });
}

function tell(message: WorkerMessage): void {
  host.postMessage(message);
}

/** Functions are ES modules, bundles are CommonJS: a bundle's exports may arrive as its default. */
async function load(file: string): Promise<Handler> {
  const loaded = await import(pathToFileURL(file).href);
  const handler: unknown = loaded.handler ?? loaded.default?.handler;
  if (typeof handler !== 'function') throw new Error(`${file} exports no function named handler.`);
  return (event, context) => handler(event, context);
}

async function invoke(handler: Handler, message: InvokeMessage): Promise<WorkerMessage> {
  const { requestId } = message;
  try {
    const answer = await handler(JSON.parse(message.event), contextOf(message));
    return { kind: 'answered', requestId, payload: JSON.stringify(answer === undefined ? null : answer) };
  } catch (error) {
    return { kind: 'failed', requestId, error: functionError(error) };
  }
}

/** The context object of Lambda's Node.js runtime (developer guide, "Node.js context"). */
function contextOf({ requestId, timeLimitMs }: InvokeMessage): object {
  const started = performance.now();
  return {
    awsRequestId: requestId,
    functionName: data.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: data.functionArn,
    memoryLimitInMB: '1024',
    logGroupName: `/aws/lambda/${data.functionName}`,
    logStreamName: 'sandbox',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, timeLimitMs - Math.round(performance.now() - started)),
  };
}

function functionError(thrown: unknown): FunctionError {
  if (!(thrown instanceof Error)) {
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  }
  return {
    errorType: thrown.name,
    errorMessage: thrown.message,
    trace: (thrown.stack ?? '').split('\n'),
  };
}
