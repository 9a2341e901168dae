import * as z from 'zod';
import { identified } from '../block-kit/blocks.ts';
import { check } from '../block-kit/problems.ts';
import { SentView, type View } from '../block-kit/view.ts';
import type { OpenView } from '../modals.ts';
import { viewJson } from '../view-json.ts';
import type { Workspace } from '../workspace.ts';
import { type Answer, done, refused } from './answer.ts';
import { method } from './method.ts';

/** docs.slack.dev/reference/methods/views.open. The trigger is used up only by a view that is good. */
export const open = method({
  scopes: [],
  args: z.object({ trigger_id: z.string(), view: z.unknown() }),
  run: (args, workspace) =>
    shown(args.view, workspace, (view) => {
      const exchanged = workspace.triggers.exchange(args.trigger_id);
      if ('error' in exchanged) return refused(exchanged.error);
      return told(workspace.modals.open(exchanged.user, view), workspace);
    }),
});

/** docs.slack.dev/reference/methods/views.push. */
export const push = method({
  scopes: [],
  args: z.object({ trigger_id: z.string(), view: z.unknown() }),
  run: (args, workspace) =>
    shown(args.view, workspace, (view) => {
      const exchanged = workspace.triggers.exchange(args.trigger_id);
      if ('error' in exchanged) return refused(exchanged.error);
      const pushed = workspace.modals.push(exchanged.user, view);
      return pushed === undefined ? refused('push_limit_reached') : told(pushed, workspace);
    }),
});

/** docs.slack.dev/reference/methods/views.update. */
export const update = method({
  scopes: [],
  args: z.object({ view_id: z.string(), hash: z.string().optional(), view: z.unknown() }),
  run: (args, workspace) =>
    shown(args.view, workspace, (view) => {
      const before = workspace.modals.find(args.view_id);
      if (before === undefined) return refused('not_found');
      if (args.hash !== undefined && args.hash !== before.hash) return refused('hash_conflict');
      const after = workspace.modals.update(before.id, view);
      return after === undefined ? refused('not_found') : told(after, workspace);
    }),
});

/** A view that Slack takes; or what it finds wrong with it. Also for the answers to a submission. */
export function viewOf(
  sent: unknown,
  { nextId }: Workspace,
): { readonly view: View } | { readonly problems: readonly string[] } {
  const checked = check(SentView, sent, '/view');
  if (!checked.good) return { problems: checked.problems };
  const { blocks, ...rest } = checked.value;
  return { view: { ...rest, blocks: identified(blocks, nextId) } };
}

function shown(sent: unknown, workspace: Workspace, show: (view: View) => Answer): Answer {
  const read = viewOf(sent, workspace);
  return 'view' in read ? show(read.view) : refused('invalid_arguments', read.problems);
}

function told(view: OpenView, workspace: Workspace): Answer {
  return done({ view: viewJson(view, workspace) });
}
