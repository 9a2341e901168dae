import type { StreamRecord } from '../dynamodb/table-stream.ts';
import type { BatchAnswer } from './batch-answer.ts';

/** Records of one shard in their order, and how often the whole of them was tried in vain. */
export type Batch = { readonly records: readonly StreamRecord[]; readonly failures: number };

/** What becomes of a batch after an answer. */
export type AfterAnswer = {
  /** What is still to be done, in this order, before anything else of the shard. */
  readonly left: readonly Batch[];
  /** What is not tried again. */
  readonly givenUp: readonly StreamRecord[];
};

/** The part of an event source that says how a failure is met. */
export type RetryPolicy = { readonly bisects: boolean; readonly maximumRetries: number };

/**
 * What Lambda does next (developer guide, "Configuring partial batch response with DynamoDB and Lambda"; "Retain discarded
 * records for a DynamoDB event source in Lambda"): it goes on from the lowest sequence number that failed, and splits what
 * failed as a whole. Splitting, and what failed further on than before, use up no retry: each leaves less to do, so
 * that a batch ends in any case.
 */
export function afterAnswer(batch: Batch, answer: BatchAnswer, policy: RetryPolicy): AfterAnswer {
  switch (answer.kind) {
    case 'succeeded':
      return { left: [], givenUp: [] };
    case 'failed':
      return failedFrom(batch, 0, policy);
    case 'partial':
      return failedFrom(batch, lowestOf(batch, answer.failed), policy);
    default:
      return answer satisfies never;
  }
}

function lowestOf({ records }: Batch, failed: ReadonlySet<string>): number {
  return records.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
}

function failedFrom({ records, failures }: Batch, index: number, policy: RetryPolicy): AfterAnswer {
  const rest = records.slice(index);
  if (policy.bisects && index > 0) return { left: [{ records: rest, failures }], givenUp: [] };
  if (policy.bisects && rest.length > 1) return { left: halves(rest, failures), givenUp: [] };
  if (failures >= policy.maximumRetries) return { left: [], givenUp: rest };
  return { left: [{ records: rest, failures: failures + 1 }], givenUp: [] };
}

function halves(records: readonly StreamRecord[], failures: number): Batch[] {
  const middle = Math.ceil(records.length / 2);
  return [
    { records: records.slice(0, middle), failures },
    { records: records.slice(middle), failures },
  ];
}
