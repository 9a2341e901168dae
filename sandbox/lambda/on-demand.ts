import { type FunctionOptions, type LambdaFunction, startFunction } from './start-function.ts';

/** A function whose environment starts with its first invocation, as in Lambda; it is then slow once. */
export function startOnDemand(options: FunctionOptions): LambdaFunction {
  let offsetMs = options.clockOffsetMs ?? 0;
  let started: Promise<LambdaFunction> | undefined;
  const running = () => {
    started ??= startFunction({ ...options, clockOffsetMs: offsetMs });
    return started;
  };
  return {
    name: options.name,
    invoke: async (event) => (await running()).invoke(event),
    async renew() {
      const isFirst = started === undefined;
      const one = await running();
      if (!isFirst) await one.renew();
    },
    async setClockOffset(moved) {
      offsetMs = moved;
      await (await started)?.setClockOffset(moved);
    },
    async stop() {
      const one = await started?.catch(() => undefined); // what did not load was its caller's error
      await one?.stop();
    },
  };
}
