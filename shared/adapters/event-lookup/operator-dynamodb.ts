import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** DynamoDB in a Region, with the operator's own credentials. */
export function operatorDynamoDb(region: string): DynamoDBClient {
  return new DynamoDBClient({ region });
}
