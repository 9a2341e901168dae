import { slackMessenger } from '../../../shared/adapters/slack/messenger.ts';
import { at } from '../../domain/values.ts';
import { freshId } from '../contract/elevations.ts';
import type { Call } from '../secrets/scripted-endpoint.ts';
import { argumentsOf, methodOf, ok, refused, type SlackEndpoint, startSlack } from './slack-endpoint.ts';

const MARK = { elevation: freshId(), key: 'card' };
const OURS = 'B0BRIDGE';
const TS = '1764061200.000100';
const WHERE = { channel: 'C0APPROVALS', mark: MARK, since: at('2025-11-25T09:00:00.250Z') };

let slack: SlackEndpoint;
beforeEach(async () => {
  slack = await startSlack();
});
afterEach(() => slack.stop());

const find = (thread?: string) =>
  slackMessenger(async () => 'xoxb-1').find({ ...WHERE, ...(thread === undefined ? {} : { thread }) });

/** A message as conversations.history lists it with include_all_metadata. */
function message(changes: object = {}) {
  return {
    type: 'message',
    ts: TS,
    bot_id: OURS,
    text: 'David asks',
    metadata: { event_type: 'drawbridge_message', event_payload: { ...MARK } },
    ...changes,
  };
}

const marked = (event_payload: unknown, event_type = 'drawbridge_message') =>
  message({ metadata: { event_type, event_payload } });

/** Slack with these pages of messages. */
function holding(...pages: readonly (readonly object[])[]) {
  slack.answer((call: Call) => {
    if (methodOf(call) === 'auth.test')
      return ok({ team_id: 'T024BE7LD', user_id: 'U0BRIDGE', bot_id: OURS });
    const cursor = Number(argumentsOf(call)['cursor'] ?? 0);
    const next = cursor + 1 < pages.length ? String(cursor + 1) : '';
    return ok({ messages: pages[cursor], has_more: next !== '', response_metadata: { next_cursor: next } });
  });
}

const asked = () => slack.methods().filter(([method]) => method.startsWith('conversations.'));

test('a message of a channel is found by its mark, among those since the intent', async () => {
  holding([message({ ts: '1764061300.000100', metadata: undefined, bot_id: undefined }), message()]);
  expect(await find()).toEqual({ value: TS });
  expect(asked()).toEqual([
    [
      'conversations.history',
      {
        channel: 'C0APPROVALS',
        oldest: '1764061200.250000',
        inclusive: 'true',
        include_all_metadata: 'true',
        limit: '200',
      },
    ],
  ]);
});

test('a message of a thread is looked for in the thread', async () => {
  holding([message({ metadata: undefined }), message({ ts: '1764061300.000100' })]);
  expect(await find(TS)).toEqual({ value: '1764061300.000100' });
  expect(asked()[0]?.[0]).toBe('conversations.replies');
  expect(asked()[0]?.[1]).toMatchObject({ channel: 'C0APPROVALS', ts: TS });
});

test('a message on a later page is found', async () => {
  holding([message({ metadata: undefined })], [], [message()]);
  expect(await find()).toEqual({ value: TS });
  expect(asked().map(([, { cursor }]) => cursor)).toEqual([undefined, '1', '2']);
});

test.each([
  ['by somebody else', message({ bot_id: undefined, user: 'U0DAVID' })],
  ["by another app, with this app's mark", message({ bot_id: 'B0EVIL' })],
  ['of another elevation', marked({ ...MARK, elevation: freshId() })],
  ['with another key', marked({ ...MARK, key: 'card:2' })],
  ['with metadata of another kind', marked(MARK, 'another_message')],
  ['with nothing in its metadata', marked(null)],
  ['without metadata', message({ metadata: undefined })],
])('a message %s is not the one', async (_what, other) => {
  holding([other]);
  expect(await find()).toEqual({ value: undefined });
});

test('pages that never end are left after twenty', async () => {
  holding(...Array.from({ length: 40 }, () => [message({ metadata: undefined })]));
  expect(await find()).toEqual({ value: undefined });
  expect(asked()).toHaveLength(20);
});

// https://docs.slack.dev/reference/methods/conversations.replies, "Errors": a thread whose first message was deleted.
test('in a thread that is not there is no message', async () => {
  slack.answer((call) =>
    methodOf(call) === 'auth.test' ? ok({ bot_id: OURS }) : refused('thread_not_found'),
  );
  expect(await find(TS)).toEqual({ value: undefined });
});

test.each([
  ['who it is', 'auth.test'],
  ['what is in the channel', 'conversations.history'],
])('where Slack does not say %s, nothing is taken for missing', async (_what, failing) => {
  slack.answer((call) => (methodOf(call) === failing ? refused('internal_error') : ok({ bot_id: OURS })));
  expect(await find()).toEqual({ failed: 'internal_error' });
});

test('a page that fails in the middle is no answer', async () => {
  slack.answer((call) => {
    if (methodOf(call) === 'auth.test') return ok({ bot_id: OURS });
    if (argumentsOf(call)['cursor'] !== undefined) return refused('internal_error');
    return ok({ messages: [], response_metadata: { next_cursor: 'next' } });
  });
  expect(await find()).toEqual({ failed: 'internal_error' });
});

test('the bot asks once who it is', async () => {
  holding([message()]);
  const messenger = slackMessenger(async () => 'xoxb-1');
  await messenger.find(WHERE);
  await messenger.find(WHERE);
  expect(slack.methods().filter(([method]) => method === 'auth.test')).toHaveLength(1);
});
