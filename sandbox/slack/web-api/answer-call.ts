import type { Workspace } from '../workspace.ts';
import { type Answer, refused } from './answer.ts';
import { postMessage, update as updateMessage } from './chat.ts';
import { info as conversationInfo, open as openConversation } from './conversations.ts';
import { history, replies } from './history.ts';
import type { Arguments, Method } from './method.ts';
import { authTest, info as userInfo } from './users.ts';
import { open as openView, push as pushView, update as updateView } from './views.ts';

/** A call of the Web API. */
export type Call = {
  readonly method: string;
  /** The bearer token, or the argument `token`; undefined where there is none. */
  readonly token: string | undefined;
  readonly args: Arguments;
};

const METHODS: ReadonlyMap<string, Method> = new Map([
  ['auth.test', authTest],
  ['chat.postMessage', postMessage],
  ['chat.update', updateMessage],
  ['conversations.history', history],
  ['conversations.info', conversationInfo],
  ['conversations.open', openConversation],
  ['conversations.replies', replies],
  ['users.info', userInfo],
  ['views.open', openView],
  ['views.push', pushView],
  ['views.update', updateView],
]);

/** Answers a call of whoever has the bot's token and the scopes for it. */
export function answerCall({ method: name, token, args }: Call, workspace: Workspace): Answer {
  const method = METHODS.get(name);
  if (method === undefined) return refused('unknown_method');
  if (token === undefined) return refused('not_authed');
  if (token !== workspace.botToken) return refused('invalid_auth');
  const { scopes } = workspace;
  if (scopes === undefined || method.scopes.length === 0) return method.run(args, workspace);
  if (method.scopes.some((scope) => scopes.includes(scope))) return method.run(args, workspace);
  return { ok: false, error: 'missing_scope', needed: method.scopes.join(','), provided: scopes.join(',') };
}
