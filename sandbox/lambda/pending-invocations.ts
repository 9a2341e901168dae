import type { FunctionError, Invocation } from './invocation.ts';

/** The error type of an invocation that ran out of time. */
export const TIMED_OUT = 'Sandbox.Timedout';

/** The error type of an invocation whose environment ended under it. */
export const EXITED = 'Runtime.ExitError';

/**
 * The invocations that run in one environment. Their time limit is kept here and not in the worker, so that a handler
 * that never yields is stopped as well.
 */
export class PendingInvocations {
  readonly #settle = new Map<string, (invocation: Invocation) => void>();
  #whenIdle: (() => void) | undefined;
  #ended: string | undefined;

  /** Resolves when the invocation is settled, or fails as Lambda fails it when its time is up. */
  add(requestId: string, timeLimitMs: number): Promise<Invocation> {
    return new Promise((resolve) => {
      const late = setTimeout(() => this.settle(requestId, timedOut(requestId, timeLimitMs)), timeLimitMs);
      this.#settle.set(requestId, (invocation) => {
        clearTimeout(late);
        resolve(invocation);
      });
      if (this.#ended !== undefined) this.settle(requestId, exited(requestId, this.#ended));
    });
  }

  /** What comes after an invocation is settled is dropped: it was answered already. */
  settle(requestId: string, invocation: Invocation): void {
    this.#settle.get(requestId)?.(invocation);
    this.#settle.delete(requestId);
    if (this.#settle.size === 0) this.#whenIdle?.();
  }

  /** Fails all of them and whatever is added, because their environment has ended. */
  end(reason: string): void {
    this.#ended ??= reason;
    for (const requestId of [...this.#settle.keys()]) this.settle(requestId, exited(requestId, this.#ended));
  }

  /** Resolves as soon as none is left. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenIdle = resolve;
      if (this.#settle.size === 0) resolve();
    });
  }
}

function timedOut(requestId: string, timeLimitMs: number): Invocation {
  const seconds = (timeLimitMs / 1000).toFixed(2);
  return failed(TIMED_OUT, `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`);
}

function exited(requestId: string, reason: string): Invocation {
  return failed(EXITED, `RequestId: ${requestId} Error: ${reason}`);
}

function failed(errorType: string, errorMessage: string): Invocation {
  const error: FunctionError = { errorType, errorMessage };
  return { outcome: 'failed', error };
}
