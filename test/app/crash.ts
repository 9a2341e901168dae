/** What stops a use case in the middle, as the end of a process would. */
export class Crash extends Error {
  constructor() {
    super('The process ended here.');
    this.name = 'Crash';
  }
}

/** When the next crash comes: after so many calls, before or after the effect of the call. */
export type CrashPlan = { calls: number; when: 'before' | 'after' };

/** The same port; at the planned call it ends the process, once. Absent plans never do. */
export function crashing<T extends object>(port: T, plan: CrashPlan | undefined): T {
  if (plan === undefined) return port;
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return async (...words: unknown[]) => {
        plan.calls -= 1;
        if (plan.calls === 0 && plan.when === 'before') throw new Crash();
        const result: unknown = await Reflect.apply(member, target, words);
        if (plan.calls === 0 && plan.when === 'after') throw new Crash();
        return result;
      };
    },
  });
}

/** Runs again after each crash, as Lambda would, with the next plan; other errors are thrown. */
export async function untilDone<T>(
  plans: readonly CrashPlan[],
  run: (plan: CrashPlan | undefined) => Promise<T>,
): Promise<T> {
  for (const plan of plans) {
    try {
      return await run({ ...plan });
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }
  return run(undefined);
}
