import { createHmac } from 'node:crypto';

/**
 * Slack's signature of a request to an app: docs.slack.dev/authentication/verifying-requests-from-slack. The timestamp
 * is in seconds since 1970.
 */
export function slackSignature(secret: string, timestamp: number, rawBody: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${rawBody}`).digest('hex')}`;
}
