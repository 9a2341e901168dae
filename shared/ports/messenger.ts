import type { Json } from '../domain/canonical-json.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import type { Instant } from '../domain/instant.ts';
import type { ReportId } from '../domain/report/order.ts';

/** What a message says: the text for notifications and screen readers, and the blocks. */
export type MessageContent = { readonly text: string; readonly blocks: readonly Json[] };

/** By which a message is found again: its metadata names what it is about, and the message's key. */
export type Mark =
  | { readonly elevation: ElevationId; readonly key: string }
  | { readonly report: ReportId; readonly key: string };

/** A result, or that the messenger could not: for now (with the seconds it asks to wait), or as things stand. */
export type Told<T> =
  | { readonly value: T }
  | { readonly failed: string; readonly retryAfterSeconds?: number };

/** Posts and updates messages in Slack. Posting is not idempotent: whoever posts writes down the intent first. */
export type Messenger = {
  /** The channel in which a user is written to directly. */
  directChannel(user: string): Promise<Told<string>>;
  /** Posts a message, in a thread where one is named; the result is its `ts`. */
  post(message: {
    readonly channel: string;
    readonly thread?: string;
    readonly mark: Mark;
    readonly content: MessageContent;
  }): Promise<Told<string>>;
  /** Changes what a message says. `gone` where somebody has deleted it. */
  update(message: {
    readonly channel: string;
    readonly ts: string;
    readonly mark: Mark;
    readonly content: MessageContent;
  }): Promise<Told<'updated' | 'gone'>>;
  /** The `ts` of the app's own message with this mark, posted at or after then; undefined where there is none. */
  find(message: {
    readonly channel: string;
    readonly thread?: string;
    readonly mark: Mark;
    readonly since: Instant;
  }): Promise<Told<string | undefined>>;
};
