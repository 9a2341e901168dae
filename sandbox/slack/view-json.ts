import type { OpenView } from './modals.ts';
import { BOT, type Workspace } from './workspace.ts';

/** A view as Slack hands it to apps: docs.slack.dev/reference/interaction-payloads/view-interactions-payload. */
export function viewJson(open: OpenView, { team, app }: Pick<Workspace, 'team' | 'app'>) {
  const { view } = open;
  return {
    id: open.id,
    team_id: team,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    external_id: view.external_id ?? '',
    state: { values: open.state },
    hash: open.hash,
    title: view.title,
    close: view.close ?? null,
    submit: view.submit ?? null,
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    previous_view_id: open.previousId ?? null,
    root_view_id: open.rootId,
    app_id: app,
    app_installed_team_id: team,
    bot_id: BOT,
  };
}
