/** How a call goes wrong. */
export type Fault =
  /** Slack refuses with an error code, and nothing happens. */
  | { readonly kind: 'error'; readonly code: string }
  /** 429, and nothing happens. */
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds: number }
  /** 503, and nothing happens. */
  | { readonly kind: 'unavailable' }
  /** The connection ends before anything has happened. */
  | { readonly kind: 'unreached' }
  /** It happens, and the connection ends before the answer. */
  | { readonly kind: 'answer-lost' }
  /** It happens, and no answer ever comes. */
  | { readonly kind: 'silent' };

/** A fault for the next calls of a method of the Web API, or of `response_url`; of any where it is `*`. */
export type PlantedFault = {
  readonly method: string;
  /** How many calls; one where it is absent. */
  readonly times?: number;
  readonly with: Fault;
};

/** Faults that wait for their calls. */
export type Faults = {
  plant(fault: PlantedFault): void;
  /** The fault for this call, if one waits. */
  take(method: string): Fault | undefined;
  /** Takes back all that still wait. */
  clear(): void;
};

/** Keeps faults in memory, first planted, first met. */
export function createFaults(): Faults {
  let waiting: readonly { readonly method: string; readonly left: number; readonly fault: Fault }[] = [];
  return {
    plant({ method, times = 1, with: fault }) {
      waiting = [...waiting, { method, left: times, fault }];
    },
    take(method) {
      const met = waiting.find((one) => one.method === method || one.method === '*');
      if (met === undefined) return undefined;
      waiting = waiting
        .map((one) => (one === met ? { ...one, left: one.left - 1 } : one))
        .filter(({ left }) => left > 0);
      return met.fault;
    },
    clear() {
      waiting = [];
    },
  };
}
