import { createHmac, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type Instant, instant } from '../domain/instant.ts';

/** Why a request is not known to come from Slack; stable codes. */
export type SignatureFault =
  | 'not-signed'
  | 'signed-twice'
  | 'bad-timestamp'
  | 'out-of-time'
  | 'wrong-signature';

/** A request that Slack has signed, with what makes it one of its kind. */
export type Signed = { readonly timestamp: Instant; readonly signature: string };

/** How far Slack's clock and ours may lie apart, in either direction. */
const MOST_SKEW_MS = 300_000;

/**
 * Verifies that Slack has signed these very bytes, by any secret that is valid; looks into nothing else.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function verifySignature(
  event: Pick<APIGatewayProxyEvent, 'headers' | 'multiValueHeaders'>,
  body: Uint8Array,
  secrets: readonly string[],
  now: Instant,
): Signed | { readonly fault: SignatureFault } {
  const [timestamps, signatures] = [
    valuesOf(event, 'x-slack-request-timestamp'),
    valuesOf(event, 'x-slack-signature'),
  ];
  const [timestamp, signature] = [timestamps[0], signatures[0]];
  if (timestamp === undefined || signature === undefined) return { fault: 'not-signed' };
  if (timestamps.length > 1 || signatures.length > 1) return { fault: 'signed-twice' };
  if (!/^\d{1,11}$/.test(timestamp)) return { fault: 'bad-timestamp' };
  const signedAt = instant(Number(timestamp) * 1000);
  if (Math.abs(now - signedAt) > MOST_SKEW_MS) return { fault: 'out-of-time' };
  // NB. Every secret is tried, whichever fits: how long it takes tells nothing.
  const fits = secrets.map((secret) => isEqual(signatureOf(secret, timestamp, body), signature));
  return fits.includes(true) ? { timestamp: signedAt, signature } : { fault: 'wrong-signature' };
}

function signatureOf(secret: string, timestamp: string, body: Uint8Array): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}

function isEqual(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Every value of a header, whatever the case of its name. */
function valuesOf(
  { headers, multiValueHeaders }: Pick<APIGatewayProxyEvent, 'headers' | 'multiValueHeaders'>,
  name: string,
): readonly string[] {
  const isNamed = ([one]: readonly [string, unknown]) => one.toLowerCase() === name;
  const all = Object.entries(multiValueHeaders).filter(isNamed);
  const single = Object.entries(headers).filter(isNamed);
  const values = all.length > 0 ? all.flatMap(([, several]) => several) : single.map(([, one]) => one);
  return values.filter((value) => value !== undefined);
}
