import { slackMessenger } from '../../../shared/adapters/slack/messenger.ts';
import { freshId } from '../contract/elevations.ts';
import { ok, refused, type SlackEndpoint, startSlack } from './slack-endpoint.ts';

const TOKEN = 'xoxb-123-456-secret';
const CHANNEL = 'C0APPROVALS';
const TS = '1764061200.000100';
const MARK = { elevation: freshId(), key: 'card' };
const CONTENT = {
  text: 'David asks for update-app',
  blocks: [{ type: 'section', text: { type: 'plain_text', text: 'David & <Ruth> „Größe“ 🏷️' } }],
};
const METADATA = {
  event_type: 'drawbridge_message',
  event_payload: { elevation: MARK.elevation, key: 'card' },
};

let slack: SlackEndpoint;
beforeEach(async () => {
  slack = await startSlack();
});
afterEach(() => slack.stop());

const messenger = () => slackMessenger(async () => TOKEN);
const post = (thread?: string) =>
  messenger().post({
    channel: CHANNEL,
    ...(thread === undefined ? {} : { thread }),
    mark: MARK,
    content: CONTENT,
  });
const update = () => messenger().update({ channel: CHANNEL, ts: TS, mark: MARK, content: CONTENT });

test('a message is posted with text, blocks and its mark, and without previews of links', async () => {
  slack.answer(() => ok({ channel: CHANNEL, ts: TS }));
  expect(await post()).toEqual({ value: TS });
  expect(slack.methods()).toEqual([
    [
      'chat.postMessage',
      { channel: CHANNEL, ...CONTENT, metadata: METADATA, unfurl_links: 'false', unfurl_media: 'false' },
    ],
  ]);
});

test('a message in a thread names the thread', async () => {
  slack.answer(() => ok({ channel: CHANNEL, ts: '1764061300.000200' }));
  expect(await post(TS)).toEqual({ value: '1764061300.000200' });
  expect(slack.methods()[0]?.[1]).toMatchObject({ channel: CHANNEL, thread_ts: TS });
});

test('calls come as the bot, with the token of now', async () => {
  const tokens = ['xoxb-old', 'xoxb-new'];
  const changing = slackMessenger(async () => tokens.shift() ?? '');
  slack.answer(() => ok({ channel: { id: 'D0DAVID' } }));
  await changing.directChannel('U0DAVID');
  await changing.directChannel('U0DAVID');
  expect(slack.calls.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer xoxb-old',
    'Bearer xoxb-new',
  ]);
});

test('the channel of a user is opened', async () => {
  slack.answer(() => ok({ channel: { id: 'D0DAVID' } }));
  expect(await messenger().directChannel('U0DAVID')).toEqual({ value: 'D0DAVID' });
  expect(slack.methods()).toEqual([['conversations.open', { users: 'U0DAVID' }]]);
});

test('an update replaces text, blocks and mark of one message', async () => {
  slack.answer(() => ok({ channel: CHANNEL, ts: TS }));
  expect(await update()).toEqual({ value: 'updated' });
  expect(slack.methods()).toEqual([
    ['chat.update', { channel: CHANNEL, ts: TS, ...CONTENT, metadata: METADATA }],
  ]);
});

// https://docs.slack.dev/reference/methods/chat.update, "Errors"
test.each(['message_not_found', 'is_inactive', 'edit_window_closed'])(
  'a message that cannot be changed any more (%s) is gone',
  async (code) => {
    slack.answer(() => refused(code));
    expect(await update()).toEqual({ value: 'gone' });
  },
);

test.each(['channel_not_found', 'invalid_auth', 'cant_update_message'])(
  'an update that fails for another reason (%s) is to be made again',
  async (code) => {
    slack.answer(() => refused(code));
    expect(await update()).toEqual({ failed: code });
  },
);

test('a post that is refused is made once, and says why', async () => {
  slack.answer(() => refused('not_in_channel'));
  expect(await post()).toEqual({ failed: 'not_in_channel' });
  expect(slack.calls).toHaveLength(1);
});

test('a post whose answer is lost is not made again: Slack may have taken it', async () => {
  slack.answer(() => 'hangs up');
  expect(await post()).toEqual({ failed: 'unreachable' });
  expect(slack.calls).toHaveLength(1);
});

test('without a token nothing is sent, and the reason is said', async () => {
  const without = slackMessenger(async () => {
    throw new Error('The secret cannot be read.');
  });
  expect(await without.directChannel('U0DAVID')).toEqual({
    failed: 'no bot token: The secret cannot be read.',
  });
  expect(slack.fetched).toEqual([]);
});
