import { instant } from '../../shared/domain/instant.ts';
import type { SlackProfile } from '../../shared/ports/slack-desk.ts';
import { slackHandler } from '../../shared/slack/handler.ts';
import { STORY } from '../domain/story.ts';
import { SECRET, signatureHeaders, signedEvent } from './signed-event.ts';
import {
  ACCESS,
  APP,
  clickPayload,
  commandBody,
  MEMBER,
  sender,
  TEAM,
  USERS,
  type Workplace,
  workplace,
} from './workplace.ts';

const ASK = 'deploy-shop 1h OPS-12 deploy the new banner';

async function elevations({ broker }: Workplace): Promise<number> {
  const page = await broker.store.list({ by: 'state', state: 'pending' }, { limit: 100 });
  return page?.elevations.length ?? 0;
}

/** NB. Each of these would ask for a role if it were taken. */
describe('a request that does not come from Slack', () => {
  const body = commandBody(USERS.david, ASK, 1);

  test.each([
    ['unsigned', { headers: {} }],
    ['signed with another secret', { secret: 'another secret' }],
    [
      'signed for another body',
      { headers: signatureHeaders(SECRET, workplace().broker.clock(), `${body}&`) },
    ],
    ['301 seconds old', { at: instant(workplace().broker.clock() - 301_000) }],
    ['301 seconds ahead', { at: instant(workplace().broker.clock() + 301_000) }],
  ])('is answered 401 and nothing else: %s', async (_what, differently) => {
    const place = workplace();
    const answer = await place.send('commands', body, differently);
    expect([answer.statusCode, answer.body]).toEqual([401, '']);
    expect(await elevations(place)).toBe(0);
    expect(place.broker.logged).toHaveLength(1);
    expect(place.broker.logged[0]).toMatch(
      /^\{"level":"warn","event":"slack-signature-refused","fault":"[a-z-]+"\}$/,
    );
  });

  test.each([-300_000, 300_000])('is taken where it is signed %d ms from now', async (skew) => {
    const place = workplace();
    await place.send('commands', body, { at: instant(place.broker.clock() + skew) });
    expect(await elevations(place)).toBe(1);
  });

  test('is taken where API Gateway has put the body into base64', async () => {
    const place = workplace();
    const answer = await place.send('commands', body, { isBase64Encoded: true });
    expect(answer.statusCode).toBe(200);
    expect(await elevations(place)).toBe(1);
  });

  test('is found nowhere where the access file has no Slack', async () => {
    const place = workplace(STORY);
    for (const route of ['commands', 'interactions', 'options'])
      expect((await place.send(route, body)).statusCode).toBe(404);
    expect(place.broker.logged).toEqual([]);
  });
});

test('a request that comes again is refused, and done once', async () => {
  const place = workplace();
  const event = signedEvent('commands', commandBody(USERS.david, ASK, 1), place.broker.clock());
  const handler = slackHandler(place.edge);
  const answers = await Promise.all([handler(event), handler(event), handler(event)]);
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409, 409]);
  expect(await elevations(place)).toBe(1);
});

test('Slack’s probe of the certificate is answered', async () => {
  const place = workplace();
  expect((await place.send('commands', 'ssl_check=1&token=x')).statusCode).toBe(200);
});

const json = (payload: unknown) => new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

test.each([
  ['commands', 'nothing', ''],
  ['commands', 'a command without a user', commandBody('', 'mine', 1)],
  ['commands', 'a command of a user that is no id', commandBody('<!channel>', 'mine', 1)],
  ['commands', 'a field that comes twice', `${commandBody(USERS.david, ASK, 1)}&user_id=${USERS.ruth}`],
  ['commands', 'bytes that are no text', '%ff=1'],
  ['interactions', 'no payload', 'payload='],
  ['interactions', 'a payload that is no JSON', 'payload=%7B'],
  ['interactions', 'a payload that is a list', json([])],
  ['interactions', 'a payload that is null', json(null)],
  [
    'interactions',
    'an interaction without a team',
    json({ ...clickPayload(USERS.david, 'approve', ''), team: null }),
  ],
  [
    'interactions',
    'two actions at once',
    json({ ...clickPayload(USERS.david, 'approve', ''), actions: [{ action_id: 'a' }, { action_id: 'b' }] }),
  ],
  [
    'interactions',
    'a view without a state',
    json({ ...sender(USERS.david), type: 'view_submission', view: { id: 'V0ASK' } }),
  ],
])('what is signed but not what Slack sends is answered 400: %s with %s', async (route, _what, body) => {
  const place = workplace();
  const answer = await place.send(route, body);
  expect([answer.statusCode, answer.body]).toEqual([400, '']);
  expect(await elevations(place)).toBe(0);
});

test('a body of more than 64 KB is refused', async () => {
  const place = workplace();
  const body = commandBody(USERS.david, `${ASK} ${'x'.repeat(64 * 1024)}`, 1);
  expect((await place.send('commands', body)).statusCode).toBe(413);
  expect(place.broker.logged).toEqual([]);
});

test.each([
  ['another workspace', { team_id: 'T0OTHER' }],
  ['another app', { api_app_id: 'A0OTHER' }],
])('a command from %s is refused', async (_what, more) => {
  const place = workplace();
  const answer = await place.send('commands', commandBody(USERS.david, ASK, 1, more));
  expect([answer.statusCode, answer.body]).toEqual([403, '']);
  expect(await elevations(place)).toBe(0);
});

