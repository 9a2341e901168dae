import type { Hosts } from './name-server.ts';

/**
 * What Lambda answers when a function fails (developer guide, "Understanding retry behavior" and "Node.js error
 * handling"): `FunctionError: Unhandled` with this payload.
 */
export type FunctionError = {
  readonly errorType: string;
  readonly errorMessage: string;
  /** Lines of the stack; absent where the runtime itself gave up. */
  readonly trace?: readonly string[];
};

/** How one invocation ended. */
export type Invocation =
  | { readonly outcome: 'answered'; readonly payload: unknown }
  | { readonly outcome: 'failed'; readonly error: FunctionError };

/** What a worker needs to run a function. */
export type FunctionData = {
  /** Absolute path of the module that exports `handler`. */
  readonly file: string;
  readonly functionName: string;
  readonly functionArn: string;
  /** Where the hosts are that it may fetch from. */
  readonly hosts: Hosts;
};

/** From the sandbox to a worker; events travel as the JSON that Lambda would hand over. */
export type InvokeMessage = {
  readonly requestId: string;
  readonly event: string;
  readonly timeLimitMs: number;
};

/** From a worker to the sandbox. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-loaded'; readonly error: FunctionError }
  | { readonly kind: 'answered'; readonly requestId: string; readonly payload: string }
  | { readonly kind: 'failed'; readonly requestId: string; readonly error: FunctionError };
