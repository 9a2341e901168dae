import * as z from 'zod';
import { type Answer, refused } from './answer.ts';
import type { Call } from './answer-call.ts';
import type { Arguments } from './method.ts';

/** A request for a method, as it came. */
export type CallRequest = {
  readonly method: string;
  readonly contentType: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
};

/** Arguments that Slack takes as JSON, in a form too: docs.slack.dev/apis/web-api. */
const STRUCTURED = new Set(['blocks', 'metadata', 'view', 'attachments']);

const Body = z.record(z.string(), z.unknown());

/** The call that a request makes; or Slack's refusal to read it. */
export function readCall(request: CallRequest): Call | { readonly refusal: Answer } {
  const args = argumentsOf(request);
  if (typeof args === 'string') return { refusal: refused(args) };
  const bearer = /^Bearer (\S+)$/i.exec(request.authorization ?? '')?.[1];
  const token = bearer ?? (typeof args['token'] === 'string' ? args['token'] : undefined);
  return { method: request.method, token, args };
}

function argumentsOf({ contentType = '', body }: CallRequest): Arguments | string {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded' || body === '') return formArguments(body);
  if (type === '') return 'missing_post_type';
  if (type !== 'application/json') return 'invalid_post_type';
  const parsed = Body.safeParse(decoded(body));
  return parsed.success ? parsed.data : 'invalid_json';
}

function formArguments(body: string): Arguments {
  const entries = [...new URLSearchParams(body)];
  return Object.fromEntries(
    entries.map(([name, value]) => [name, STRUCTURED.has(name) ? decoded(value) : value]),
  );
}

/** A text that is no JSON stays a text: the method then finds that it is no list or object. */
function decoded(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
