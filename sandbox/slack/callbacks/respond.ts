import type { Answerable } from '../response-urls.ts';
import type { Workspace } from '../workspace.ts';
import { noteBlocks, noteIn, type SentNote } from './answers.ts';

/** What hooks.slack.com answers. */
export type HookAnswer = { readonly status: number; readonly body: string };

/**
 * A message that an app sends to a response URL: docs.slack.dev/interactivity/handling-user-interaction. The codes of
 * refusals are as apps have reported them; Slack's pages do not list them.
 */
export function answerHook(path: string, body: string, workspace: Workspace): HookAnswer {
  const note = noteIn(body);
  if ('wrong' in note) return failed(400, 'invalid_blocks');
  const to = workspace.responseUrls.use(path);
  if (to === 'unknown') return failed(404, 'invalid_url');
  if (to === 'used_url' || to === 'expired_url') return failed(404, to);
  show(note.read, to, workspace);
  return { status: 200, body: 'ok' };
}

function failed(status: number, error: string): HookAnswer {
  return { status, body: JSON.stringify({ ok: false, error }) };
}

/** Shows a message to whoever clicked, or to all; or puts it in the place of what was clicked. */
export function show(note: SentNote, to: Answerable, workspace: Workspace): void {
  const { conversations, notes } = workspace;
  const content = { text: note.text, blocks: noteBlocks(note, workspace) };
  const original = to.ts === undefined ? undefined : conversations.message(to.channel, to.ts);
  const thread = note.thread_ts ?? to.thread;
  const place = { channel: to.channel, ...(thread === undefined ? {} : { thread_ts: thread }) };
  if (note.delete_original) {
    if (original !== undefined) conversations.remove(original);
  } else if (note.replace_original && original !== undefined) {
    conversations.update(original, content);
  } else if (note.response_type === 'in_channel') {
    conversations.post({ ...place, ...content });
  } else {
    notes.add({ ...place, ...content, user: to.user, from: 'app' });
  }
}

/** Whether a path is one of hooks.slack.com's. */
export function isHookPath(path: string): boolean {
  return /^\/(commands|actions)\/T/.test(path);
}
