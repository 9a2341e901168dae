import { SQSClient } from '@aws-sdk/client-sqs';

/** Region, credentials and endpoint come from the SDK's own variables; a queue's URL only names it. */
export function sqsClient(): SQSClient {
  return new SQSClient({
    maxAttempts: 3,
    useQueueUrlAsEndpoint: false,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
}
