import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A client that finds Region, credentials and endpoint in the SDK's own variables. */
export function dynamoDbClient(): DynamoDBClient {
  return new DynamoDBClient({
    maxAttempts: 3,
    cacheMiddleware: true, // nobody changes the client's middleware once it has been used
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
}
