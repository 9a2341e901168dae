import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Instant } from '../../shared/domain/instant.ts';

/** How a request is made to differ from what Slack sends. */
export type Differently = {
  readonly secret?: string;
  readonly at?: Instant;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, string[]>>;
  readonly isBase64Encoded?: boolean;
};

/** A secret that Slack and the app share in the tests. */
export const SECRET = 'the signing secret of the test';

/** What API Gateway hands on of a request that Slack has signed. */
export function signedEvent(
  route: string,
  body: string,
  now: Instant,
  { secret = SECRET, at = now, headers, multiValueHeaders = {}, isBase64Encoded = false }: Differently = {},
): APIGatewayProxyEvent {
  const event = {
    httpMethod: 'POST',
    resource: `/v1/slack/${route}`,
    headers: headers ?? signatureHeaders(secret, at, body),
    multiValueHeaders,
    body: isBase64Encoded ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded,
    requestContext: { requestId: 'request-1' },
  };
  return event as Partial<APIGatewayProxyEvent> as APIGatewayProxyEvent;
}

/** Slack's formula: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signatureHeaders(secret: string, at: Instant, body: string): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'X-Slack-Request-Timestamp': timestamp, 'X-Slack-Signature': `v0=${mac}` };
}
