import type { SandboxSlack } from '../../sandbox/slack/slack.ts';
import { startSlack } from '../../sandbox/slack/start-slack.ts';
import { slackDesk } from '../../shared/adapters/slack/desk.ts';
import { slackHandler } from '../../shared/slack/handler.ts';
import { serveApp } from './app-server.ts';
import { asked, now } from './requests.ts';
import { routeSlackTo } from './routed-fetch.ts';
import { SECRET } from './signed-event.ts';
import { APP, said, TEAM, USERS, type Workplace, workplace } from './workplace.ts';

// The sandbox's Slack sends what Slack sends, and takes only answers and views that keep to Slack's limits.

let place: Workplace;
let slack: SandboxSlack;
const cleanups: (() => Promise<void> | void)[] = [];

beforeEach(async () => {
  place = workplace();
  const { clock } = place.broker;
  const desk = slackDesk(async () => 'xoxb-test', clock);
  const app = await serveApp(slackHandler({ ...place.edge, desk }));
  slack = await startSlack({
    ...{ clock, team: TEAM, app: APP, botToken: 'xoxb-test', signingSecret: SECRET, appUrl: app.url },
    channels: [{ id: 'C0ACCESS', name: 'access' }],
    users: [
      ...Object.entries(USERS).map(([name, id]) => ({ id, name })),
      { id: 'U0GUEST', name: 'guest', isRestricted: true },
      { id: 'U0NOBODY', name: 'nobody' },
    ],
  });
  cleanups.push(
    routeSlackTo(() => slack.url),
    slack.stop,
    app.stop,
  );
});

afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

test('David fills in the form, and what it takes is shown before he sends it', async () => {
  const david = slack.as(USERS.david);
  const opened = await david.command('');
  expect(opened).toMatchObject({ trouble: undefined, replies: [] });
  expect((await david.options('role', 'deploy')).map(({ value }) => value)).toEqual(['deploy-shop']);
  const chosen = await david.fill('role', 'deploy-shop');
  expect(chosen.trouble).toBeUndefined();
  expect(JSON.stringify(chosen.form?.view.blocks)).toContain('1 approval by group:release-managers');
  await david.fill('duration deploy-shop', '1h');
  await david.fill('reason', 'Deploy the new banner');
  await david.fill('ticket', 'OPS12');
  const refused = await david.submit();
  expect(refused.form?.errors).toEqual({ ticket: expect.stringMatching(/Name a ticket/) });
  await david.fill('ticket', 'OPS-12');
  expect(await david.submit()).toEqual({ trouble: undefined, replies: [], form: undefined });
  const page = await place.broker.store.list({ by: 'state', state: 'pending' }, { limit: 10 });
  expect(page?.elevations).toHaveLength(1);
});

test('what was chosen for one role does not stay for another', async () => {
  const david = slack.as(USERS.david);
  await david.command('');
  await david.fill('role', 'deploy-shop');
  await david.fill('duration deploy-shop', '4h');
  await david.fill('reason', 'Deploy the new banner');
  const seen = await david.fill('role', 'read-logs');
  expect(seen.form?.state).toMatchObject({
    role: { role: { selected_option: { value: 'read-logs' } } },
    'duration read-logs': { duration: { selected_option: null } },
    reason: { reason: { value: 'Deploy the new banner' } },
  });
});

test('a form that ends at another door shows the call in its place', async () => {
  const david = slack.as(USERS.david);
  await david.command('');
  await david.fill('role', 'update-app');
  await david.fill('duration update-app', '1h');
  await david.fill('reason', 'Fix the banner of the shop');
  await david.fill('ticket', 'OPS-12');
  const seen = await david.submit();
  expect(seen.trouble).toBeUndefined();
  expect(said({ blocks: seen.form?.view.blocks ?? [] })).toMatch(
    /finish it at another door[\s\S]+\/v1\/elevations/i,
  );
});

test('Ruth decides from her list: denied with a comment, and a second click finds it denied', async () => {
  const elevation = await asked(place);
  const ruth = slack.as(USERS.ruth);
  const [list] = (await ruth.command('pending')).replies;
  if (list === undefined) throw new Error('There was no list.');
  expect((await ruth.press('deny', list)).trouble).toBeUndefined();
  await ruth.fill('comment', 'Not today');
  const sent = await ruth.submit();
  expect(said({ blocks: sent.form?.view.blocks ?? [] })).toMatch(/You have denied deploy-shop for david/);
  expect(await now(place, elevation)).toMatchObject({ state: 'denied', denial: { comment: 'Not today' } });
  const again = await ruth.press('approve', list);
  expect(said({ blocks: again.replies[0]?.blocks ?? [] })).toMatch(/is denied, so it cannot be approved/);
});

test.each([
  'help',
  'mine',
  'pending',
  'return',
  'link',
  'unlink',
  'nothing',
  'update-app 1h OPS-12 fix the banner of it',
])('what "/drawbridge %s" answers is what Slack takes', async (text) => {
  const seen = await slack.as(USERS.david).command(text);
  expect(seen.trouble).toBeUndefined();
  expect(seen.replies).toHaveLength(1);
});

test('details, and the code of somebody who is not linked, are taken by Slack', async () => {
  await asked(place);
  const david = slack.as(USERS.david);
  const [list] = (await david.command('mine')).replies;
  if (list === undefined) throw new Error('There was no list.');
  expect(await david.press('details', list)).toMatchObject({
    trouble: undefined,
    replies: [expect.anything()],
  });
  expect(await slack.as('U0NOBODY').command('link')).toMatchObject({
    trouble: undefined,
    replies: [expect.anything()],
  });
});

test('a guest is refused', async () => {
  const [reply] = (await slack.as('U0GUEST').command('mine')).replies;
  expect(said({ blocks: reply?.blocks ?? [] })).toMatch(/not for guests/);
});
