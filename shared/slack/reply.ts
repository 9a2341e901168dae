import type { Json } from '../domain/canonical-json.ts';
import type { MessageContent } from '../ports/messenger.ts';
import { SlackUnavailable } from '../ports/slack-desk.ts';
import type { SlackEdge } from './edge.ts';
import { noteView } from './note.ts';
import type { SlackRequest } from './request.ts';

/** What Slack's request is answered with: JSON, or nothing but the 200. */
export type SlackAnswer = Json | undefined;

/**
 * Says something to whoever sent the request, for them alone, the way that the kind of request has: in the answer, in
 * the form that is open, or by the address that Slack gave. Never throws: what was done stays done, said or not.
 */
export async function tell(
  edge: SlackEdge,
  request: SlackRequest,
  content: MessageContent,
): Promise<SlackAnswer> {
  switch (request.kind) {
    case 'command':
      return { response_type: 'ephemeral', ...content };
    case 'click':
      return attempted(edge, () => edge.desk.reply(request.responseUrl, content));
    case 'role-chosen':
      return attempted(edge, () => edge.desk.updateView(request.form, noteView(content)));
    case 'ask-sent':
    case 'comment-sent':
      return { response_action: 'update', view: noteView(content) };
    case 'role-typed':
      return { options: [] };
    case 'nothing':
      return undefined;
    default:
      return request satisfies never;
  }
}

async function attempted({ broker }: SlackEdge, say: () => Promise<void>): Promise<undefined> {
  try {
    await say();
  } catch (error) {
    broker.log('warn', 'slack-reply-failed', { reason: reasonOf(error) });
  }
}

/** What an error is; never what it carries, which can hold what was sent. */
export function reasonOf(error: unknown): string {
  if (error instanceof SlackUnavailable) return error.reason;
  return error instanceof Error ? error.name : 'unknown';
}
