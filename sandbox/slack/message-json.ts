import type { SlackMessage } from './conversations.ts';
import { BOT, BOT_USER, type Workspace } from './workspace.ts';

/** A message as Slack hands it to apps; its metadata only to those who ask for it. */
export function messageJson(
  { channel: _channel, metadata, ...message }: SlackMessage,
  { team, app }: Pick<Workspace, 'team' | 'app'>,
  include: { readonly metadata: boolean },
) {
  return {
    type: 'message',
    user: BOT_USER,
    bot_id: BOT,
    app_id: app,
    team,
    ...message,
    ...(metadata !== undefined && include.metadata ? { metadata } : {}),
  };
}
