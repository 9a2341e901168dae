import type { Json } from '../../../shared/domain/canonical-json.ts';

/** What a method answers; Slack gives every answer but 429 the status 200. */
export type Answer =
  | ({ readonly ok: true } & Readonly<Record<string, unknown>>)
  | ({ readonly ok: false; readonly error: string } & Readonly<Record<string, unknown>>)
  | { readonly ok: 'ratelimited'; readonly retryAfterSeconds: number };

/** Success, with what the method has to say. */
export function done(body: Readonly<Record<string, unknown>> = {}): Answer {
  return { ok: true, ...body };
}

/** A refusal by one of Slack's error codes; what is wrong in detail, where Slack says so. */
export function refused(error: string, problems: readonly string[] = []): Answer {
  if (problems.length === 0) return { ok: false, error };
  const messages: Json = problems.map((problem) => `[ERROR] ${problem}`);
  return { ok: false, error, errors: problems, response_metadata: { messages } };
}
