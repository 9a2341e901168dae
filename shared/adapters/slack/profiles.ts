import * as z from 'zod/mini';
import type { Instant } from '../../domain/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Told } from '../../ports/messenger.ts';
import type { SlackProfile } from '../../ports/slack-desk.ts';
import type { SlackApi } from './web-api.ts';

/** How long a profile is believed: somebody who was deleted is served for so long. */
const FRESH_MS = 5 * 60_000;
/** More are not kept; who was asked for first goes first. */
const MOST_PROFILES = 1000;

/** What is read of a user: https://docs.slack.dev/reference/objects/user-object */
const User = z.object({
  id: z.string(),
  team_id: z.string(),
  deleted: z.boolean(),
  is_bot: z.boolean(),
  is_restricted: z.optional(z.boolean()),
  is_ultra_restricted: z.optional(z.boolean()),
  is_stranger: z.optional(z.boolean()),
});

const Answer = z.object({ user: User });

/** What says that Slack knows no such user, or shows them to nobody here. */
const UNKNOWN: ReadonlySet<string> = new Set(['user_not_found', 'user_not_visible']);

/** Asks what Slack says of a user, and keeps the answer for five minutes. */
export function profiles(
  api: SlackApi,
  clock: Clock,
): (user: string) => Promise<Told<SlackProfile | undefined>> {
  const kept = new Map<string, { readonly profile: SlackProfile; readonly at: Instant }>();
  const keep = (user: string, profile: SlackProfile, at: Instant) => {
    kept.delete(user);
    kept.set(user, { profile, at });
    const [oldest] = kept.keys();
    if (kept.size > MOST_PROFILES && oldest !== undefined) kept.delete(oldest);
  };
  return async (user) => {
    const now = clock();
    const known = kept.get(user);
    if (known !== undefined && now < known.at + FRESH_MS) return { value: known.profile };
    const answer = await api('users.info', { user }, Answer);
    if ('failed' in answer) return UNKNOWN.has(answer.failed) ? { value: undefined } : answer;
    if (answer.value.user.id !== user) return { failed: 'malformed-answer' };
    const profile = profileOf(answer.value.user);
    keep(user, profile, now);
    return { value: profile };
  };
}

/** NB. Slack leaves out what it does not want to say; whoever is not said to be no guest is taken for one. */
function profileOf(user: z.output<typeof User>): SlackProfile {
  return {
    team: user.team_id,
    isBot: user.is_bot,
    isDeleted: user.deleted,
    isGuest: user.is_restricted !== false || user.is_ultra_restricted !== false,
    isStranger: user.is_stranger === true,
  };
}
