import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

type Kind = 'reads' | 'writes' | 'scans' | 'kms' | 'sts';
type Count = Readonly<Record<Kind | 'capacity' | 'bytes', number>>;

/** What was counted since the last reset. */
export type Counts = {
  now(): Count;
  reset(): void;
  /** Counts a call of another service and makes it. */
  also<T>(kind: 'kms' | 'sts', call: () => Promise<T>): Promise<T>;
};

const KINDS: Readonly<Record<string, Kind>> = {
  GetItemCommand: 'reads',
  QueryCommand: 'reads',
  PutItemCommand: 'writes',
  UpdateItemCommand: 'writes',
  ScanCommand: 'scans',
};

/** A DynamoDB client that counts its calls, the capacity that they consume, and the bytes of their bodies. */
export function countedClient(endpoint: string): {
  readonly client: DynamoDBClient;
  readonly counts: Counts;
} {
  let count = { ...NOTHING };
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'example', secretAccessKey: 'example' },
  });
  client.middlewareStack.add(
    (next, context) => async (call) => {
      Object.assign(call.input, { ReturnConsumedCapacity: 'TOTAL' });
      const kind = KINDS[`${context.commandName}`];
      if (kind === undefined) throw new Error(`${context.commandName} is of no kind that is counted.`);
      count[kind] += 1;
      const answer = await next(call);
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } };
      count.capacity += ConsumedCapacity?.CapacityUnits ?? 0;
      return answer;
    },
    { step: 'initialize' },
  );
  client.middlewareStack.add(
    (next) => async (call) => {
      const { body } = call.request as { body?: unknown };
      const answer = await next(call);
      const { headers = {} } = answer.response as { headers?: Partial<Record<string, string>> };
      count.bytes += lengthOf(body) + Number(headers['content-length'] ?? 0);
      return answer;
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  return {
    client,
    counts: {
      now: () => count,
      reset: () => {
        count = { ...NOTHING };
      },
      also: (kind, call) => {
        count[kind] += 1;
        return call();
      },
    },
  };
}

function lengthOf(body: unknown): number {
  return typeof body === 'string' || body instanceof Uint8Array ? Buffer.byteLength(body) : 0;
}

const NOTHING = { reads: 0, writes: 0, scans: 0, kms: 0, sts: 0, capacity: 0, bytes: 0 };
