import { isDeepStrictEqual } from 'node:util';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { Mark, MessageContent, Messenger, Told } from '../../shared/ports/messenger.ts';

/** A message as it stands in the channel. */
export type Standing = {
  readonly channel: string;
  readonly thread?: string;
  readonly ts: string;
  readonly mark: Mark;
  content: MessageContent;
  edits: number;
};

type Trouble =
  /** The call is refused, and nothing happens. */
  | { readonly kind: 'refused'; readonly failed: string; readonly retryAfterSeconds?: number }
  /** The call does its work, and its answer is lost. */
  | { readonly kind: 'answer-lost' }
  /** The call is on its way until `arrive`, and its answer is lost. */
  | { readonly kind: 'late' };

/** A Slack that keeps messages in memory, and with which things can go wrong. */
export type MemorySlack = {
  readonly messenger: Messenger;
  readonly messages: Standing[];
  /** What goes wrong with the next post. */
  trouble(next: Trouble, where?: string): void;
  /** Lets posts arrive that were late. */
  arrive(): void;
  /** Somebody deletes a message. */
  remove(key: string): void;
  readonly calls: string[];
};

/** Slack in memory; its clock is the test's. */
export function memorySlack(clock: () => Instant): MemorySlack {
  const messages: Standing[] = [];
  const calls: string[] = [];
  const troubles: { readonly trouble: Trouble; readonly where: string | undefined }[] = [];
  const late: Standing[] = [];
  let made = 0;
  const nextTrouble = (channel: string): Trouble | undefined => {
    const at = troubles.findIndex(({ where }) => where === undefined || where === channel);
    return at < 0 ? undefined : troubles.splice(at, 1)[0]?.trouble;
  };
  const tsOf = () => `${Math.floor(clock() / 1000)}.${String(++made).padStart(6, '0')}`;
  const messenger: Messenger = {
    async directChannel(user) {
      return { value: `D-${user}` };
    },
    async post({ channel, thread, mark, content }): Promise<Told<string>> {
      calls.push(`post ${mark.key}`);
      const trouble = nextTrouble(channel);
      const message: Standing = {
        ...{ channel, ts: tsOf(), mark, content, edits: 0 },
        ...(thread === undefined ? {} : { thread }),
      };
      if (trouble?.kind === 'refused') return trouble;
      if (trouble?.kind === 'late') late.push(message);
      else messages.push(message);
      return trouble === undefined ? { value: message.ts } : { failed: 'request_error' };
    },
    async update({ channel, ts, mark, content }) {
      calls.push(`update ${mark.key}`);
      const message = messages.find((one) => one.channel === channel && one.ts === ts);
      if (message === undefined) return { value: 'gone' };
      message.content = content;
      message.edits += 1;
      return { value: 'updated' };
    },
    async find({ channel, thread, mark, since }) {
      calls.push(`find ${mark.key}`);
      const found = messages.find(
        (one) =>
          one.channel === channel &&
          one.thread === thread &&
          isDeepStrictEqual(one.mark, mark) &&
          instant(Math.floor(Number(one.ts) * 1000)) >= since - 1000,
      );
      return { value: found?.ts };
    },
  };
  return {
    ...{ messenger, messages, calls },
    trouble: (trouble, where) => troubles.push({ trouble, where }),
    arrive: () => messages.push(...late.splice(0)),
    remove(key) {
      const at = messages.findIndex(({ mark }) => mark.key === key);
      if (at >= 0) messages.splice(at, 1);
    },
  };
}
