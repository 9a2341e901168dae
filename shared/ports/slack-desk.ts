import type { Json } from '../domain/canonical-json.ts';
import type { MessageContent } from './messenger.ts';

/** What Slack says of a user. */
export type SlackProfile = {
  readonly team: string;
  readonly isBot: boolean;
  readonly isDeleted: boolean;
  /** A guest, of one channel or of many. */
  readonly isGuest: boolean;
  /** From another organization, through a shared channel. */
  readonly isStranger: boolean;
};

/** What the answering function asks of Slack while somebody waits. Each throws a `SlackUnavailable` where Slack fails. */
export type SlackDesk = {
  /** Opens a form for whoever clicked; a trigger works once, for 3 s. */
  openView(trigger: string, view: Json): Promise<void>;
  /** Puts another view in the place of an open one, unless it has changed since (`hash`). */
  updateView(view: { readonly id: string; readonly hash: string }, next: Json): Promise<void>;
  /** What Slack says of a user; undefined where it knows none. May be minutes old. */
  profile(user: string): Promise<SlackProfile | undefined>;
  /** Answers whoever clicked, for them alone. Throws where the address is not one of Slack's. */
  reply(responseUrl: string, content: MessageContent): Promise<void>;
};

/** Slack did not answer, or refused. `reason` is Slack's error code, or what failed; never a token. */
export class SlackUnavailable extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`Slack does not do it: ${reason}.`);
    this.name = 'SlackUnavailable';
    this.reason = reason;
  }
}
