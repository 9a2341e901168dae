import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { RequestRate } from '../../ports/request-rate.ts';
import { attributes, type Table } from './conditional-write.ts';
import { rateKey } from './keys.ts';

/** Counts in the table: one conditional write a request, so that calls at once cannot pass the limit together. */
export function dynamoDbRate(table: Table): RequestRate {
  return {
    async count(person, { from, until }, limit) {
      try {
        await table.client.send(
          new UpdateItemCommand({
            TableName: table.name,
            Key: attributes(rateKey(person, from)),
            UpdateExpression: 'ADD requests :one SET expiresAt = :until',
            ConditionExpression: 'attribute_not_exists(requests) OR requests < :limit',
            ExpressionAttributeValues: attributes({
              ':one': 1,
              ':limit': limit,
              ':until': Math.ceil(until / 1000),
            }),
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
