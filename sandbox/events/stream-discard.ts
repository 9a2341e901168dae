import { randomUUID } from 'node:crypto';
import type { StreamRecord } from '../dynamodb/table-stream.ts';
import type { Invocation } from '../lambda/invocation.ts';

/** Why records are not tried again. */
export type Reason = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/**
 * What Lambda sends to a queue of failures: where in the stream the records are, and none of their content, not even keys
 * (developer guide, "Retain discarded records for a DynamoDB event source in Lambda").
 */
export function discardMessage(
  records: readonly StreamRecord[],
  context: {
    readonly shardId: string;
    readonly functionArn: string;
    readonly condition: Reason;
    readonly invokeCount: number;
    /** Absent where the records were too old to be tried. */
    readonly invocation: Invocation | undefined;
    /** Milliseconds since 1970. */
    readonly now: number;
  },
): string {
  const { shardId, functionArn, condition, invokeCount, invocation, now } = context;
  const first = records[0];
  const last = records.at(-1);
  return JSON.stringify({
    requestContext: { requestId: randomUUID(), functionArn, condition, approximateInvokeCount: invokeCount },
    ...(invocation && { responseContext: responseContext(invocation) }),
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.dynamodb.SequenceNumber,
      endSequenceNumber: last?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrivalOf(first),
      approximateArrivalOfLastRecord: arrivalOf(last),
      batchSize: records.length,
      streamArn: first?.eventSourceARN,
    },
  });
}

function responseContext(invocation: Invocation): object {
  return {
    statusCode: 200,
    executedVersion: '$LATEST',
    ...(invocation.outcome === 'failed' && { functionError: 'Unhandled' }),
  };
}

function arrivalOf(record: StreamRecord | undefined): string | undefined {
  if (record === undefined) return undefined;
  return new Date(record.dynamodb.ApproximateCreationDateTime * 1000).toISOString().replace('.000', '');
}
