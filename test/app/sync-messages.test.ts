import fc from 'fast-check';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import type { DesiredMessage } from '../../shared/app/desired-message.ts';
import { syncMessages } from '../../shared/app/sync-messages.ts';
import { elevationIdOf } from '../../shared/domain/elevation-id.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { Progress } from '../../shared/ports/announcements.ts';
import type { Messenger } from '../../shared/ports/messenger.ts';
import { NOW } from '../domain/story.ts';
import { type Crashing, type CrashPlan, crashing, untilDone } from './crash.ts';
import { type MemorySlack, memorySlack } from './memory-slack.ts';

const ELEVATION = elevationIdOf(new Uint8Array(16));

function message(key: string, text: string, more: Partial<DesiredMessage> = {}): DesiredMessage {
  return { key, to: { channel: 'C0CARDS' }, content: { text, blocks: [] }, ...more };
}

const CARD = message('card', 'David asks');
const NOTE = message('thread:2', 'Ruth approved', { under: 'card' });
const DIRECT = message('direct:1', 'You asked', { to: { user: 'U0DAVID' } });

type Desk = {
  readonly slack: MemorySlack;
  /** What is written down; it survives a crash. */
  readonly kept: { progress: Progress };
  readonly wait: (milliseconds: number) => void;
  sync(desired: readonly DesiredMessage[], plan?: Crashing): ReturnType<typeof syncMessages>;
};

function desk(): Desk {
  let now: Instant = NOW;
  const kept: Desk['kept'] = { progress: { logged: 0, sent: 0, messages: {} } };
  const slack = memorySlack(() => now);
  const save = {
    async save(progress: Progress) {
      kept.progress = progress;
    },
  };
  return {
    slack,
    kept,
    wait: (milliseconds) => {
      now = instant(now + milliseconds);
    },
    sync: (desired, plan) =>
      syncMessages(
        {
          ...{ sha256, elevation: ELEVATION, now, progress: () => kept.progress },
          messenger: crashing<Messenger>(slack.messenger, plan),
          save: (progress) => crashing(save, plan).save(progress),
        },
        desired,
      ),
  };
}

const keys = ({ slack }: Desk) => slack.messages.map(({ mark }) => mark.key);

test('each message is posted once, in its order, with its mark, and notes stand in the thread of the card', async () => {
  const at = desk();
  expect(await at.sync([CARD, NOTE, DIRECT])).toEqual([]);
  expect(await at.sync([CARD, NOTE, DIRECT])).toEqual([]);
  expect(keys(at)).toEqual(['card', 'thread:2', 'direct:1']);
  const [card, note, direct] = at.slack.messages;
  expect(note?.thread).toBe(card?.ts);
  expect(direct?.channel).toBe('D-U0DAVID');
  expect(card?.mark).toEqual({ elevation: ELEVATION, key: 'card' });
});

test('a message is updated where its content has changed, and only then', async () => {
  const at = desk();
  await at.sync([CARD]);
  await at.sync([message('card', 'David has it')]);
  await at.sync([message('card', 'David has it')]);
  expect(at.slack.messages).toMatchObject([{ content: { text: 'David has it' }, edits: 1 }]);
});

test('the intent is written down before anything is posted', async () => {
  const at = desk();
  at.slack.trouble({ kind: 'refused', failed: 'channel_not_found' });
  await at.sync([CARD]);
  expect(at.kept.progress.messages['card']).toEqual({ channel: 'C0CARDS', intendedAt: NOW });
});

test('a post whose answer was lost is found by its mark and not posted again', async () => {
  const at = desk();
  at.slack.trouble({ kind: 'answer-lost' });
  expect(await at.sync([CARD])).toEqual([{ reason: 'request_error' }]);
  at.wait(60_000);
  expect(await at.sync([message('card', 'David has it')])).toEqual([]);
  expect(at.slack.messages).toMatchObject([{ content: { text: 'David has it' } }]);
});

test('only a post that arrives after it was looked for stands there twice', async () => {
  for (const [arrival, count] of [
    ['before', 1],
    ['after', 2],
  ] as const) {
    const at = desk();
    at.slack.trouble({ kind: 'late' });
    await at.sync([CARD]);
    if (arrival === 'before') at.slack.arrive();
    await at.sync([CARD]);
    at.slack.arrive();
    await at.sync([CARD]);
    expect(at.slack.messages).toHaveLength(count);
  }
});

test('a rate limit says how long to wait, holds back what follows in the same place, and nothing elsewhere', async () => {
  const at = desk();
  at.slack.trouble({ kind: 'refused', failed: 'ratelimited', retryAfterSeconds: 7 }, 'C0CARDS');
  expect(await at.sync([CARD, NOTE, DIRECT])).toEqual([{ reason: 'ratelimited', retryAfterSeconds: 7 }]);
  expect(keys(at)).toEqual(['direct:1']);
  await at.sync([CARD, NOTE, DIRECT]);
  expect(keys(at)).toEqual(['direct:1', 'card', 'thread:2']);
});

test('a message that somebody has deleted stays deleted', async () => {
  const at = desk();
  await at.sync([CARD]);
  at.slack.remove('card');
  await at.sync([message('card', 'David has it')]);
  expect(await at.sync([message('card', 'David has it')])).toEqual([]);
  expect(at.slack.messages).toEqual([]);
  expect(at.slack.calls.filter((call) => call === 'update card')).toHaveLength(1);
});

test('crash_anywhere_and_run_again: every message is there once and says what it should', async () => {
  const plan = fc.record<CrashPlan>({
    calls: fc.integer({ min: 1, max: 12 }),
    when: fc.constantFrom('before', 'after'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { maxLength: 8 }), async (plans) => {
      const at = desk();
      await untilDone(plans, (next) => at.sync([CARD, NOTE, DIRECT], next));
      const done = message('card', 'David has it');
      await untilDone(plans, (next) => at.sync([done, NOTE, DIRECT], next));
      expect(new Set(keys(at))).toEqual(new Set(['card', 'direct:1', 'thread:2']));
      expect(at.slack.messages).toHaveLength(3);
      expect(at.slack.messages.find(({ mark }) => mark.key === 'card')?.content.text).toBe('David has it');
    }),
    { numRuns: 300 },
  );
});
