import type { Caller } from './caller.ts';
import type { Minutes } from './duration.ts';
import type { Instant } from './instant.ts';
import type { Handle } from './names.ts';

/** A user of a Slack workspace, by Slack's ids: `T024BE7LD` and `U0DAVID`. */
export type SlackUser = { readonly team: string; readonly user: string };

/** The one Slack app that is listened to, and where cards go. */
export type SlackSettings = {
  /** The workspace's id. */
  readonly team: string;
  /** The app's id. */
  readonly app: string;
  /** The channel for cards of roles that name none. */
  readonly channel: string;
  /** When approvers are reminded; never where it is absent. */
  readonly remind?: Reminders;
};

/** The first reminder comes after so long; each pause is twice the one before. */
export type Reminders = { readonly after: Minutes; readonly most: number };

/** What happened to the link between a Slack user and a person; plain JSON, stored as it is. */
export type LinkEvent =
  | { readonly type: 'slack-linked'; readonly person: Handle; readonly by: Caller; readonly at: Instant }
  | { readonly type: 'slack-unlinked'; readonly person: Handle; readonly by: Caller; readonly at: Instant };

/** A Slack user with all that happened to their link, oldest first. */
export type SlackLink = { readonly of: SlackUser; readonly history: readonly LinkEvent[] };

/** Who the Slack user is by the link; undefined where it was undone. */
export function personOf({ history }: SlackLink): Handle | undefined {
  const newest = history.at(-1);
  return newest?.type === 'slack-linked' ? newest.person : undefined;
}
