import { join } from 'node:path';
import type { HubFunction } from '../hub/hub.ts';
import type { Invocation } from './invocation.ts';
import type { Hosts } from './name-server.ts';
import { startOnDemand } from './on-demand.ts';
import { type LambdaFunction, startFunction } from './start-function.ts';

/** All functions of the hub, each in a worker of its own. */
export type Functions = {
  /** Runs a function by its name in serverless.yml. */
  invoke(name: string, event: unknown): Promise<Invocation>;
  /** Puts a new environment in the place of a function's, so that its next invocation is the first one there. */
  renew(name: string): Promise<void>;
  /** Resolves when the `Date` of every function has moved; milliseconds ahead of the machine's clock. */
  setClockOffset(offsetMs: number): Promise<void>;
  stop(): Promise<void>;
};

/** Starts the functions from their sources under `root`; none stays when one of them does not load. */
export async function startFunctions(options: {
  readonly root: string;
  readonly functions: readonly HubFunction[];
  /** Credentials and endpoints of a function, which come beside the variables of its template. */
  readonly environmentOf: (one: HubFunction) => Readonly<Record<string, string>>;
  /** Where hosts of the internet are that the functions may fetch from; they reach no others. */
  readonly hosts?: Hosts;
  /** Names of functions whose environment starts with their first invocation, and not at once. */
  readonly onDemand?: readonly string[];
  readonly clockOffsetMs?: number;
  readonly onLog?: (line: string, name: string) => void;
}): Promise<Functions> {
  const { root, hosts, clockOffsetMs, onLog, onDemand = [] } = options;
  const starting = options.functions.map(async (one) => {
    const start = onDemand.includes(one.name) ? startOnDemand : startFunction;
    return start({
      name: one.functionName,
      arn: one.arn,
      file: join(root, one.file),
      environment: { ...one.environment, ...options.environmentOf(one) },
      timeLimitMs: one.timeLimitMs,
      ...(hosts === undefined ? {} : { hosts }),
      ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
      ...(onLog === undefined ? {} : { onLog: (line: string) => onLog(line, one.name) }),
    });
  });
  const started = await allOrNone(starting);
  const byName = new Map(options.functions.map((one, index) => [one.name, started[index]]));
  const named = (name: string): LambdaFunction => {
    const one = byName.get(name);
    if (one === undefined) throw new Error(`The hub has no function ${name}.`);
    return one;
  };
  return {
    invoke: (name, event) => named(name).invoke(event),
    renew: (name) => named(name).renew(),
    async setClockOffset(offsetMs) {
      await Promise.all(started.map((one) => one.setClockOffset(offsetMs)));
    },
    async stop() {
      await Promise.all(started.map((one) => one.stop()));
    },
  };
}

async function allOrNone(starting: readonly Promise<LambdaFunction>[]): Promise<LambdaFunction[]> {
  const outcomes = await Promise.allSettled(starting);
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return started;
  await Promise.all(started.map((one) => one.stop()));
  throw failed.reason;
}
