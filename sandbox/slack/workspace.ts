import { type Conversation, type Conversations, createConversations } from './conversations.ts';
import { createFaults, type Faults } from './faults.ts';
import { Modals } from './modals.ts';
import { createPostRate, type PostRate } from './post-rate.ts';
import { createPrivateNotes, type PrivateNotes } from './private-notes.ts';
import { createResponseUrls, type ResponseUrls } from './response-urls.ts';
import { createTriggers, type Triggers } from './triggers.ts';

/** A user of the workspace; everything that is not said of them is as for an ordinary member. */
export type SlackUser = {
  readonly id: string;
  readonly name: string;
  /** Another team's, where they come through a shared channel. */
  readonly team?: string;
  readonly isBot?: boolean;
  readonly isDeleted?: boolean;
  /** A guest of several channels. */
  readonly isRestricted?: boolean;
  /** A guest of one channel. */
  readonly isUltraRestricted?: boolean;
  readonly isStranger?: boolean;
};

/** A channel of the workspace; open, and with the app in it, unless it is said otherwise. */
export type SlackChannel = {
  readonly id: string;
  readonly name: string;
  readonly isArchived?: boolean;
  readonly withoutApp?: boolean;
};

/** What a workspace is made from. */
export type WorkspaceOptions = {
  /** The sandbox's time in milliseconds since 1970. */
  readonly clock: () => number;
  /** The workspace's id: `T…`. */
  readonly team: string;
  /** The app's id: `A…`. */
  readonly app: string;
  readonly botToken: string;
  readonly channels: readonly SlackChannel[];
  readonly users: readonly SlackUser[];
  /** The scopes that the app has been given; every scope where it is absent. */
  readonly scopes?: readonly string[];
  /** How many messages may be posted in a channel at once, before it is one a second; 30 where it is absent. */
  readonly burst?: number;
};

/** A workspace with one app in it. */
export type Workspace = Omit<WorkspaceOptions, 'channels' | 'users' | 'burst'> & {
  readonly users: ReadonlyMap<string, SlackUser>;
  readonly conversations: Conversations;
  readonly modals: Modals;
  readonly notes: PrivateNotes;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly postRate: PostRate;
  readonly faults: Faults;
  /** A short id that was not there before. */
  nextId(): string;
  /** Calls back after each change of what somebody sees, until the result is called. */
  watch(listener: () => void): () => void;
};

/** The app's own user. */
export const BOT_USER = 'U0DRAWBRIDGE';

/** The app's bot. */
export const BOT = 'B0DRAWBRIDGE';

/** The workspace's name in addresses. */
export const DOMAIN = 'sandbox';

/** A workspace in which nothing has been said. */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { channels, users, burst = 30, ...standing } = options;
  const { clock, team } = standing;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const nextId = countingIds();
  const conversations = createConversations({ channels: channels.map(conversation), clock, changed });
  return {
    ...standing,
    users: new Map(users.map((user) => [user.id, user])),
    conversations,
    modals: new Modals(nextId, conversations.nextTs, changed),
    notes: createPrivateNotes(conversations.nextTs, changed),
    triggers: createTriggers(clock, nextId),
    responseUrls: createResponseUrls({ team, clock, nextId }),
    postRate: createPostRate(clock, burst),
    faults: createFaults(),
    nextId,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function conversation({ id, name, isArchived = false, withoutApp = false }: SlackChannel): Conversation {
  return { id, name, isArchived, isMember: !withoutApp };
}

/** Ids as Slack's look; nobody has to be kept from guessing them on a loopback. */
function countingIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return count.toString(36).toUpperCase().padStart(8, '0');
  };
}
