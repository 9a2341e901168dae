import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';

type RetryStrategy = Extract<
  STSClientConfig['retryStrategy'],
  { readonly refreshRetryTokenForRetry: unknown }
>;

/** Before the one retry; STS's quota is counted by the second. */
const RETRY_DELAY_MS = 250;

/**
 * A client of the Region's own STS, where the standard environment says it is. A call that was throttled did nothing
 * and is tried once more; any other may have issued credentials, so it is not.
 */
export function stsClient({ requestTimeoutMs = 5000 } = {}): STSClient {
  return new STSClient({
    retryStrategy: ONCE_WHEN_THROTTLED,
    requestHandler: {
      connectionTimeout: 1000,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  });
}

const ONCE_WHEN_THROTTLED: RetryStrategy = {
  acquireInitialRetryToken: async () => attempt(0),
  refreshRetryTokenForRetry: async (token, { errorType }) => {
    // Thrown because the SDK wants it so; what it rethrows is STS's own error.
    if (errorType !== 'THROTTLING' || token.getRetryCount() > 0) throw new Error('This call is not retried.');
    return attempt(1);
  },
  recordSuccess: () => undefined,
};

function attempt(retries: 0 | 1): { getRetryCount(): number; getRetryDelay(): number } {
  return { getRetryCount: () => retries, getRetryDelay: () => retries * RETRY_DELAY_MS };
}
