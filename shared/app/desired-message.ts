import type { Elevation } from '../domain/elevation.ts';
import type { History } from '../domain/events.ts';
import type { Instant } from '../domain/instant.ts';
import type { Handle } from '../domain/names.ts';
import type { MessageContent } from '../ports/messenger.ts';

/** A message that ought to be there, and what it ought to say. */
export type DesiredMessage = {
  /** Its name among the messages of the elevation: `card`, `direct:2`, `thread:2`, `reminder:1`. */
  readonly key: string;
  /** A channel, or a user who is written to directly. */
  readonly to: { readonly channel: string } | { readonly user: string };
  /** The key of the message in whose thread it stands. */
  readonly under?: string;
  readonly content: MessageContent;
};

/** What messages are made from. */
export type Telling = {
  readonly elevation: Elevation;
  readonly history: History;
  readonly now: Instant;
  /** Slack's ids of the users that each person has; nothing for people without any. */
  readonly users: ReadonlyMap<Handle, readonly string[]>;
};

/**
 * Every message of an elevation, in the order in which they are posted. A message that is posted is kept to what is
 * desired of it; one that is no longer desired stays as it is.
 */
export type MessagesOf = (telling: Telling) => readonly DesiredMessage[];
