import { slackDesk } from '../../../shared/adapters/slack/desk.ts';
import { type Instant, instant } from '../../../shared/domain/instant.ts';
import { SlackUnavailable } from '../../../shared/ports/slack-desk.ts';
import { argumentsOf, ok, refused, type SlackEndpoint, startSlack } from './slack-endpoint.ts';

const VIEW = { type: 'modal', title: { type: 'plain_text', text: 'Ask for a role' }, blocks: [] };
const MINUTE = 60_000;

let slack: SlackEndpoint;
let now: Instant;
beforeEach(async () => {
  now = instant(0);
  slack = await startSlack();
});
afterEach(() => slack.stop());

const desk = () =>
  slackDesk(
    async () => 'xoxb-1',
    () => now,
  );

/** A member of the workspace, as https://docs.slack.dev/reference/objects/user-object has them. */
function user(changes: object = {}) {
  return {
    id: 'U0DAVID',
    team_id: 'T024BE7LD',
    name: 'david',
    deleted: false,
    is_bot: false,
    is_restricted: false,
    is_ultra_restricted: false,
    ...changes,
  };
}

const MEMBER = { team: 'T024BE7LD', isBot: false, isDeleted: false, isGuest: false, isStranger: false };

test('a form is opened with the trigger', async () => {
  slack.answer(() => ok({ view: { id: 'V1' } }));
  await desk().openView('1.2.trigger', VIEW);
  expect(slack.methods()).toEqual([['views.open', { trigger_id: '1.2.trigger', view: VIEW }]]);
});

test('a view is replaced if nobody has changed it since', async () => {
  slack.answer(() => ok({ view: { id: 'V1' } }));
  await desk().updateView({ id: 'V1', hash: '156772938.1827394' }, VIEW);
  expect(slack.methods()).toEqual([
    ['views.update', { view_id: 'V1', hash: '156772938.1827394', view: VIEW }],
  ]);
});

test.each(['expired_trigger_id', 'exchanged_trigger_id', 'hash_conflict'])(
  'a refusal (%s) is thrown with its code',
  async (code) => {
    slack.answer(() => refused(code));
    await expect(desk().openView('1.2.trigger', VIEW)).rejects.toEqual(new SlackUnavailable(code));
    await expect(desk().updateView({ id: 'V1', hash: '1.2' }, VIEW)).rejects.toMatchObject({ reason: code });
  },
);

test.each([
  ['a member', {}, {}],
  ['somebody of another team', { team_id: 'T0OTHER' }, { team: 'T0OTHER' }],
  ['a bot', { is_bot: true }, { isBot: true }],
  ['somebody deleted', { deleted: true }, { isDeleted: true }],
  ['a guest of many channels', { is_restricted: true }, { isGuest: true }],
  ['a guest of one channel', { is_restricted: true, is_ultra_restricted: true }, { isGuest: true }],
  ['somebody of another organization', { is_stranger: true }, { isStranger: true }],
  ['somebody who may be a guest', { is_restricted: undefined }, { isGuest: true }],
  ['somebody who may be a guest of one channel', { is_ultra_restricted: undefined }, { isGuest: true }],
])('Slack says that it is %s', async (_what, changes, expected) => {
  slack.answer(() => ok({ user: user(changes) }));
  expect(await desk().profile('U0DAVID')).toEqual({ ...MEMBER, ...expected });
  expect(slack.methods()).toEqual([['users.info', { user: 'U0DAVID' }]]);
});

test.each(['user_not_found', 'user_not_visible'])('an unknown user (%s) has no profile', async (code) => {
  slack.answer(() => refused(code));
  expect(await desk().profile('U0DAVID')).toBeUndefined();
});

test.each([
  ['somebody else', user({ id: 'U0RUTH' })],
  ['nobody', undefined],
  ['whether they are a bot', user({ is_bot: 'no' })],
  ['no team', user({ team_id: undefined })],
])('an answer that does not say who it is, but %s, is no profile', async (_what, other) => {
  slack.answer(() => ok({ user: other }));
  await expect(desk().profile('U0DAVID')).rejects.toMatchObject({ reason: 'malformed-answer' });
});

test.each([
  [5 * MINUTE - 1, 1],
  [5 * MINUTE, 2],
])('%d ms later, Slack was asked %d times for a profile', async (later, times) => {
  slack.answer(() => ok({ user: user() }));
  const { profile } = desk();
  await profile('U0DAVID');
  now = instant(later);
  expect(await profile('U0DAVID')).toEqual(MEMBER);
  expect(slack.calls).toHaveLength(times);
});

test('what Slack does not know, or does not say, is asked again', async () => {
  const { profile } = desk();
  slack.answer(() => refused('user_not_found'));
  expect(await profile('U0DAVID')).toBeUndefined();
  slack.answer(() => refused('internal_error'));
  await expect(profile('U0DAVID')).rejects.toThrow(SlackUnavailable);
  slack.answer(() => ok({ user: user() }));
  expect(await profile('U0DAVID')).toEqual(MEMBER);
});

test('a thousand profiles are kept, the newest ones', async () => {
  slack.answer((call) => ok({ user: user({ id: argumentsOf(call)['user'] }) }));
  const { profile } = desk();
  for (let n = 0; n <= 1000; n++) await profile(`U0${n}`);
  await profile('U01');
  expect(slack.calls).toHaveLength(1001);
  await profile('U00');
  expect(slack.calls).toHaveLength(1002);
});
