import * as z from 'zod/mini';
import type { Clock } from '../../ports/clock.ts';
import type { Told } from '../../ports/messenger.ts';
import { type SlackDesk, SlackUnavailable } from '../../ports/slack-desk.ts';
import type { BotToken } from '../../ports/slack-secrets.ts';
import { profiles } from './profiles.ts';
import { replyAt } from './response-url.ts';
import { slackApi } from './web-api.ts';

const Done = z.object({});

/** What the answering function asks of Slack, as the bot. */
export function slackDesk(botToken: BotToken, clock: Clock): SlackDesk {
  const api = slackApi(botToken);
  const profileOf = profiles(api, clock);
  return {
    async openView(trigger, view) {
      answered(await api('views.open', { trigger_id: trigger, view }, Done));
    },
    async updateView({ id, hash }, next) {
      answered(await api('views.update', { view_id: id, hash, view: next }, Done));
    },
    async profile(user) {
      return answered(await profileOf(user));
    },
    reply: replyAt,
  };
}

function answered<T>(told: Told<T>): T {
  if ('failed' in told) throw new SlackUnavailable(told.failed);
  return told.value;
}
