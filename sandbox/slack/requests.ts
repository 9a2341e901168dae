import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { answerHook, isHookPath } from './callbacks/respond.ts';
import { answerPage } from './page/answer-page.ts';
import type { Parts } from './parts.ts';
import { type Reply, sameSite, write } from './reply.ts';
import type { Answer } from './web-api/answer.ts';
import { answerCall } from './web-api/answer-call.ts';
import { readCall } from './web-api/read-call.ts';

/** An answer; or the connection ends without one; or nothing comes at all. */
type Outcome = Reply | 'cut' | 'silence';

/** Slack's two hosts and the page, told apart by their paths. */
export function requestListener(parts: Parts): RequestListener {
  return (incoming, outgoing) => {
    answer(incoming, outgoing, parts).catch((error: unknown) => {
      if (outgoing.headersSent) return void outgoing.destroy();
      const sentence = error instanceof Error ? error.message : String(error);
      write(outgoing, { status: 400, type: 'text/plain; charset=utf-8', body: `${sentence}\n` });
    });
  };
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, parts: Parts): Promise<void> {
  const { pathname } = new URL(incoming.url ?? '/', 'http://slack.invalid');
  if (!sameSite(incoming)) return write(outgoing, FOREIGN);
  const method = /^\/api\/([A-Za-z.]+)$/.exec(pathname)?.[1];
  if (method === undefined && !isHookPath(pathname)) return answerPage(incoming, outgoing, parts);
  const body = await text(incoming);
  const outcome =
    method === undefined
      ? withFault('response_url', parts, () => hookReply(pathname, body, parts))
      : withFault(method, parts, () => apiReply(method, incoming, body, parts));
  if (outcome === 'cut') outgoing.destroy();
  else if (outcome !== 'silence') write(outgoing, outcome);
}

const FOREIGN: Reply = {
  status: 403,
  type: 'text/plain; charset=utf-8',
  body: 'Only the page of the sandbox itself may do this.\n',
};

function hookReply(path: string, body: string, { workspace }: Parts): Reply {
  const { status, body: said } = answerHook(path, body, workspace);
  return { status, type: 'text/plain; charset=utf-8', body: said };
}

/** Lets the call go wrong where a fault waits for it: before its effect, or after. */
function withFault(method: string, { workspace }: Parts, effect: () => Reply): Outcome {
  const fault = workspace.faults.take(method);
  if (fault === undefined) return effect();
  switch (fault.kind) {
    case 'error':
      return replyOf({ ok: false, error: fault.code });
    case 'rate-limited':
      return replyOf({ ok: 'ratelimited', retryAfterSeconds: fault.retryAfterSeconds });
    case 'unavailable':
      return { status: 503, type: 'text/html', body: 'Service Unavailable' };
    case 'unreached':
      return 'cut';
    case 'answer-lost':
      effect();
      return 'cut';
    case 'silent':
      effect();
      return 'silence';
    default:
      return fault satisfies never;
  }
}

function apiReply(method: string, { headers }: IncomingMessage, body: string, { workspace }: Parts): Reply {
  const { 'content-type': contentType, authorization } = headers;
  const call = readCall({ method, contentType, authorization, body });
  return replyOf('refusal' in call ? call.refusal : answerCall(call, workspace));
}

function replyOf(answered: Answer): Reply {
  const type = 'application/json; charset=utf-8';
  if (answered.ok !== 'ratelimited') return { status: 200, type, body: JSON.stringify(answered) };
  const headers = { 'Retry-After': String(answered.retryAfterSeconds) };
  return { status: 429, type, headers, body: JSON.stringify({ ok: false, error: 'ratelimited' }) };
}
