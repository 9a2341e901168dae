import type { APIGatewayProxyEvent } from 'aws-lambda';
import { instant } from '../domain/instant.ts';
import type { SlackEdge } from './edge.ts';
import { parseForm } from './form.ts';
import { type Sent, sentTo } from './request.ts';
import { verifySignature } from './signature.ts';

/** Slack sends far less; a larger body is not even looked at. */
const LARGEST_BODY_BYTES = 64 * 1024;

/** Longer than a signature is accepted: ten minutes after it was made, five of which the clocks may differ. */
const REMEMBERED_MS = 600_000;

/** What Slack has sent, once: verified before it is parsed, parsed before it is looked at; else the status that says no. */
export async function receive(
  { broker, signingSecrets, seen }: SlackEdge,
  event: APIGatewayProxyEvent,
): Promise<{ readonly sent: Sent } | { readonly status: number }> {
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (body.length > LARGEST_BODY_BYTES) return { status: 413 };
  const signed = verifySignature(event, body, await signingSecrets(), broker.clock());
  if ('fault' in signed) {
    broker.log('warn', 'slack-signature-refused', { fault: signed.fault });
    return { status: 401 };
  }
  const { timestamp, signature } = signed;
  const isFirst = await seen.isFirst(
    broker.sha256(`${timestamp} ${signature}`),
    instant(timestamp + REMEMBERED_MS),
  );
  if (!isFirst) {
    broker.log('warn', 'slack-request-repeated', {});
    return { status: 409 };
  }
  const form = parseForm(body);
  if (form?.get('ssl_check') === '1') return { status: 200 };
  const sent = form && sentTo(event.resource, form);
  if (sent !== undefined) return { sent };
  broker.log('warn', 'slack-request-unreadable', { resource: event.resource });
  return { status: 400 };
}
