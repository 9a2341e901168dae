import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';

/** Why there is no answer, and how long Slack asks to wait. */
export type Failure = { readonly failed: string; readonly retryAfterSeconds?: number };

/** Longer than Slack ever asks to wait. */
const LONGEST_WAIT_SECONDS = 24 * 3600;

/** What an answer is called that is none of Slack's. */
export const MALFORMED: Failure = { failed: 'malformed-answer' };

/** NB. The client makes an error's code of whatever it could not parse, such as the page of a proxy. */
const CODE = /^[a-z][a-z0-9_]{0,79}$/;

/** What an error of Slack's client means. Only codes are taken from it: errors hold answers and addresses. */
export function failureOf(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError) return rateLimited(error.retryAfter);
  if (error instanceof WebAPIPlatformError) {
    const { error: code, response_metadata: metadata } = error.data;
    return typeof code === 'string' && CODE.test(code)
      ? { failed: code, ...waitOf(metadata?.retryAfter) }
      : MALFORMED;
  }
  if (error instanceof WebAPIHTTPError) {
    return { failed: `http-${error.statusCode}`, ...waitOf(Number(error.headers['retry-after'])) };
  }
  return { failed: networkFailureOf(error instanceof WebAPIRequestError ? error.original : error) };
}

/** What an error of `fetch` means. */
export function networkFailureOf(error: unknown): string {
  const { name, message } = Object(error) as { name?: unknown; message?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError') return 'timeout';
  // The client has no class for a 429 that does not say how long to wait.
  return String(message).startsWith('Retry header did not contain') ? 'ratelimited' : 'unreachable';
}

function rateLimited(retryAfter: number): Failure {
  return { failed: 'ratelimited', ...waitOf(retryAfter) };
}

function waitOf(seconds: number | undefined): { readonly retryAfterSeconds?: number } {
  if (seconds === undefined || !Number.isFinite(seconds)) return {};
  return { retryAfterSeconds: Math.min(Math.max(Math.ceil(seconds), 1), LONGEST_WAIT_SECONDS) };
}