test.each([
  ['another workspace', { team: { id: 'T0OTHER' } }, 403],
  ['another app', { api_app_id: 'A0OTHER' }, 403],
  ['a user of another workspace', { user: { id: USERS.david, team_id: 'T0OTHER' } }, 403],
  [
    'a user of another organization',
    { team: { id: TEAM, enterprise_id: 'E0OURS' }, user: { id: USERS.david, team_id: 'E0OTHER' } },
    403,
  ],
  [
    'a user of the same organization',
    { team: { id: TEAM, enterprise_id: 'E0OURS' }, user: { id: USERS.david, team_id: 'E0OURS' } },
    200,
  ],
])('a click from %s is answered as it should be', async (_what, more, status) => {
  const place = workplace();
  const answer = await place.interact({ ...clickPayload(USERS.david, 'approve', ''), ...more });
  expect(answer.statusCode).toBe(status);
});

test.each<[string, Partial<SlackProfile> | undefined, RegExp]>([
  ['a guest', { isGuest: true }, /guests/],
  ['an app', { isBot: true }, /apps are none/],
  ['a user who is deleted', { isDeleted: true }, /own workspace/],
  ['somebody from another organization', { isStranger: true }, /own workspace/],
  ['a user of another workspace', { team: 'T0OTHER' }, /own workspace/],
  ['a user whom Slack does not know', undefined, /own workspace/],
])('%s is refused, though the access file names them', async (_what, profile, sentence) => {
  const place = workplace();
  place.profiles.set(USERS.david, profile && { ...MEMBER, ...profile });
  expect(await place.command(USERS.david, ASK)).toMatch(sentence);
  expect(await place.command(USERS.david, 'link')).toMatch(sentence);
  expect(await place.click(USERS.david, 'details', '')).toMatch(sentence);
  expect(await elevations(place)).toBe(0);
});

test('nobody is served while Slack does not say who they are', async () => {
  const place = workplace();
  place.failing.add('profile');
  expect(await place.command(USERS.david, ASK)).toMatch(/does not say at the moment who you are/);
  expect(await elevations(place)).toBe(0);
});

test('somebody whom nobody has linked is told how, and shown nothing', async () => {
  const place = workplace();
  for (const text of ['', 'mine', 'pending', 'help', ASK])
    expect(await place.command('U0NOBODY', text)).toMatch(/Type \/drawbridge link/);
  expect(await place.click('U0NOBODY', 'approve', '')).toMatch(/Type \/drawbridge link/);
  const options = await place.interact({
    ...sender('U0NOBODY'),
    type: 'block_suggestion',
    action_id: 'role',
    value: '',
  });
  expect(JSON.parse(options.body)).toEqual({ options: [] });
  expect(place.opened).toEqual([]);
});

test('somebody who has left the access file is nobody in Slack', async () => {
  const people = new Map([...ACCESS.people].filter(([name]) => name !== 'ruth'));
  const place = workplace({ ...ACCESS, people });
  expect(await place.command(USERS.ruth, 'pending')).toMatch(/Type \/drawbridge link/);
});

test('what means nothing here is acknowledged', async () => {
  const place = workplace();
  const { statusCode, body } = await place.interact({ ...sender(USERS.david), type: 'view_closed' });
  expect([statusCode, body]).toEqual([200, '']);
  expect(await place.click(USERS.david, 'something-else', 'x')).toBe('');
});

test('members called like parts of every object change nothing', async () => {
  const place = workplace();
  const payload = `{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"team":"x"}},${JSON.stringify({
    ...sender(USERS.ruth),
    type: 'view_submission',
    view: { id: 'V0FORM', hash: '1', callback_id: 'ask', private_metadata: '', state: {} },
  })
    .slice(1)
    .replace(
      '"state":{}',
      '"state":{"values":{"__proto__":{"role":{"value":"deploy-shop"}},"a":{"__proto__":{"value":"1h"}}}}',
    )}`;
  const answer = await place.send('interactions', new URLSearchParams({ payload }).toString());
  expect(answer.statusCode).toBe(200);
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  expect(await elevations(place)).toBe(0);
});

test('a failure of ours is said to be one, and logged without what was sent', async () => {
  const place = workplace();
  const broken = { ...place.edge.broker.store, create: () => Promise.reject(new Error(`failed on ${ASK}`)) };
  const handler = slackHandler({ ...place.edge, broker: { ...place.edge.broker, store: broken } });
  const answer = await handler(
    signedEvent('commands', commandBody(USERS.david, ASK, 1), place.broker.clock()),
  );
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toMatch(/Something failed on our side/);
  expect(place.broker.logged.join()).toContain('slack-request-failed');
  expect(place.broker.logged.join()).not.toContain('banner');
});

test('a request that cannot be remembered is not taken', async () => {
  const place = workplace();
  const edge = { ...place.edge, seen: { isFirst: () => Promise.reject(new Error('no table')) } };
  const event = signedEvent('commands', commandBody(USERS.david, ASK, 1), place.broker.clock());
  expect(await slackHandler(edge)(event)).toMatchObject({ statusCode: 500, body: '' });
  expect(await elevations(place)).toBe(0);
});

test('the app of the tests is the one of the access file', () => {
  expect(ACCESS.slack).toMatchObject({ team: TEAM, app: APP });
});
