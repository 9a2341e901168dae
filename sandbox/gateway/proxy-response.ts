import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as z from 'zod';
import { type Header, headersForClient } from './header-rules.ts';
import type { Reply } from './reply.ts';

const Value = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** Developer Guide, "Output format of a Lambda function for proxy integration". */
const ProxyResponse = z.object({
  statusCode: z.coerce.number().pipe(z.int().min(200).max(599)),
  headers: z.record(z.string(), Value).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(Value)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});
type ProxyResponse = z.infer<typeof ProxyResponse>;

/**
 * The reply to the client, or undefined where the answer of the function is malformed. A body that is marked as base64
 * is sent as it stands: no binary media types are configured.
 */
export function proxyReply(answer: unknown): Reply | undefined {
  const parsed = ProxyResponse.safeParse(answer);
  if (!parsed.success) return undefined;
  const headers = headersForClient(merged(parsed.data));
  if (!headers.every(isValid)) return undefined;
  return {
    status: parsed.data.statusCode,
    headers: withContentType(headers),
    body: parsed.data.body ?? '',
  };
}

/** Both lists; a pair that is in both is sent once. */
function merged({ headers, multiValueHeaders }: ProxyResponse): Header[] {
  const multiple = Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) =>
    values.map((value): Header => [name, value]),
  );
  const isRepeated = ([name, value]: Header) =>
    multiple.some(([other, also]) => other === name && also === value);
  return [...Object.entries(headers ?? {}).filter((header) => !isRepeated(header)), ...multiple];
}

/** "API Gateway includes a Content-Type header for all integration responses" (Important notes). */
function withContentType(headers: readonly Header[]): readonly Header[] {
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return typed ? headers : [['Content-Type', 'application/json'], ...headers];
}

function isValid([name, value]: Header): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
