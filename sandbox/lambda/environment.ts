import { type ClockedWorker, startClockedWorker } from '../clock/clocked-worker.ts';
import type { FunctionData, Invocation, InvokeMessage, WorkerMessage } from './invocation.ts';
import { PendingInvocations } from './pending-invocations.ts';

/** One execution environment: a loaded function, in a worker of its own. */
export type ExecutionEnvironment = {
  invoke(message: InvokeMessage): Promise<Invocation>;
  setClockOffset(offsetMs: number): Promise<void>;
  /** Ends the worker as soon as the invocations that run in it have ended; give it no more. */
  retire(): Promise<void>;
  stop(): Promise<void>;
};

/** Loads the function; a module that does not load is an error that says why. */
export async function startEnvironment(options: {
  readonly data: FunctionData;
  readonly environment: Readonly<Record<string, string>>;
  readonly offsetMs: number;
  readonly onLog: (line: string) => void;
}): Promise<ExecutionEnvironment> {
  const clocked = startClockedWorker({ ...options, file: new URL('./worker.ts', import.meta.url) });
  const pending = new PendingInvocations();
  await loaded(clocked, pending, options.data.functionName);
  return {
    invoke(message) {
      const invocation = pending.add(message.requestId, message.timeLimitMs);
      clocked.worker.postMessage(message);
      return invocation;
    },
    setClockOffset: clocked.setClockOffset,
    async retire() {
      await pending.idle();
      await clocked.stop();
    },
    stop: clocked.stop,
  };
}

function loaded({ worker, stop }: ClockedWorker, pending: PendingInvocations, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (reason: string) => reject(new Error(`The function ${name} does not load: ${reason}`));
    worker.on('message', (message: WorkerMessage) => {
      switch (message.kind) {
        case 'ready':
          return resolve();
        case 'not-loaded':
          refuse(message.error.errorMessage);
          return void stop();
        case 'answered': {
          const payload: unknown = JSON.parse(message.payload);
          return pending.settle(message.requestId, { outcome: 'answered', payload });
        }
        case 'failed':
          return pending.settle(message.requestId, { outcome: 'failed', error: message.error });
        default:
          return message satisfies never;
      }
    });
    const end = (reason: string) => {
      pending.end(reason);
      refuse(reason);
    };
    worker.on('error', (error) => end(error.message));
    worker.on('exit', (status) => end(`Runtime exited with error: exit status ${status}`));
  });
}
