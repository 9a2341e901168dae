import type { Hash } from '../domain/hash.ts';
import type { Instant } from '../domain/instant.ts';
import type { Handle } from '../domain/names.ts';
import type { SlackLink, SlackUser } from '../domain/slack.ts';

/** A link with the seal over it; whether the seal is true, only the key can say. */
export type SealedLink = SlackLink & { readonly seal: string };

/** Keeps who a Slack user is: one record each, and one conditional write a change. */
export type SlackLinks = {
  /** Read consistently; undefined where there never was a link, or where what is stored is none. */
  read(user: SlackUser): Promise<SealedLink | undefined>;
  /** Stores the link, unless there are more or fewer than that many events by now; whether it did. */
  write(seenEvents: number, next: SealedLink): Promise<boolean>;
  /** The links of a person, undone ones left out; eventually consistent: for telling, never for deciding. */
  ofPerson(person: Handle): Promise<readonly SealedLink[]>;
  /** Keeps the hash of a code that stands for a Slack user until then. */
  keepCode(code: Hash, user: SlackUser, until: Instant): Promise<void>;
  /** Whose code it is; undefined where there is none, it is too old, or another person has used it. */
  useCode(code: Hash, person: Handle, now: Instant): Promise<SlackUser | undefined>;
};
