import type { Json } from '../../shared/domain/canonical-json.ts';
import { allow, caller } from '../domain/story.ts';
import { duration, roleName } from '../domain/values.ts';
import {
  ACCESS,
  filled,
  type OpenView,
  said,
  sender,
  USERS,
  type Workplace,
  workplace,
} from './workplace.ts';

const DEPLOY = { role: 'deploy-shop', duration: '1h', reason: 'Deploy the new banner', ticket: 'OPS-12' };

async function requests({ broker }: Workplace) {
  const page = await broker.store.list({ by: 'person', person: caller('david').person }, { limit: 100 });
  return (page?.elevations ?? []).map(({ elevation }) => elevation.request);
}

/** The form as it stands after somebody has opened it and chosen a role. */
async function formFor(place: Workplace, role: string): Promise<OpenView> {
  await place.command(USERS.david, '');
  const [form] = place.opened.slice(-1);
  if (form === undefined) throw new Error('No form was opened.');
  await choose(place, form, role);
  const [view = form.view] = place.updated.slice(-1);
  return { ...form, view };
}

async function choose(place: Workplace, form: OpenView, role: string): Promise<void> {
  await place.interact({
    ...sender(USERS.david),
    type: 'block_actions',
    trigger_id: `trigger.choose.${role}`,
    actions: [{ action_id: 'role', selected_option: { value: role } }],
    view: {
      ...form.view,
      id: form.id,
      hash: form.hash,
      private_metadata: '',
      state: filled(form.view, { role }),
    },
  });
}

async function optionsFor(place: Workplace, user: string, typed: string): Promise<string[]> {
  const payload = {
    ...sender(user),
    type: 'block_suggestion',
    action_id: 'role',
    block_id: 'role',
    value: typed,
  };
  const answer = await place.send(
    'options',
    new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
  );
  return JSON.parse(answer.body).options.map(({ value }: { value: string }) => value);
}

describe('the select of roles', () => {
  test('holds what the person may ask for, and that alone', async () => {
    expect(await optionsFor(workplace(), USERS.david, '')).toEqual([
      'update-app',
      'read-logs',
      'deploy-shop',
    ]);
    expect(await optionsFor(workplace(), USERS.tess, '')).toEqual(['read-logs']);
    expect(await optionsFor(workplace(), USERS.ruth, '')).toEqual([]);
  });

  test.each([
    ['APP', ['update-app']],
    [' logs ', ['read-logs']],
    ['999999999999', ['update-app', 'read-logs', 'deploy-shop']],
    ['nothing like it', []],
  ])('is narrowed by what is typed: "%s"', async (typed, expected) => {
    expect(await optionsFor(workplace(), USERS.david, typed)).toEqual(expected);
  });

  test('holds at most 100 of thousands of roles', async () => {
    const names = Array.from({ length: 3000 }, (_, n) => `role-${n}`);
    const [model] = ACCESS.roles.values();
    if (model === undefined) throw new Error('The story has no role.');
    const roles = new Map(names.map(roleName).map((name) => [name, { ...model, name }]));
    const place = workplace({ ...ACCESS, roles, rules: [allow('all-of-them', ['group:developers'], names)] });
    expect(await optionsFor(place, USERS.david, '')).toHaveLength(100);
    expect(await optionsFor(place, USERS.david, 'role-2999')).toEqual(['role-2999']);
  });
});

