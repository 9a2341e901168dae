import type { Context, DynamoDBRecord, SQSRecord } from 'aws-lambda';
import type { Announced } from '../../shared/app/announce.ts';
import { elevationIdOf, parseElevationId } from '../../shared/domain/elevation-id.ts';
import type { Subject } from '../../shared/domain/subject.ts';
import { type AnnounceEdge, announceHandler } from '../../shared/events/announce-handler.ts';

const idOf = (n: number) => elevationIdOf(new Uint8Array(16).fill(n));

/** A record of the stream, as Lambda hands it over (developer guide, "Using AWS Lambda with Amazon DynamoDB"). */
function record(n: number, sequence: number): DynamoDBRecord {
  return {
    eventSource: 'aws:dynamodb',
    dynamodb: {
      Keys: { pk: { S: `elevation#${idOf(n)}` }, sk: { S: 'elevation' } },
      SequenceNumber: String(sequence),
    },
  };
}

function message(messageId: string, body: string): SQSRecord {
  return {
    ...{ messageId, body, receiptHandle: 'r', messageAttributes: {}, md5OfBody: '' },
    ...{ eventSource: 'aws:sqs', eventSourceARN: '', awsRegion: 'us-east-1' },
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
  };
}

type Setting = {
  /** What comes of a subject; those that are not named are told. */
  readonly outcomes?: ReadonlyMap<string, Announced | Error>;
  readonly queueFails?: boolean;
  /** Milliseconds that are left before each subject. */
  readonly left?: readonly number[];
};

function start({ outcomes = new Map(), queueFails = false, left = [] }: Setting = {}) {
  const announced: string[] = [];
  const queued: [string, number][] = [];
  const logged: string[] = [];
  const nameOf = (one: Subject) => (one.kind === 'elevation' ? one.id : one.of.user);
  const edge: AnnounceEdge = {
    async announce(one) {
      announced.push(nameOf(one));
      const outcome = outcomes.get(nameOf(one)) ?? 'told';
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    queue: {
      async add(one, delay) {
        if (queueFails) throw new Error('The queue does not answer.');
        queued.push([nameOf(one), delay]);
      },
    },
    subjectOfKey: ({ pk, sk }) => {
      const id = parseElevationId(pk.replace('elevation#', ''));
      return id && sk === 'elevation' ? { kind: 'elevation', id } : undefined;
    },
    subjectOfMessage: (body) => {
      const id = parseElevationId(body);
      return id && { kind: 'elevation', id };
    },
    log: (level, event) => logged.push(`${level} ${event}`),
  };
  const times = [...left];
  const context = { getRemainingTimeInMillis: () => times.shift() ?? 60_000 } as Context;
  const handler = announceHandler(edge);
  return {
    ...{ announced, queued, logged },
    handle: async (...Records: (DynamoDBRecord | SQSRecord)[]) => {
      const { batchItemFailures } = await handler({ Records } as Parameters<typeof handler>[0], context);
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
  };
}

describe('records of the stream', () => {
  test('each subject of a batch is announced once, in the order of its first record', async () => {
    const at = start();
    expect(await at.handle(record(2, 10), record(1, 11), record(2, 12))).toEqual([]);
    expect(at.announced).toEqual([idOf(2), idOf(1)]);
  });

  test.each<[string, Announced | Error, number]>([
    ['that another announcer has is queued for after its work', 'busy', 30],
    ['that cannot be told is queued', new Error('The record does not match its seal.'), 60],
  ])('a subject %s, and blocks nothing', async (_, outcome, delay) => {
    const at = start({ outcomes: new Map([[idOf(1), outcome]]) });
    expect(await at.handle(record(1, 10), record(2, 11))).toEqual([]);
    expect(at.queued).toEqual([[idOf(1), delay]]);
    expect(at.announced).toEqual([idOf(1), idOf(2)]);
  });

  test('a subject that is due again later is not queued: the sweep finds it', async () => {
    const at = start({ outcomes: new Map([[idOf(1), 'later']]) });
    expect(await at.handle(record(1, 10))).toEqual([]);
    expect(at.queued).toEqual([]);
  });

  test('what the queue does not take either is answered as failed, with every record of the subject', async () => {
    const outcomes = new Map([[idOf(1), new Error('Broken.')]]);
    const at = start({ outcomes, queueFails: true });
    expect(await at.handle(record(1, 10), record(2, 11), record(1, 12))).toEqual(['10', '12']);
  });

  test('what there is no time for is queued unannounced', async () => {
    const at = start({ left: [60_000, 14_000] });
    expect(await at.handle(record(1, 10), record(2, 11))).toEqual([]);
    expect(at.announced).toEqual([idOf(1)]);
    expect(at.queued).toEqual([[idOf(2), 0]]);
  });

  test('a record that names no subject is passed over, and said', async () => {
    const at = start();
    expect(await at.handle({ dynamodb: { SequenceNumber: '10' } }, record(1, 11))).toEqual([]);
    expect(at.announced).toEqual([idOf(1)]);
    expect(at.logged).toEqual(['error nothing-to-announce']);
  });
});

describe('messages of the queue', () => {
  test('only those that fail stay in the queue', async () => {
    const at = start({ outcomes: new Map([[idOf(1), new Error('Broken.')]]) });
    expect(await at.handle(message('a', idOf(1)), message('b', idOf(2)))).toEqual(['a']);
    expect(at.queued).toEqual([]);
  });

  test('a message that names nothing fails, and so ends among the dead letters', async () => {
    const at = start();
    expect(await at.handle(message('a', 'nothing'), message('b', idOf(2)))).toEqual(['a']);
  });

  test('what there is no time for stays', async () => {
    const at = start({ left: [1000] });
    expect(await at.handle(message('a', idOf(1)))).toEqual(['a']);
    expect(at.announced).toEqual([]);
  });
});
