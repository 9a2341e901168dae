import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Caller } from '../domain/caller.ts';
import { type ElevationId, parseElevationId } from '../domain/elevation-id.ts';
import type { Outcome } from '../domain/refusal.ts';
import { sentenceOf } from './fault-sentences.ts';
import type { EdgeRefusal } from './problem.ts';

/** A body of more bytes is refused before it is parsed. */
const LARGEST_BODY_BYTES = 16 * 1024;

/** What was sent, or why it cannot be used. */
export type Sent<T> = Outcome<T> | { readonly refusal: EdgeRefusal };

/** A call whose caller is known. */
export type Call = { readonly event: APIGatewayProxyEvent; readonly caller: Caller };

/** The JSON of the body by its schema; an absent body is an empty object. */
export function bodyOf<T extends z.ZodMiniType>(event: APIGatewayProxyEvent, schema: T): Sent<z.output<T>> {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > LARGEST_BODY_BYTES) return { refusal: TOO_LARGE };
  if (bytes.length === 0) return checked({}, schema);
  if (!isJson(headerOf(event, 'content-type'))) return { refusal: NOT_JSON };
  const json = parsedJson(bytes);
  return json === undefined ? { refusal: MALFORMED } : checked(json.value, schema);
}

/** The value of a JSON text in UTF-8 (RFC 8259, section 8.1); undefined where the bytes are none. */
function parsedJson(bytes: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return undefined;
  }
}

/** The query string by its schema; a parameter that comes twice is refused. */
export function queryOf<T extends z.ZodMiniType>(event: APIGatewayProxyEvent, schema: T): Sent<z.output<T>> {
  const all = event.multiValueQueryStringParameters ?? {};
  const twice = Object.entries(all).find(([, values]) => (values?.length ?? 0) > 1);
  if (twice !== undefined)
    return invalid([{ pointer: pointerTo([twice[0]]), detail: 'Send this parameter once.' }]);
  return checked(event.queryStringParameters ?? {}, schema);
}

/** A header by its name in lower case. */
export function headerOf(event: APIGatewayProxyEvent, name: string): string | undefined {
  return Object.entries(event.headers).find(([one]) => one.toLowerCase() === name)?.[1];
}

/** The id in the path; undefined where it is none, and then there is no such elevation. */
export function idOf(event: APIGatewayProxyEvent): ElevationId | undefined {
  return parseElevationId(event.pathParameters?.['id'] ?? '');
}

/** A value by its schema, with a JSON pointer to each fault. */
export function checked<T extends z.ZodMiniType>(value: unknown, schema: T): Sent<z.output<T>> {
  const result = schema.safeParse(value, { error: sentenceOf });
  if (result.success) return { value: result.data };
  return invalid(
    result.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({
            pointer: pointerTo([...issue.path, key]),
            detail: 'There is no such field. Leave it out.',
          }))
        : [{ pointer: pointerTo(issue.path), detail: issue.message }],
    ),
  );
}

function invalid(faults: readonly { readonly pointer: string; readonly detail: string }[]) {
  return {
    refusal: { code: 'invalid', faults, detail: 'The request has faults; `errors` names each.' } as const,
  };
}

/** RFC 6901. */
function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType ?? '');
}

const TOO_LARGE: EdgeRefusal = { code: 'too-large', detail: 'A body has at most 16 KB. Send less.' };
const NOT_JSON: EdgeRefusal = {
  code: 'unsupported-media-type',
  detail: 'Send JSON, with Content-Type: application/json.',
};
const MALFORMED: EdgeRefusal = { code: 'malformed-json', detail: 'The body is no JSON. Correct it.' };