describe('the form', () => {
  test('opens with the role alone', async () => {
    const place = workplace();
    expect(await place.command(USERS.david, '')).toBe('');
    expect(place.opened).toHaveLength(1);
    const blocks = place.opened[0]?.view.blocks as readonly { readonly block_id?: string }[];
    expect(blocks.map(({ block_id }) => block_id).filter((id) => id !== undefined)).toEqual(['role']);
  });

  test('shows before it is sent what the role takes', async () => {
    const { view } = await formFor(workplace(), 'update-app');
    const text = said(view);
    expect(text).toMatch(/999999999999/);
    expect(text).toMatch(/Up to 4h, by rule developers-update-app/);
    expect(text).toMatch(/1 approval by group:release-managers, within 2h/);
    expect(text).toMatch(/MFA no older than 15m, counted back from the request[\s\S]*Slack cannot prove MFA/);
    expect(text).toMatch(/A ticket of the form \^OPS-\\d\+\$/);
    expect(text).toMatch(/Up to 8h, by rule developers-update-app-long/);
    expect(text).toMatch(/2 approvals by group:release-managers/);
  });

  test('shows the hours of a rule in words', async () => {
    const hours = { days: [1, 2, 5], from: 8 * 60 + 30, to: 17 * 60, timeZone: 'Europe/Berlin' };
    const rules = [allow('office', ['group:developers'], ['read-logs'], { hours })];
    const { view } = await formFor(workplace({ ...ACCESS, rules }), 'read-logs');
    expect(said(view)).toMatch(/Only Mon, Tue, Fri from 08:30 to 17:00 \(Europe\/Berlin\)/);
  });

  test.each([
    ['read-logs', '1h', ['15m', '30m', '45m', '1h']],
    ['deploy-shop', '4h', ['15m', '30m', '45m', '1h', '1h30m', '2h', '3h', '4h']],
  ])('offers for %s durations up to %s', async (role, _longest, expected) => {
    const { view } = await formFor(workplace(), role);
    const select = JSON.stringify(
      view.blocks.find((block) => JSON.stringify(block).includes('"static_select"')),
    );
    expect([...select.matchAll(/"value":"([^"]+)"/g)].map(([, value]) => value)).toEqual(expected);
  });

  test('stays as it was where the role is none that the person may ask for', async () => {
    const place = workplace();
    const { view } = await formFor(place, 'no-such-role');
    expect(view).toEqual(place.opened[0]?.view);
  });

  test('asks, with the id of the form as its key: sent twice it asks once', async () => {
    const place = workplace();
    const form = await formFor(place, 'deploy-shop');
    const answers = await Promise.all([
      place.submit(USERS.david, form, DEPLOY),
      place.submit(USERS.david, form, DEPLOY),
    ]);
    expect(answers).toEqual([{ response_action: 'clear' }, { response_action: 'clear' }]);
    expect(await requests(place)).toMatchObject([
      { ...DEPLOY, duration: duration('1h'), person: 'david', rule: 'developers-deploy' },
    ]);
  });

  test('sent again with other words says so, and asks for nothing', async () => {
    const place = workplace();
    const form = await formFor(place, 'deploy-shop');
    await place.submit(USERS.david, form, DEPLOY);
    const answer = await place.submit(USERS.david, form, { ...DEPLOY, reason: 'Something else' });
    expect(errorsOf(answer)).toEqual({ role: expect.stringMatching(/has sent another request before/) });
    expect(await requests(place)).toHaveLength(1);
  });

  test.each<[string, object, object]>([
    [
      'a reason that is too short',
      { reason: 'short' },
      { reason: expect.stringMatching(/at least 10 characters/) },
    ],
    ['no reason', { reason: ' ' }, { reason: expect.stringMatching(/missing/) }],
    [
      'a reason that hides its text',
      { reason: 'pay \u202Ednuf eht' },
      { reason: expect.stringMatching(/reorder text/) },
    ],
    ['no ticket', { ticket: '' }, { ticket: expect.stringMatching(/Name a ticket of the form/) }],
    [
      'a ticket of another form',
      { ticket: 'OPS12' },
      { ticket: expect.stringMatching(/Name a ticket of the form/) },
    ],
    [
      'a duration beyond the rule',
      { duration: '5h' },
      { 'duration deploy-shop': expect.stringMatching(/Ask for 4h or less/) },
    ],
    [
      'a duration that is none',
      { duration: 'long' },
      { 'duration deploy-shop': expect.stringMatching(/Write a duration/) },
    ],
    [
      'a role that does not exist',
      { role: 'nothing' },
      { role: expect.stringMatching(/There is no role nothing/) },
    ],
    [
      'two faults',
      { reason: 'short', duration: '5h' },
      { reason: expect.any(String), 'duration deploy-shop': expect.any(String) },
    ],
  ])('says under the right field what is wrong: %s', async (_what, change, errors) => {
    const place = workplace();
    const form = await formFor(place, 'deploy-shop');
    const answer = await place.submit(USERS.david, form, { ...DEPLOY, ...change });
    expect(errorsOf(answer)).toEqual(errors);
    expect(await requests(place)).toEqual([]);
  });

  test('never lends what a deny rule forbids', async () => {
    const place = workplace();
    const form = await formFor(place, 'deploy-shop');
    const answer = await place.submit(USERS.tess, form, { ...DEPLOY, role: 'update-app' });
    expect(errorsOf(answer)).toEqual({
      role: expect.stringMatching(/testers-never says that you never get this role/),
    });
  });

  test('sent before it was complete asks for the rest', async () => {
    const place = workplace();
    await place.command(USERS.david, '');
    const [form] = place.opened;
    if (form === undefined) throw new Error('No form was opened.');
    const answer = await place.submit(USERS.david, form, { role: 'deploy-shop' });
    expect(answer).toMatchObject({ response_action: 'update', view: { callback_id: 'ask' } });
    expect(JSON.stringify(answer)).toContain('duration deploy-shop');
  });

  test('ends at another door where MFA is wanted, with the exact call, and creates nothing', async () => {
    const place = workplace();
    const form = await formFor(place, 'update-app');
    const answer = await place.submit(USERS.david, form, { ...DEPLOY, role: 'update-app' });
    expect(answer).toMatchObject({ response_action: 'update', view: { type: 'modal', callback_id: 'note' } });
    expect(said((answer as unknown as { view: OpenView['view'] }).view)).toMatch(
      /Nothing was done here[\s\S]+https:\/\/api\.example\.com\/prod\/v1\/elevations/,
    );
    expect(await requests(place)).toEqual([]);
  });

  test('that Slack does not open is said to be shut', async () => {
    const place = workplace();
    place.failing.add('openView');
    expect(await place.command(USERS.david, '')).toMatch(/did not open the form, and nothing was done/);
  });
});

describe('one line', () => {
  test('asks', async () => {
    const place = workplace();
    const answer = await place.command(
      USERS.david,
      'deploy-shop 1h OPS-12 deploy the &lt;new&gt; banner &amp; shop',
    );
    expect(answer).toMatch(/You have asked for deploy-shop for 1h\.\n0 of 1 approvals are given/);
    expect(await requests(place)).toMatchObject([
      { role: 'deploy-shop', ticket: 'OPS-12', reason: 'deploy the <new> banner & shop', duration: 60 },
    ]);
  });

  test('is answered at once where no approval is needed', async () => {
    const place = workplace();
    expect(await place.command(USERS.david, 'read-logs 30m find the failed order')).toMatch(
      /It is yours now/,
    );
  });

  test('shows the exact call where MFA is wanted, and creates nothing', async () => {
    const place = workplace();
    const answer = await place.command(USERS.david, 'update-app 1h OPS-12 fix the banner of the shop');
    expect(answer).toMatch(/Slack cannot give\. Nothing was done here/);
    expect(answer).toMatch(/https:\/\/api\.example\.com\/prod\/v1\/elevations/);
    expect(await requests(place)).toEqual([]);
  });

  test('with a reason whose call Slack could not show whole says so, and shows no part of it', async () => {
    const place = workplace();
    const answer = await place.command(USERS.david, `update-app 1h OPS-12 ${'“'.repeat(1000)}`);
    expect(answer).toMatch(/The call is too long for Slack/);
    expect(answer).not.toMatch(/curl/);
  });

  test('of somebody without another door says that there is none', async () => {
    const people = new Map([...ACCESS.people].map(([name, person]) => [name, { ...person, oidc: [] }]));
    const answer = await workplace({ ...ACCESS, people }).command(
      USERS.david,
      'update-app 1h OPS-12 fix the banner of the shop',
    );
    expect(answer).toMatch(/knows no other door for you/);
  });

  test.each([
    ['deploy-shop 1h OPS-12', /reason: Write something here/],
    ['deploy-shop 1h OPS-12 short', /at least 10 characters/],
    ['deploy-shop 1h fix the banner of the shop', /Name a ticket of the form/],
    ['deploy-shop 99h OPS-12 fix the banner', /Ask for 4h or less/],
    ['deploy-shp 1h OPS-12 fix the banner', /There is no role deploy-shp\. Did you mean deploy-shop\?/],
    ['zzzzzz 1h OPS-12 fix the banner', /There is no role zzzzzz\. Type \/drawbridge alone/],
    ['<script> 1h fix the banner', /There is no role <script>/],
    [`deploy-shop 1h OPS-12 ${'x'.repeat(1001)}`, /at most 1000 characters/],
    ['deploy-shop 1h OPS-12 pay \u202Ednuf eht', /reorder text/],
  ])('that cannot be asked for says why: %s', async (text, sentence) => {
    const place = workplace();
    expect(await place.command(USERS.david, text)).toMatch(sentence);
    expect(await requests(place)).toEqual([]);
  });

  test('of a tester never reaches a role that testers never get', async () => {
    expect(await workplace().command(USERS.tess, 'update-app 1h OPS-12 fix the banner')).toMatch(
      /testers-never/,
    );
  });

  test('of somebody who may not ask for it says that no rule lends it', async () => {
    expect(await workplace().command(USERS.ruth, 'deploy-shop 1h OPS-12 fix the banner')).toMatch(
      /No rule lends you/,
    );
  });

  test('counts against the limit of requests, as at every door', async () => {
    const place = workplace();
    for (let n = 0; n < 3; n++) await place.command(USERS.david, `deploy-shop 1h OPS-${n} deploy the banner`);
    expect(await place.command(USERS.david, 'deploy-shop 1h OPS-4 deploy the banner')).toMatch(
      /requests wait/,
    );
  });
});

test('help and what is unclear show every command', async () => {
  const place = workplace();
  for (const text of ['help', 'what is this'])
    expect(await place.command(USERS.david, text)).toMatch(/\/drawbridge pending/);
});

function errorsOf(answer: Json): unknown {
  expect(answer).toMatchObject({ response_action: 'errors' });
  return (answer as unknown as { errors: unknown }).errors;
}
