import type { ReceivedMessage } from '../../../sandbox/aws/aws.ts';
import { createTableStream, type TableStream } from '../../../sandbox/dynamodb/table-stream.ts';
import { type EventSources, startEventSources } from '../../../sandbox/events/event-sources.ts';
import type { Queue } from '../../../sandbox/events/reader.ts';
import type {
  EventSource,
  QueueSource,
  ScheduleSource,
  StreamSource,
} from '../../../sandbox/hub/event-source.ts';
import type { Invocation } from '../../../sandbox/lambda/invocation.ts';

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:222222222222:${resource}`;
export const STREAM_ARN = arn('dynamodb', 'table/drawbridge/stream/2026-01-01T00:00:00.000');
export const QUEUE_ARN = arn('sqs', 'announce');
export const DEAD_LETTERS_ARN = arn('sqs', 'dead-letters');
export const FUNCTION_ARN = arn('lambda', 'function:drawbridge-announce');
export const START = Date.parse('2026-07-01T12:00:00Z');

/** A stream of a table that wakes announce. */
export const STREAM: StreamSource = {
  kind: 'stream',
  wakes: 'announce',
  arn: STREAM_ARN,
  batchSize: 100,
  startingPosition: 'TRIM_HORIZON',
  filters: [],
  reportsFailures: true,
  bisects: false,
  maximumRetries: 2,
  maximumAgeSeconds: 3600,
  onFailure: DEAD_LETTERS_ARN,
};

/** A queue that wakes announce. */
export const QUEUE: QueueSource = {
  kind: 'queue',
  wakes: 'announce',
  arn: QUEUE_ARN,
  batchSize: 10,
  reportsFailures: true,
};

/** A schedule that wakes sweep every minute. */
export const EVERY_MINUTE: ScheduleSource = {
  kind: 'schedule',
  wakes: 'sweep',
  arn: arn('events', 'rule/every-minute'),
  everySeconds: 60,
};

/** Answers an event as a function would. */
export type Answer = (event: Event, name: string) => Invocation | Promise<Invocation>;

/** The parts of an event that a test looks at. */
export type Event = {
  readonly Records?: readonly {
    readonly messageId?: string;
    readonly body?: string;
    readonly dynamodb?: {
      readonly SequenceNumber: string;
      readonly Keys: Readonly<Record<string, { S?: string }>>;
    };
  }[];
  readonly time?: string;
};

/** Event sources with their surroundings, and every event that was delivered. */
export type Surroundings = {
  readonly sources: EventSources;
  readonly stream: TableStream;
  readonly queue: QueueInMemory;
  readonly deadLetters: QueueInMemory;
  readonly delivered: Event[];
  advance(seconds: number): void;
  /** Writes an item: a record of the stream. */
  write(pk: string, sk?: string): void;
};

/** A queue whose messages are hidden from when they are received until `show` is called. */
export type QueueInMemory = Queue & { readonly bodies: () => readonly string[]; show(): void };

/**
 * Starts event sources that only settle and tick; nothing happens in real time. The stream has records of the items that
 * were written before.
 */
export async function startSources(
  eventSources: readonly EventSource[],
  answer: Answer,
  { shards = 1, written = [] }: { readonly shards?: number; readonly written?: readonly string[] } = {},
): Promise<Surroundings> {
  let now = START;
  const clock = () => now;
  const stream = createTableStream(
    {
      arn: STREAM_ARN,
      region: 'us-east-1',
      tableName: 'drawbridge',
      keyNames: ['pk', 'sk'],
      viewType: 'NEW_AND_OLD_IMAGES',
    },
    clock,
    shards,
  );
  const write = (pk: string, sk = 'elevation') =>
    stream.add({ before: undefined, after: { pk: { S: pk }, sk: { S: sk } } });
  for (const pk of written) write(pk);
  const queue = queueInMemory();
  const deadLetters = queueInMemory();
  const delivered: Event[] = [];
  const sources = await startEventSources({
    hub: {
      eventSources,
      account: '222222222222',
      region: 'us-east-1',
      functions: [
        {
          name: 'announce',
          functionName: 'drawbridge-announce',
          arn: FUNCTION_ARN,
          file: '',
          roleArn: '',
          timeLimitMs: 1000,
          environment: {},
        },
      ],
    },
    invoke: async (name, event) => {
      delivered.push(Object(event));
      return answer(Object(event), name);
    },
    ...{ stream, clock, pollMs: 0 },
    queues: new Map([
      [QUEUE_ARN, queue],
      [DEAD_LETTERS_ARN, deadLetters],
    ]),
  });
  const advance = (seconds: number) => {
    now += seconds * 1000;
  };
  return { sources, stream, queue, deadLetters, delivered, advance, write };
}

/** The partition keys of a delivered batch. */
export function keysOf(event: Event): (string | undefined)[] {
  return (event.Records ?? []).map((record) => record.dynamodb?.Keys['pk']?.S);
}

/** An answer that names what failed: records of a stream by their partition key, or messages by their body. */
export function failing(event: Event, ...failed: readonly string[]): Invocation {
  const batchItemFailures = (event.Records ?? [])
    .filter(({ dynamodb, body }) => failed.includes(dynamodb?.Keys['pk']?.S ?? body ?? ''))
    .map(({ dynamodb, messageId }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? messageId }));
  return { outcome: 'answered', payload: { batchItemFailures } };
}

/** What an invocation is that threw. */
export const THROWN: Invocation = {
  outcome: 'failed',
  error: { errorType: 'Error', errorMessage: 'It failed.' },
};

/** An answer that names nothing. */
export const SUCCEEDED: Invocation = { outcome: 'answered', payload: null };

function queueInMemory(): QueueInMemory {
  let messages: (ReceivedMessage & { hidden: boolean })[] = [];
  let count = 0;
  return {
    send(body) {
      count += 1;
      const messageId = `message-${count}`;
      const attributes = { ApproximateReceiveCount: '1' };
      messages.push({ messageId, receiptHandle: `handle-${count}`, body, attributes, hidden: false });
    },
    receive(most) {
      const seen = messages.filter(({ hidden }) => !hidden).slice(0, most);
      for (const message of seen) message.hidden = true;
      return seen;
    },
    delete(handle) {
      messages = messages.filter(({ receiptHandle }) => receiptHandle !== handle);
    },
    bodies: () => messages.map(({ body }) => body),
    show() {
      for (const message of messages) message.hidden = false;
    },
  };
}
