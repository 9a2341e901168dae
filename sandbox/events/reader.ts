import type { SandboxQueue } from '../aws/aws.ts';
import type { TableStream } from '../dynamodb/table-stream.ts';
import type { Hub } from '../hub/hub.ts';
import type { Invocation } from '../lambda/invocation.ts';

/** Runs a function by its name in serverless.yml. */
export type Invoke = (name: string, event: unknown) => Promise<Invocation>;

/** What Lambda needs of a queue that it polls, or to which it sends what it gave up. */
export type Queue = Pick<SandboxQueue, 'send' | 'receive' | 'delete'>;

/** One source, read: delivers what is due now, in its order; resolves to how many events it delivered. */
export type Reader = () => Promise<number>;

/** How to start the event sources. */
export type EventSourceOptions = {
  readonly hub: Pick<Hub, 'eventSources' | 'functions' | 'account' | 'region'>;
  readonly invoke: Invoke;
  readonly stream: TableStream;
  /** By their ARNs. */
  readonly queues: ReadonlyMap<string, Queue>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** How often the sources are looked at without being told to, in real time; 0 for never. */
  readonly pollMs?: number;
};
