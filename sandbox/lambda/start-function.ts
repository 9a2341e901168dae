import { randomUUID } from 'node:crypto';
import { type ExecutionEnvironment, startEnvironment } from './environment.ts';
import type { Invocation } from './invocation.ts';
import type { Hosts } from './name-server.ts';
import { EXITED, TIMED_OUT } from './pending-invocations.ts';

/** A function of the hub that runs as it would in Lambda. */
export type LambdaFunction = {
  readonly name: string;
  /** Runs the handler on a copy of the event; any number of invocations may run at once. */
  invoke(event: unknown): Promise<Invocation>;
  /** Puts a new environment in the place of the one there is, so that the next invocation is its first. */
  renew(): Promise<void>;
  /** Resolves when the function's `Date` has moved; milliseconds ahead of the machine's clock. */
  setClockOffset(offsetMs: number): Promise<void>;
  stop(): Promise<void>;
};

/** What a function is started with. */
export type FunctionOptions = {
  /** Its name in AWS, such as drawbridge-sandbox-elevations. */
  readonly name: string;
  readonly arn: string;
  /** Absolute path of a module or of a bundle that exports `handler`. */
  readonly file: string;
  /** The variables of its configuration and its role's credentials. Nothing else is in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeLimitMs?: number;
  /** Where hosts of the internet are that it may fetch from by https; it reaches no others. */
  readonly hosts?: Hosts;
  readonly clockOffsetMs?: number;
  /** Called with each line of the function's log. */
  readonly onLog?: (line: string) => void;
  readonly requestIds?: () => string;
};

const TIME_LIMIT_MS = 15_000;

/**
 * Loads the function into a worker and runs it there. Where Lambda keeps one environment for each invocation that
 * runs at a time, one worker takes them all here; after an invocation that ran out of time it is replaced, as there.
 */
export async function startFunction(options: FunctionOptions): Promise<LambdaFunction> {
  const { name, timeLimitMs = TIME_LIMIT_MS, requestIds = randomUUID } = options;
  let offsetMs = options.clockOffsetMs ?? 0;
  let current = await start(options, offsetMs);
  let replacing: Promise<void> = Promise.resolve();
  const spent: ExecutionEnvironment[] = [];

  const replace = async (environment: ExecutionEnvironment): Promise<void> => {
    if (environment !== current) return; // another of its invocations saw to that
    spent.push(environment);
    void environment.retire();
    current = await start(options, offsetMs);
  };

  return {
    name,
    async invoke(event) {
      await replacing;
      const environment = current;
      const message = { requestId: requestIds(), event: JSON.stringify(event), timeLimitMs };
      const invocation = await environment.invoke(message);
      if (endsItsEnvironment(invocation)) replacing = replacing.then(() => replace(environment));
      return invocation;
    },
    renew() {
      replacing = replacing.then(() => replace(current));
      return replacing;
    },
    async setClockOffset(moved) {
      offsetMs = moved;
      await replacing;
      await current.setClockOffset(moved);
    },
    async stop() {
      await replacing;
      await Promise.all([...spent, current].map((environment) => environment.stop()));
    },
  };
}

function start(options: FunctionOptions, offsetMs: number): Promise<ExecutionEnvironment> {
  return startEnvironment({
    data: {
      file: options.file,
      functionName: options.name,
      functionArn: options.arn,
      hosts: options.hosts ?? {},
    },
    environment: { ...options.environment, AWS_LAMBDA_FUNCTION_NAME: options.name },
    offsetMs,
    onLog: options.onLog ?? (() => undefined),
  });
}

function endsItsEnvironment(invocation: Invocation): boolean {
  if (invocation.outcome === 'answered') return false;
  return [TIMED_OUT, EXITED].includes(invocation.error.errorType);
}
