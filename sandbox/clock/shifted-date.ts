import type { MessagePort } from 'node:worker_threads';

/** Tells a worker how far its time is ahead of the machine's, and where to say that it has taken that in. */
export type ClockMessage = { readonly offsetMs: number; readonly done: MessagePort };

/**
 * Makes `Date` of this thread run ahead of the machine's clock by what the port says. Timers and `performance.now`
 * keep the machine's pace. Call it before anything that keeps `Date` for itself is loaded.
 */
export function followClock(clock: MessagePort, offsetMs: number): void {
  let offset = offsetMs;
  globalThis.Date = shifted(Date, () => offset);
  clock.on('message', ({ offsetMs: moved, done }: ClockMessage) => {
    offset = moved;
    done.postMessage('moved');
    done.close();
  });
  clock.unref(); // a clock keeps nobody awake
}

function shifted(real: DateConstructor, offsetMs: () => number): DateConstructor {
  const now = () => real.now() + offsetMs();
  return new Proxy(real, {
    apply: () => new real(now()).toString(),
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
}
