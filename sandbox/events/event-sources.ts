import type { EventSource } from '../hub/event-source.ts';
import { queueReader } from './queue-reader.ts';
import type { EventSourceOptions, Reader } from './reader.ts';
import { createScheduler } from './scheduler.ts';
import { streamReader } from './stream-reader.ts';

/** The event sources of the hub's functions. */
export type EventSources = {
  /** Looks at each source once: what is due is delivered and answered. */
  tick(): Promise<void>;
  /** Resolves when nothing is due now that was not delivered and answered, and nothing is in flight. */
  settle(): Promise<void>;
  /** Resolves when nothing is in flight; nothing is delivered any more. */
  stop(): Promise<void>;
};

/** Starts what wakes functions besides the API. An error that is none of a function's is thrown by the next call. */
export async function startEventSources(options: EventSourceOptions): Promise<EventSources> {
  const { pollMs = 100 } = options;
  const read = inTurn(options.hub.eventSources.map((source) => readerOf(source, options)));
  let failure: { readonly cause: unknown } | undefined;
  let polling = false;
  const poll = async () => {
    if (polling) return;
    polling = true;
    await read.all().catch((cause: unknown) => {
      failure ??= { cause };
    });
    polling = false;
  };
  const timer = pollMs === 0 ? undefined : setInterval(() => void poll(), pollMs);
  timer?.unref();
  const throwFailure = () => {
    if (failure !== undefined) throw new Error('An event source of the sandbox failed.', failure);
  };
  return {
    async tick() {
      await read.all();
      throwFailure();
    },
    async settle() {
      for (let before = -1; before !== read.count(); ) {
        before = read.count();
        await read.all();
        throwFailure();
      }
    },
    async stop() {
      clearInterval(timer);
      await read.stop();
      throwFailure();
    },
  };
}

function readerOf(source: EventSource, options: EventSourceOptions): Reader {
  switch (source.kind) {
    case 'stream':
      return streamReader(source, options);
    case 'queue':
      return queueReader(source, options);
    case 'schedule':
      return createScheduler(source, options);
    default:
      return source satisfies never;
  }
}

/**
 * The readers, each by itself one read after the other. Who reads waits for a read that goes on already, which then
 * counts: whoever sees the count unchanged across a read of all knows that nothing was in flight.
 */
function inTurn(readers: readonly Reader[]) {
  const turns: Promise<void>[] = readers.map(() => Promise.resolve());
  let delivered = 0;
  let stopped = false;
  const readInTurn = (read: Reader, index: number): Promise<void> => {
    const before = turns[index] ?? Promise.resolve();
    const turn = before.then(async () => {
      if (!stopped) delivered += await read();
    });
    turns[index] = turn.catch(() => undefined); // told to its own caller
    return turn;
  };
  return {
    count: () => delivered,
    all: async () => void (await Promise.all(readers.map(readInTurn))),
    async stop() {
      stopped = true;
      await Promise.all(turns);
    },
  };
}
