import { canonicalJson } from '../domain/canonical-json.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import type { Sha256 } from '../domain/hash.ts';
import { type Instant, instant } from '../domain/instant.ts';
import type { Progress } from '../ports/announcements.ts';
import type { Messenger, Told } from '../ports/messenger.ts';
import type { DesiredMessage } from './desired-message.ts';

/** Where messages are posted, and where it is written down what was. */
export type Syncing = {
  readonly messenger: Messenger;
  readonly sha256: Sha256;
  readonly elevation: ElevationId;
  readonly now: Instant;
  /** What was told so far. */
  progress(): Progress;
  /** Writes down what is told now; throws where somebody else has taken over. */
  save(progress: Progress): Promise<void>;
};

/** Why a message is not as it should be yet. */
export type Delay = { readonly reason: string; readonly retryAfterSeconds?: number };

/**
 * Makes the desired messages real, in their order. Where one fails, those after it in the same place wait for it; other
 * places go on.
 *
 * Posting is not idempotent, so the intent is written down first. An intent without a result is looked for by its mark
 * before it is posted again; only a request that Slack takes after that look posts a second time.
 */
export async function syncMessages(
  syncing: Syncing,
  desired: readonly DesiredMessage[],
): Promise<readonly Delay[]> {
  const delays = new Map<string, Delay>();
  for (const message of desired) {
    const place = placeOf(message);
    if (delays.has(place)) continue;
    const told = await synced(syncing, message);
    if ('failed' in told) {
      const { failed: reason, retryAfterSeconds } = told;
      delays.set(place, { reason, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) });
    }
  }
  return [...delays.values()];
}

function placeOf({ to }: DesiredMessage): string {
  return 'channel' in to ? `channel ${to.channel}` : `user ${to.user}`;
}

function synced(syncing: Syncing, message: DesiredMessage): Promise<Told<unknown>> {
  const posted = syncing.progress().messages[message.key];
  return posted?.ts === undefined ? firstPost(syncing, message) : updated(syncing, message);
}

async function firstPost(syncing: Syncing, message: DesiredMessage): Promise<Told<unknown>> {
  const before = syncing.progress().messages[message.key];
  const channel = before === undefined ? await channelOf(syncing, message) : { value: before.channel };
  if ('failed' in channel) return channel;
  const thread = threadOf(syncing, message);
  if ('failed' in thread) return thread;
  const place = { channel: channel.value, ...thread.value };
  const found = await intended(syncing, message, place, before?.intendedAt);
  if ('failed' in found) return found;
  if (found.value !== undefined) {
    await record(syncing, message, { ts: found.value });
    return updated(syncing, message);
  }
  const mark = { elevation: syncing.elevation, key: message.key };
  const posted = await syncing.messenger.post({ ...place, mark, content: message.content });
  if ('value' in posted) {
    await record(syncing, message, { ts: posted.value, shown: hashOf(syncing, message) });
  }
  return posted;
}

type Place = { readonly channel: string; readonly thread?: string };

/** Slack's clock and ours can differ by so much. */
const CLOCK_DIFFERENCE_MS = 60_000;

/** Writes the intent down or, where there is one already, looks for what came of it. */
async function intended(
  syncing: Syncing,
  { key }: DesiredMessage,
  place: Place,
  intendedAt: Instant | undefined,
): Promise<Told<string | undefined>> {
  if (intendedAt !== undefined) {
    const since = instant(Math.max(0, intendedAt - CLOCK_DIFFERENCE_MS));
    return syncing.messenger.find({ ...place, mark: { elevation: syncing.elevation, key }, since });
  }
  const progress = syncing.progress();
  const intent = { channel: place.channel, intendedAt: syncing.now };
  await syncing.save({ ...progress, messages: { ...progress.messages, [key]: intent } });
  return { value: undefined };
}

async function updated(syncing: Syncing, message: DesiredMessage): Promise<Told<unknown>> {
  const posted = syncing.progress().messages[message.key];
  const shown = hashOf(syncing, message);
  if (posted?.ts === undefined || posted.shown === shown) return { value: undefined };
  const { channel, ts } = posted;
  const mark = { elevation: syncing.elevation, key: message.key };
  const told = await syncing.messenger.update({ channel, ts, mark, content: message.content });
  if ('value' in told) await record(syncing, message, { ts, shown }); // also where somebody has deleted it
  return told;
}

async function record(
  syncing: Syncing,
  { key }: DesiredMessage,
  result: { readonly ts: string; readonly shown?: ReturnType<typeof hashOf> },
): Promise<void> {
  const progress = syncing.progress();
  const posted = progress.messages[key];
  if (posted === undefined) throw new Error(`The message ${key} was posted without an intent.`);
  const { channel, intendedAt } = posted;
  await syncing.save({
    ...progress,
    messages: { ...progress.messages, [key]: { channel, intendedAt, ...result } },
  });
}

async function channelOf({ messenger }: Syncing, { to }: DesiredMessage): Promise<Told<string>> {
  return 'channel' in to ? { value: to.channel } : messenger.directChannel(to.user);
}

function threadOf(syncing: Syncing, { under }: DesiredMessage): Told<{ readonly thread?: string }> {
  if (under === undefined) return { value: {} };
  const thread = syncing.progress().messages[under]?.ts;
  return thread === undefined ? { failed: `${under} is not posted yet` } : { value: { thread } };
}

function hashOf({ sha256 }: Syncing, { content }: DesiredMessage) {
  return sha256(canonicalJson({ text: content.text, blocks: content.blocks }));
}
