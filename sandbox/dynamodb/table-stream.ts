import { createHash } from 'node:crypto';
import { type Attributes, sizeOf } from './item-size.ts';

/** What a table's stream needs to know of the table. */
export type StreamDefinition = {
  readonly arn: string;
  readonly region: string;
  readonly tableName: string;
  /** The names of the key's attributes, the partition key first. */
  readonly keyNames: readonly string[];
  readonly viewType: 'NEW_AND_OLD_IMAGES';
};

/** A record as Lambda gets it (DynamoDB API Reference, "Record" and "StreamRecord"). */
export type StreamRecord = {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly dynamodb: {
    /** Seconds since 1970. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Attributes;
    readonly NewImage?: Attributes;
    readonly OldImage?: Attributes;
    /** Digits, as many for each record, so that they can be compared as texts. */
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: 'NEW_AND_OLD_IMAGES';
  };
};

/** An item before and after a write; undefined where there was none, or is none any more. */
export type Change = { readonly before: Attributes | undefined; readonly after: Attributes | undefined };

/** One part of a stream; the records of an item are all in one, in the order of its writes. */
export type Shard = {
  readonly id: string;
  /** The records behind a sequence number, oldest first; those of the last 24 hours alone. */
  after(sequenceNumber: string): readonly StreamRecord[];
};

/** The stream of one table. */
export type TableStream = StreamDefinition & {
  readonly shards: readonly Shard[];
  /** Adds the record of a write; a write that changed nothing has none. Writes of one item come in their order. */
  add(change: Change): void;
};

/** Before every record of a stream. */
export const TRIM_HORIZON = '';

/** "All data in DynamoDB Streams is subject to a 24-hour lifetime" (Developer Guide, "Change data capture"). */
const LIFETIME_SECONDS = 24 * 3600;

/** An empty stream; `clock` gives milliseconds since 1970. */
export function createTableStream(
  definition: StreamDefinition,
  clock: () => number,
  shardCount = 4,
): TableStream {
  const shards = Array.from({ length: shardCount }, (_, n) => createShard(definition.arn, n, clock));
  let count = 0;
  return {
    ...definition,
    shards,
    add(change) {
      if (JSON.stringify(ordered(change.before)) === JSON.stringify(ordered(change.after))) return;
      count += 1;
      const record = recordOf(definition, change, count, clock());
      shardOf(shards, record.dynamodb.Keys[definition.keyNames[0] ?? '']).records.push(record);
    },
  };
}

type FilledShard = Shard & { readonly records: StreamRecord[] };

function createShard(arn: string, n: number, clock: () => number): FilledShard {
  const records: StreamRecord[] = [];
  return {
    id: `shardId-${String(n).padStart(20, '0')}-${digest(`${arn}#${n}`).slice(0, 8)}`,
    records,
    after: (sequenceNumber) => {
      const since = clock() / 1000 - LIFETIME_SECONDS;
      return records.filter(
        ({ dynamodb }) =>
          dynamodb.SequenceNumber > sequenceNumber && dynamodb.ApproximateCreationDateTime >= since,
      );
    },
  };
}

/** Records are spread by the partition key alone. */
function shardOf(shards: readonly FilledShard[], partitionKey: unknown): FilledShard {
  const shard = shards[Number.parseInt(digest(JSON.stringify(partitionKey)).slice(0, 8), 16) % shards.length];
  if (shard === undefined) throw new Error('A stream needs one shard at least.');
  return shard;
}

function recordOf(
  definition: StreamDefinition,
  { before, after }: Change,
  count: number,
  now: number,
): StreamRecord {
  const { arn, region, keyNames, viewType } = definition;
  const SequenceNumber = `1${String(count).padStart(20, '0')}`; // 21 digits at least (API Reference, "StreamRecord")
  const item = after ?? before ?? {};
  const Keys = Object.fromEntries(keyNames.map((name) => [name, item[name] ?? {}]));
  const images = { ...(after && { NewImage: after }), ...(before && { OldImage: before }) };
  return {
    eventID: digest(`${arn}#${count}`).slice(0, 32),
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    eventSourceARN: arn,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(now / 1000),
      Keys,
      ...images,
      SequenceNumber,
      SizeBytes: [Keys, ...Object.values(images)].reduce((sum, part) => sum + sizeOf(part), 0),
      StreamViewType: viewType,
    },
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The store gives attributes in any order. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, ordered(inner)]);
}
