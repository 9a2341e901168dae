import {
  createTableStream,
  type StreamRecord,
  type TableStream,
  TRIM_HORIZON,
} from '../../../sandbox/dynamodb/table-stream.ts';

const ARN = 'arn:aws:dynamodb:us-east-1:222222222222:table/drawbridge/stream/2026-01-01T00:00:00.000';
const START = Date.parse('2026-07-01T12:00:00.500Z');

let now: number;
let stream: TableStream;

beforeEach(() => {
  now = START;
  stream = createTableStream(
    {
      arn: ARN,
      region: 'us-east-1',
      tableName: 'drawbridge',
      keyNames: ['pk', 'sk'],
      viewType: 'NEW_AND_OLD_IMAGES',
    },
    () => now,
  );
});

const item = (pk: string, state: string) => ({ pk: { S: pk }, sk: { S: 'elevation' }, state: { S: state } });
const records = () => stream.shards.flatMap((shard) => shard.after(TRIM_HORIZON));

test('a record is as Lambda gets it', () => {
  stream.add({ before: item('1', 'pending'), after: item('1', 'approved') });
  expect(records()).toEqual([
    {
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: ARN,
      dynamodb: {
        ApproximateCreationDateTime: 1_782_907_200,
        Keys: { pk: { S: '1' }, sk: { S: 'elevation' } },
        NewImage: item('1', 'approved'),
        OldImage: item('1', 'pending'),
        SequenceNumber: expect.stringMatching(/^\d{21,40}$/),
        SizeBytes: 14 + 27 + 26, // of the key and of the two images
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    },
  ]);
});

test.each([
  ['INSERT', { before: undefined, after: item('1', 'pending') }, 'OldImage'],
  ['REMOVE', { before: item('1', 'pending'), after: undefined }, 'NewImage'],
])('%s has one image alone', (eventName, change, missing) => {
  stream.add(change);
  const [record] = records();
  expect(record?.eventName).toBe(eventName);
  expect(record?.dynamodb).not.toHaveProperty(missing);
});

test('a write that changed nothing has no record, in whatever order the attributes come', () => {
  const { pk, sk, state } = item('1', 'pending');
  stream.add({ before: { pk, sk, state }, after: { state, sk, pk } });
  stream.add({ before: undefined, after: undefined });
  expect(records()).toEqual([]);
});

test('sequence numbers increase, and a reader goes on behind one', () => {
  stream.add({ before: undefined, after: item('1', 'pending') });
  stream.add({ before: item('1', 'pending'), after: item('1', 'approved') });
  const [first, second] = records();
  expect(BigInt(second?.dynamodb.SequenceNumber ?? 0)).toBeGreaterThan(
    BigInt(first?.dynamodb.SequenceNumber ?? 0),
  );
  const behind = stream.shards.flatMap((shard) => shard.after(first?.dynamodb.SequenceNumber ?? ''));
  expect(behind).toEqual([second]);
});

test('records are spread over shards by their partition key', () => {
  const shardsOf = new Map<string, Set<number>>();
  for (let n = 0; n < 40; n += 1) {
    for (const sk of ['elevation', 'session#0001']) {
      stream.add({ before: undefined, after: { pk: { S: `${n}` }, sk: { S: sk } } });
    }
  }
  for (const [index, shard] of stream.shards.entries()) {
    for (const record of shard.after(TRIM_HORIZON)) {
      const pk = partitionOf(record);
      shardsOf.set(pk, (shardsOf.get(pk) ?? new Set()).add(index));
    }
  }
  const places = [...shardsOf.values()].map((shards) => [...shards]);
  expect(places.every((shards) => shards.length === 1)).toBe(true);
  expect(new Set(places.flat()).size).toBe(stream.shards.length);
});

test('a record is gone after 24 hours', () => {
  stream.add({ before: undefined, after: item('1', 'pending') });
  now = START + 24 * 3600_000 - 1000;
  expect(records()).toHaveLength(1);
  now = START + 24 * 3600_000 + 1000;
  expect(records()).toEqual([]);
});

function partitionOf({ dynamodb }: StreamRecord): string {
  return JSON.stringify(dynamodb.Keys['pk']);
}
