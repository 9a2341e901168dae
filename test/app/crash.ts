/** When the process ends: at so many calls from now, before or after the effect of the call. */
export type CrashPlan = { readonly calls: number; readonly when: 'before' | 'after' };

/** A plan that is carried out: it counts the calls of every port that follows it. */
export type Crashing = { left: number; readonly when: CrashPlan['when']; readonly end: () => void };

/** The same port, in a process that ends as planned: the call never returns, so nothing can catch it. */
export function crashing<T extends object>(port: T, plan: Crashing | undefined): T {
  if (plan === undefined) return port;
  const ended = () => {
    plan.end();
    return new Promise<never>(() => undefined);
  };
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return async (...words: unknown[]) => {
        plan.left -= 1;
        if (plan.left === 0 && plan.when === 'before') return ended();
        const result: unknown = await Reflect.apply(member, target, words);
        return plan.left === 0 ? ended() : result;
      };
    },
  });
}

/** Runs again after each crash, as Lambda would, with the next plan; at last with none. */
export async function untilDone<T>(
  plans: readonly CrashPlan[],
  run: (plan: Crashing | undefined) => Promise<T>,
): Promise<T> {
  for (const { calls, when } of plans) {
    const crashed = Symbol();
    const { promise, resolve } = Promise.withResolvers<typeof crashed>();
    const outcome = await Promise.race([run({ left: calls, when, end: () => resolve(crashed) }), promise]);
    if (outcome !== crashed) return outcome;
  }
  return run(undefined);
}
