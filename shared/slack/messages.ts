import type { DesiredMessage, MessagesOf, Telling } from '../app/desired-message.ts';
import type { Access } from '../domain/access.ts';
import { standingAt } from '../domain/elevation.ts';
import { remindersDue } from '../domain/reminders.ts';
import { card } from './cards/card.ts';
import { directMessage, isToldDirectly, lapsedDirectly } from './cards/direct.ts';
import { reminder } from './cards/reminder.ts';
import type { CardSettings } from './cards/settings.ts';
import { isDecided, lapsedInThread, type Progress, threadMessage } from './cards/thread.ts';

/**
 * Makes all messages of an elevation: the card in the channel of its role, each decision in the card's thread and, where
 * it concerns the requester, directly to them; a lapse; and the newest reminder that is due. They change with the
 * elevation and the access file, never by the mere passing of time within a state. None without Slack in the file.
 */
export function slackMessages(settings: CardSettings): MessagesOf {
  return (telling) => {
    const channel = channelOf(settings.access, telling);
    if (channel === undefined) return [];
    const place: Place = { to: { channel }, under: 'card' };
    return [
      { key: 'card', to: { channel }, content: card(telling, settings) },
      ...eventMessages(telling, settings, place),
      ...lapseMessages(telling, place),
      ...reminders(telling, settings, place),
    ];
  };
}

type Place = Pick<DesiredMessage, 'to' | 'under'>;

function channelOf({ roles, slack }: Access, { elevation }: Telling): string | undefined {
  return slack && (roles.get(elevation.request.role)?.channel ?? slack.channel);
}

function eventMessages(telling: Telling, settings: CardSettings, place: Place): readonly DesiredMessage[] {
  const { elevation, history, now } = telling;
  const standing = standingAt(elevation, now);
  return history.flatMap(({ event }, index) => {
    const n = index + 1;
    const progress = progressAt(telling, n);
    return [
      ...(isDecided(event)
        ? [{ key: `thread:${n}`, ...place, content: threadMessage(event, progress) }]
        : []),
      ...(isToldDirectly(event)
        ? toRequester(telling, n, directMessage(event, standing, elevation, progress, settings))
        : []),
    ];
  });
}

function progressAt({ elevation, history }: Telling, n: number): Progress {
  const given = history.slice(0, n).filter(({ event }) => event.type === 'approved').length;
  return { given, needed: elevation.request.requirements.approval?.count ?? 0 };
}

function lapseMessages(telling: Telling, place: Place): readonly DesiredMessage[] {
  const standing = standingAt(telling.elevation, telling.now);
  if (standing.state !== 'lapsed') return [];
  const { lapsedAt } = standing;
  return [
    { key: 'thread:lapsed', ...place, content: lapsedInThread(lapsedAt) },
    ...toRequester(telling, 'lapsed', lapsedDirectly(telling.elevation, lapsedAt)),
  ];
}

/** Only the newest: whoever was not reminded while Slack was away is not reminded twice at once. */
function reminders(telling: Telling, settings: CardSettings, place: Place): readonly DesiredMessage[] {
  const due = remindersDue(telling.elevation, settings.access.slack?.remind, telling.now);
  return due === 0 ? [] : [{ key: `reminder:${due}`, ...place, content: reminder(telling, settings) }];
}

/** To the first Slack user that the requester has; to nobody where they have none. */
function toRequester(
  { elevation, users }: Telling,
  n: number | 'lapsed',
  content: DesiredMessage['content'],
): readonly DesiredMessage[] {
  const user = users.get(elevation.request.person)?.[0];
  return user === undefined ? [] : [{ key: `direct:${n}`, to: { user }, content }];
}
