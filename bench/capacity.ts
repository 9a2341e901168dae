import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Asks for the consumed capacity with every call, and gives the sum so far. NB. The emulator counts what the table
 * consumes; DynamoDB counts each write of an item again for each index that it changes.
 */
export function capacityOf(client: DynamoDBClient): () => number {
  let units = 0;
  client.middlewareStack.add(
    (next) => async (call) => {
      const answer = await next({ ...call, input: { ...call.input, ReturnConsumedCapacity: 'TOTAL' } });
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } };
      units += ConsumedCapacity?.CapacityUnits ?? 0;
      return answer;
    },
    { step: 'initialize', name: 'consumedCapacity' },
  );
  return () => units;
}
