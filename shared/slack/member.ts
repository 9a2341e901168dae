import { slackCaller } from '../app/link-slack.ts';
import type { Caller } from '../domain/caller.ts';
import type { SlackUser } from '../domain/slack.ts';
import { type SlackProfile, SlackUnavailable } from '../ports/slack-desk.ts';
import type { SlackEdge } from './edge.ts';

/** Somebody who belongs to the workspace; `caller` where it is known who of the access file they are. */
export type Member = { readonly user: SlackUser; readonly caller: Caller | undefined };

/** Who a Slack user is; where that is nobody to be served, the sentence that says so. Nothing of ours is shown before. */
export async function memberOf(
  { desk, broker }: SlackEdge,
  user: SlackUser,
): Promise<Member | { readonly refused: string }> {
  try {
    const profile = await desk.profile(user.user);
    const refused = refusalOf(profile, user.team);
    if (refused !== undefined) return { refused };
  } catch (error) {
    if (!(error instanceof SlackUnavailable)) throw error;
    broker.log('warn', 'slack-profile-unavailable', { ...user, reason: error.reason });
    return { refused: 'Slack does not say at the moment who you are, so nothing was done. Try again.' };
  }
  return { user, caller: await slackCaller(broker, user) };
}

function refusalOf(profile: SlackProfile | undefined, team: string): string | undefined {
  if (profile === undefined || profile.team !== team || profile.isStranger || profile.isDeleted)
    return 'Drawbridge is for people of its own workspace.';
  if (profile.isBot) return 'Drawbridge is for people, and apps are none.';
  return profile.isGuest ? 'Drawbridge is not for guests. Ask for a full account first.' : undefined;
}
