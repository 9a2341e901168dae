import { type Shard, type StreamRecord, TRIM_HORIZON } from '../dynamodb/table-stream.ts';
import type { StreamSource } from '../hub/event-source.ts';
import type { Invocation } from '../lambda/invocation.ts';
import { readBatchAnswer } from './batch-answer.ts';
import { passes } from './filter.ts';
import type { EventSourceOptions, Reader } from './reader.ts';
import { afterAnswer, type Batch } from './stream-batch.ts';
import { discardMessage, type Reason } from './stream-discard.ts';

/** Reads the shards of a stream beside each other, each one batch at a time; retries come at once. */
export function streamReader(source: StreamSource, options: EventSourceOptions): Reader {
  const { stream } = options;
  if (stream.arn !== source.arn) throw new Error(`The sandbox has no stream ${source.arn}.`);
  const readers = stream.shards.map((shard) => shardReader(shard, source, options));
  return async () => {
    const counts = await Promise.all(readers.map((read) => read()));
    return counts.reduce((sum, count) => sum + count, 0);
  };
}

function shardReader(shard: Shard, source: StreamSource, options: EventSourceOptions): Reader {
  let position = source.startingPosition === 'LATEST' ? newestOf(shard) : TRIM_HORIZON;
  const deliver = batchDelivery(shard, source, options);
  return async () => {
    let delivered = 0;
    for (let records = shard.after(position); records.length > 0; records = shard.after(position)) {
      const batch = records.filter((record) => passes(record, source.filters)).slice(0, source.batchSize);
      await deliver(batch);
      delivered += batch.length;
      // Where the batch is full there may be more that pass; else all that were read are dealt with.
      position = sequenceNumberOf(batch.length === source.batchSize ? batch : records);
    }
    return delivered;
  };
}

function newestOf(shard: Shard): string {
  return sequenceNumberOf(shard.after(TRIM_HORIZON));
}

function sequenceNumberOf(records: readonly StreamRecord[]): string {
  return records.at(-1)?.dynamodb.SequenceNumber ?? TRIM_HORIZON;
}

/** Delivers records until each has succeeded or is given up: nothing blocks a shard for ever. */
function batchDelivery(shard: Shard, source: StreamSource, options: EventSourceOptions) {
  const { invoke, clock } = options;
  const giveUp = discarder(shard, source, options);
  const tried = async ({ records, failures }: Batch): Promise<readonly Batch[]> => {
    const invocation = await invoke(source.wakes, { Records: records });
    const numbers = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const answer = readBatchAnswer(invocation, source.reportsFailures, numbers);
    const { left, givenUp } = afterAnswer({ records, failures }, answer, source);
    giveUp(givenUp, { condition: 'RetryAttemptsExhausted', invocation, invokeCount: failures + 1 });
    return left;
  };
  return async (records: readonly StreamRecord[]): Promise<void> => {
    let waiting: readonly Batch[] = [{ records, failures: 0 }];
    for (let [next, ...others] = waiting; next !== undefined; [next, ...others] = waiting) {
      const { young, old } = byAge(next.records, clock() / 1000 - source.maximumAgeSeconds);
      giveUp(old, { condition: 'RecordAgeExceeded', invokeCount: next.failures });
      const left = young.length === 0 ? [] : await tried({ records: young, failures: next.failures });
      waiting = [...left, ...others];
    }
  };
}

function byAge(records: readonly StreamRecord[], since: number) {
  const isYoung = ({ dynamodb }: StreamRecord) => dynamodb.ApproximateCreationDateTime >= since;
  return { young: records.filter(isYoung), old: records.filter((record) => !isYoung(record)) };
}

/** Tells the queue for failures, if there is one, which records were given up. */
function discarder(shard: Shard, source: StreamSource, { hub, queues, clock }: EventSourceOptions) {
  const functionArn = hub.functions.find(({ name }) => name === source.wakes)?.arn ?? source.wakes;
  const queue = source.onFailure === undefined ? undefined : queues.get(source.onFailure);
  if (source.onFailure !== undefined && queue === undefined) {
    throw new Error(`The sandbox has no queue ${source.onFailure}, which should hear of failures.`);
  }
  return (records: readonly StreamRecord[], why: Why): void => {
    if (records.length === 0) return;
    const { invocation, ...reason } = why;
    queue?.send(
      discardMessage(records, { shardId: shard.id, functionArn, now: clock(), invocation, ...reason }),
    );
  };
}

type Why = { readonly condition: Reason; readonly invokeCount: number; readonly invocation?: Invocation };
