import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { ClockMessage } from './shifted-date.ts';

/** A thread of its own, whose `Date` the sandbox can move forward. */
export type ClockedWorker = {
  readonly worker: Worker;
  /** Resolves when the worker's `Date` has moved; `offsetMs` counts from the machine's time. */
  setClockOffset(offsetMs: number): Promise<void>;
  stop(): Promise<void>;
};

/** What every worker of the sandbox is given at its start, as `workerData`. */
export type ClockedWorkerData<Data> = {
  readonly clock: MessagePort;
  readonly offsetMs: number;
  readonly data: Data;
};

/** Starts the file as a worker that has the given environment and nothing of this process's. */
export function startClockedWorker<Data>(options: {
  readonly file: URL;
  readonly data: Data;
  readonly environment: Readonly<Record<string, string>>;
  readonly offsetMs: number;
  /** Called with each line that the worker writes to its standard output or error. */
  readonly onLog: (line: string) => void;
}): ClockedWorker {
  const { port1: clock, port2: clockOfWorker } = new MessageChannel();
  const worker = new Worker(options.file, {
    env: { ...options.environment },
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    workerData: { clock: clockOfWorker, offsetMs: options.offsetMs, data: options.data },
    transferList: [clockOfWorker],
  });
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  for (const stream of [worker.stdout, worker.stderr]) {
    createInterface({ input: stream }).on('line', options.onLog);
  }
  return {
    worker,
    setClockOffset: (offsetMs) => Promise.race([moveClock(clock, offsetMs), gone]),
    async stop() {
      await worker.terminate();
      clock.close();
    },
  };
}

async function moveClock(clock: MessagePort, offsetMs: number): Promise<void> {
  const { port1: moved, port2: done } = new MessageChannel();
  const message: ClockMessage = { offsetMs, done };
  clock.postMessage(message, [done]);
  await once(moved, 'message');
  moved.close();
}
