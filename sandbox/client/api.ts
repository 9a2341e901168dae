import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../aws/aws.ts';
import { Sha256 } from './sha256.ts';

/** What the API answered; a body that is no JSON is kept as text. */
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

/** One person at one door of the API. */
export type Visitor = (
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** Somebody who comes to the OIDC door with an access token. */
export function withToken(api: string, token: string): Visitor {
  return (method, path, body, headers) =>
    send(`${api}/v1${path}`, method, contentOf(body), { ...headers, Authorization: `Bearer ${token}` });
}

/** Somebody who comes to the IAM door and signs; `now` is the sandbox's time in milliseconds. */
export function withSignature(api: string, credentials: Credentials, now: () => number): Visitor {
  const signer = new SignatureV4({
    service: 'execute-api',
    region: 'us-east-1',
    credentials,
    sha256: Sha256,
  });
  return async (method, path, body, headers) => {
    const url = new URL(`${api}/iam/v1${path}`);
    const content = contentOf(body);
    const signed = await signer.sign(
      {
        method,
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: { ...headers, host: url.host, ...(content === undefined ? {} : JSON_CONTENT) },
        ...(content === undefined ? {} : { body: content }),
      },
      { signingDate: new Date(now()) },
    );
    return send(url.href, method, content, signed.headers);
  };
}

const JSON_CONTENT = { 'content-type': 'application/json' };

async function send(
  url: string,
  method: string,
  content: string | undefined,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const { host: _, ...sent } = headers; // fetch sets it itself, to the same value
  const response = await fetch(url, {
    method,
    headers: content === undefined ? sent : { ...JSON_CONTENT, ...sent },
    ...(content === undefined ? {} : { body: content }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) };
}

function contentOf(body: unknown): string | undefined {
  return body === undefined ? undefined : JSON.stringify(body);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
