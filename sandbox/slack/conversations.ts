import type { Json } from '../../shared/domain/canonical-json.ts';
import type { Block } from './block-kit/blocks.ts';

/** A place for messages: a channel, or the direct messages between the app and a user. */
export type Conversation = {
  readonly id: string;
  readonly name: string;
  readonly isArchived: boolean;
  /** Whether the app is in it. */
  readonly isMember: boolean;
  /** With whom, where these are direct messages. */
  readonly user?: string;
};

/** What an app attaches to a message for itself: docs.slack.dev/messaging/message-metadata. */
export type Metadata = {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, Json>>;
};

/** A message of the app, in Slack's own words. Never changes: an update makes another one of the same `ts`. */
export type SlackMessage = {
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly metadata?: Metadata;
  /** The `ts` of the message in whose thread it stands. */
  readonly thread_ts?: string;
  readonly edited?: { readonly ts: string };
};

/** What a message says; an update leaves out what stays. */
export type MessageChange = Partial<Pick<SlackMessage, 'text' | 'blocks'>> & {
  /** `none` takes away what was there. */
  readonly metadata?: Metadata | 'none';
};

/** The workspace's conversations and what was said in them. */
export type Conversations = {
  all(): readonly Conversation[];
  find(id: string): Conversation | undefined;
  /** The direct messages with a user, opened where they were not. */
  directWith(user: string): Conversation;
  /** Messages of a conversation, oldest first, replies among them. */
  messages(id: string): readonly SlackMessage[];
  message(id: string, ts: string): SlackMessage | undefined;
  post(message: Omit<SlackMessage, 'ts' | 'edited'>): SlackMessage;
  update(message: SlackMessage, change: MessageChange): SlackMessage;
  remove(message: SlackMessage): void;
  /** A time of its own for each thing that happens, as Slack writes it: seconds and microseconds. */
  nextTs(): string;
};

/** Keeps conversations in memory. */
export function createConversations(options: {
  readonly channels: readonly Conversation[];
  readonly clock: () => number;
  readonly changed: () => void;
}): Conversations {
  const { clock, changed } = options;
  const places = new Map(options.channels.map((channel) => [channel.id, channel]));
  const said = new Map<string, Map<string, SlackMessage>>();
  const nextTs = tsFrom(clock);
  const put = (message: SlackMessage) => {
    const there = said.get(message.channel) ?? new Map<string, SlackMessage>();
    said.set(message.channel, there.set(message.ts, message));
    changed();
    return message;
  };
  return {
    nextTs,
    all: () => [...places.values()],
    find: (id) => places.get(id),
    directWith(user) {
      const known = [...places.values()].find((place) => place.user === user);
      const place = known ?? { id: `D${user.slice(1)}`, name: '', isArchived: false, isMember: true, user };
      places.set(place.id, place);
      return place;
    },
    messages: (id) => [...(said.get(id)?.values() ?? [])],
    message: (id, ts) => said.get(id)?.get(ts),
    post: (message) => put({ ...message, ts: nextTs() }),
    update: (message, change) => put(changedMessage(message, change, nextTs)),
    remove(message) {
      said.get(message.channel)?.delete(message.ts);
      changed();
    },
  };
}

/** Slack marks a message as edited where its text was given, and not where it was changed by blocks alone. */
function changedMessage(
  message: SlackMessage,
  { metadata, ...change }: MessageChange,
  nextTs: () => string,
): SlackMessage {
  const { metadata: before, ...rest } = message;
  const after = metadata === 'none' ? undefined : (metadata ?? before);
  return {
    ...rest,
    ...change,
    ...(after === undefined ? {} : { metadata: after }),
    ...((change.blocks ?? []).length === 0 ? { edited: { ts: nextTs() } } : {}),
  };
}

function tsFrom(clock: () => number): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Math.trunc(clock()) * 1000);
    return `${Math.trunc(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
  };
}
