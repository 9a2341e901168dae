import { newLinkCode } from '../../shared/app/link-slack.ts';
import type { SlackUser } from '../../shared/domain/slack.ts';
import { ACCESS, byToken, type Hub, startHub } from './hub.ts';

const [RUTH, ROB, ADA] = [byToken('ruth'), byToken('rob'), byToken('ada')];
const RUTHS: SlackUser = { team: 'T0STORY', user: 'U0RUTH' };

let hub: Hub;
beforeEach(() => {
  hub = startHub({ access: { ...ACCESS, slack: { team: 'T0STORY', app: 'A0STORY', channel: 'C0CARDS' } } });
});

async function confirm(who: typeof RUTH) {
  const { code } = await newLinkCode(hub.broker, RUTHS);
  return hub.call(who, 'POST', '/slack-links', { json: { code } });
}

test('a code that is confirmed makes a link, which its person can list and undo', async () => {
  expect(await confirm(RUTH)).toMatchObject({
    status: 201,
    body: { ...RUTHS, person: 'ruth', from: 'code' },
  });
  expect((await hub.call(RUTH, 'GET', '/slack-links')).body).toEqual({
    links: [{ ...RUTHS, person: 'ruth', from: 'code' }],
  });
  expect((await hub.call(ROB, 'GET', '/slack-links')).body).toEqual({ links: [] });
  expect(await hub.call(RUTH, 'DELETE', '/slack-links/T0STORY/U0RUTH')).toMatchObject({ status: 200 });
  expect((await hub.call(RUTH, 'GET', '/slack-links')).body).toEqual({ links: [] });
});

test('an admin undoes the link of anybody, and others are told that there is none', async () => {
  await confirm(RUTH);
  expect(await hub.call(ROB, 'DELETE', '/slack-links/T0STORY/U0RUTH')).toMatchObject({
    status: 404,
    body: { code: 'not-found' },
  });
  expect(await hub.call(ADA, 'DELETE', '/slack-links/T0STORY/U0RUTH')).toMatchObject({ status: 200 });
});

test('a Slack user who is somebody stays who they are', async () => {
  await confirm(RUTH);
  expect(await confirm(ROB)).toMatchObject({ status: 409, body: { code: 'linked-otherwise' } });
});

test.each([
  ['no code', {}, 422, 'invalid'],
  ['a code of another form', { code: 'abc' }, 422, 'invalid'],
  ['more than a code', { code: '0000000000000000', person: 'ruth' }, 422, 'invalid'],
  ['a code that was never made', { code: '0000000000000000' }, 404, 'unknown-link-code'],
])('%s links nobody', async (_, json, status, code) => {
  expect(await hub.call(RUTH, 'POST', '/slack-links', { json })).toMatchObject({ status, body: { code } });
});

test.each(['T0STORY/ruth', 'C0CARDS/U0RUTH', 'T0STORY/U0'])('%s is no Slack user', async (path) => {
  expect(await hub.call(RUTH, 'DELETE', `/slack-links/${path}`)).toMatchObject({
    status: 404,
    body: { code: 'not-found' },
  });
});
