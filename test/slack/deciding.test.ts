import type { Access } from '../../shared/domain/access.ts';
import type { Elevation } from '../../shared/domain/elevation.ts';
import { buttonValue } from '../../shared/slack/button.ts';
import { ASK, groups, member } from '../domain/story.ts';
import { duration, elevationId, hash } from '../domain/values.ts';
import { approved, asked, now } from './requests.ts';
import { ACCESS, clickPayload, said, USERS, type Workplace, workplace } from './workplace.ts';

test('an approver’s first click approves, and they alone read so', async () => {
  const place = workplace();
  const elevation = await asked(place);
  expect(await place.click(USERS.ruth, 'approve', elevation.value)).toBe(
    'You have approved deploy-shop for david (1h).',
  );
  expect(await now(place, elevation)).toMatchObject({
    state: 'approved',
    approvals: [{ by: { person: 'ruth', door: 'slack', mfa: { kind: 'absent' }, tokenGroups: [] } }],
  });
});

test('a click is acknowledged with an empty 200', async () => {
  const place = workplace();
  const elevation = await asked(place);
  const answer = await place.interact(clickPayload(USERS.ruth, 'approve', elevation.value));
  expect([answer.statusCode, answer.body]).toEqual([200, '']);
});

test('a double click has one effect and the same answer twice', async () => {
  const place = workplace();
  const elevation = await asked(place);
  const answers = await Promise.all([
    place.interact({ ...clickPayload(USERS.ruth, 'approve', elevation.value), trigger_id: 'trigger.1' }),
    place.interact({ ...clickPayload(USERS.ruth, 'approve', elevation.value), trigger_id: 'trigger.2' }),
  ]);
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  expect(place.replies).toEqual([
    'You have approved deploy-shop for david (1h).',
    'You have approved deploy-shop for david (1h).',
  ]);
  expect((await now(place, elevation)).approvals).toHaveLength(1);
});

test('of two approvers at once one approves, and the other learns that it is approved', async () => {
  const place = workplace();
  const elevation = await asked(place);
  await Promise.all([
    place.interact(clickPayload(USERS.ruth, 'approve', elevation.value)),
    place.interact(clickPayload(USERS.rob, 'approve', elevation.value)),
  ]);
  expect(new Set(place.replies)).toEqual(
    new Set([
      'You have approved deploy-shop for david (1h).',
      'This elevation is approved, so it cannot be approved.',
    ]),
  );
  expect((await now(place, elevation)).approvals).toHaveLength(1);
});

test('of two approvals that are needed the first says that one more is', async () => {
  const place = workplace();
  const elevation = await asked(place, { ...ASK, duration: duration('6h') });
  expect(await place.click(USERS.ruth, 'approve', elevation.value)).toMatch(
    /It is pending\.\n1 of 2 approvals/,
  );
  expect(await place.click(USERS.rob, 'approve', elevation.value)).toMatch(/^You have approved update-app/);
  expect((await now(place, elevation)).state).toBe('approved');
});

test('approving where MFA is wanted shows the exact call, and decides nothing', async () => {
  const place = workplace();
  const elevation = await asked(place, ASK);
  const reply = await place.click(USERS.ruth, 'approve', elevation.value);
  expect(reply).toMatch(/Slack cannot give\. Nothing was done here/);
  expect(reply).toContain(`/v1/elevations/${elevation.request.id}/approval`);
  expect(reply).toContain(elevation.digest);
  expect((await now(place, elevation)).state).toBe('pending');
});

test.each([
  ['the requester approves', 'david', 'approve', /Nobody decides on their own request/],
  ['the requester denies', 'david', 'deny', /Nobody decides on their own request/],
  [
    'somebody who is no approver approves',
    'dora',
    'approve',
    /There is no such request, or it is not yours to see/,
  ],
  [
    'somebody who may not see it denies',
    'dora',
    'deny',
    /There is no such request, or it is not yours to see/,
  ],
  ['somebody who may not see it looks at it', 'dora', 'details', /There is no such request/],
  ['an approver withdraws', 'ruth', 'withdraw', /Only the person who asked can withdraw/],
  ['an approver gives it back', 'ruth', 'return', /Only the person who asked can return/],
  ['an approver revokes what is not approved', 'ruth', 'revoke', /is pending, so it cannot be revoked/],
  [
    'the requester gives back what is not approved',
    'david',
    'return',
    /is pending, so it cannot be returned/,
  ],
] as const)('nothing happens where %s', async (_what, who, action, sentence) => {
  const place = workplace();
  const elevation = await asked(place);
  expect(await place.click(USERS[who], action, elevation.value)).toMatch(sentence);
  expect(place.opened).toEqual([]);
  expect(await now(place, elevation)).toMatchObject({ state: 'pending', approvals: [] });
});

describe('an approver whom the card still mentions', () => {
  /** The same table, read by a function with another access file. */
  async function underAnotherFile(
    place: Workplace,
    access: Access,
    { request }: Elevation,
  ): Promise<Workplace> {
    const found = await place.broker.store.read(request.id);
    if (found === undefined || 'damaged' in found) throw new Error('The request is gone.');
    const other = workplace(access);
    await other.broker.store.create(found);
    return other;
  }

  test('and who has left the group finds nothing', async () => {
    const place = workplace();
    const elevation = await asked(place);
    const left = groups({ developers: ['david'], 'release-managers': ['rob'] });
    const later = await underAnotherFile(place, { ...ACCESS, groups: left }, elevation);
    expect(await later.click(USERS.ruth, 'approve', elevation.value)).toMatch(/not yours to see/);
    expect((await now(later, elevation)).state).toBe('pending');
  });

  test('and whom the rule no longer names may deny, and not approve', async () => {
    const place = workplace();
    const elevation = await asked(place);
    const rules = ACCESS.rules.map((rule) =>
      rule.name === elevation.request.rule && rule.kind === 'allow'
        ? { ...rule, approval: { by: [member('person:rob')], count: 1, within: duration('2h') } }
        : rule,
    );
    const later = await underAnotherFile(place, { ...ACCESS, rules }, elevation);
    expect(await later.click(USERS.ruth, 'approve', elevation.value)).toMatch(/for the people whom the rule/);
    expect((await now(later, elevation)).state).toBe('pending');
    await later.click(USERS.ruth, 'deny', elevation.value);
    expect(later.opened).toHaveLength(1);
  });
});

test.each(['approve', 'deny'] as const)(
  '%s on a card with the digest of another request is refused',
  async (action) => {
    const place = workplace();
    const elevation = await asked(place);
    const value = buttonValue({ id: elevation.request.id, digest: hash('0') });
    expect(await place.click(USERS.ruth, action, value)).toMatch(/does not show this request as it is/);
    expect(place.opened).toEqual([]);
    expect((await now(place, elevation)).state).toBe('pending');
  },
);

test('a click on an id that does not exist is answered as one on a request that is not theirs', async () => {
  const place = workplace();
  const value = buttonValue({ id: elevationId('0'.repeat(26)), digest: hash('0') });
  expect(await place.click(USERS.ruth, 'approve', value)).toMatch(
    /There is no such request, or it is not yours/,
  );
});

test.each([
  '',
  'x',
  `${'0'.repeat(26)}`,
  `${'0'.repeat(26)}.${'0'.repeat(63)}`,
  `${'U'.repeat(26)}.${'0'.repeat(64)}`,
  `\n${'0'.repeat(26)}.${'0'.repeat(64)}`,
])('a button with the value "%s" is none of ours', async (value) => {
  const place = workplace();
  expect(await place.click(USERS.ruth, 'approve', value)).toMatch(/too old to be understood/);
});

test.each([
  ['approve after the end', 'approve', 3 * 3_600_000, /is lapsed, so it cannot be approved/],
  ['deny after the end', 'deny', 3 * 3_600_000, /is lapsed, so it cannot be denied/],
] as const)('a click to %s changes nothing', async (_what, action, later, sentence) => {
  const place = workplace();
  const elevation = await asked(place);
  place.broker.wait(later);
  expect(await place.click(USERS.ruth, action, elevation.value)).toMatch(sentence);
});

test('the text of the message and the channel of a click are not believed', async () => {
  const place = workplace();
  const elevation = await asked(place);
  await place.interact({
    ...clickPayload(USERS.ruth, 'approve', elevation.value),
    message: {
      text: 'Approve deploy-shop for 10 minutes',
      metadata: { event_payload: { elevation: 'other' } },
    },
    channel: { id: 'C0OTHER' },
    user: { id: USERS.ruth, name: 'rob', username: 'rob', team_id: 'T024BE7LD' },
  });
  expect(await now(place, elevation)).toMatchObject({
    state: 'approved',
    approvals: [{ by: { person: 'ruth' } }],
  });
});

describe('deny and revoke', () => {
  test('ask for a comment, and the form decides', async () => {
    const place = workplace();
    const elevation = await asked(place);
    expect(await place.click(USERS.ruth, 'deny', elevation.value)).toBe('');
    const [form] = place.opened;
    if (form === undefined) throw new Error('No form was opened.');
    expect(said(form.view)).toMatch(/david: deploy-shop for 1h\n│ Deploy the new banner/);
    expect((await now(place, elevation)).state).toBe('pending');
    const answer = await place.submit(USERS.ruth, form, { comment: 'Not today' });
    expect(answer).toMatchObject({ response_action: 'update' });
    expect(JSON.stringify(answer)).toContain('You have denied deploy-shop for david (1h).');
    expect(await now(place, elevation)).toMatchObject({
      state: 'denied',
      denial: { by: { person: 'ruth' }, comment: 'Not today' },
    });
  });

  test('need no comment, and end what lives', async () => {
    const place = workplace();
    const elevation = await approved(place);
    await place.click(USERS.rob, 'revoke', elevation.value);
    const [form] = place.opened;
    if (form === undefined) throw new Error('No form was opened.');
    expect(JSON.stringify(await place.submit(USERS.rob, form, {}))).toContain('You have revoked deploy-shop');
    expect(await now(place, elevation)).toMatchObject({
      state: 'revoked',
      revocation: { by: { person: 'rob' } },
    });
  });

  test('are decided by what the table says when the form is sent', async () => {
    const place = workplace();
    const elevation = await asked(place);
    await place.click(USERS.ruth, 'deny', elevation.value);
    await place.click(USERS.rob, 'approve', elevation.value);
    const [form] = place.opened;
    if (form === undefined) throw new Error('No form was opened.');
    const answer = await place.submit(USERS.ruth, form, {});
    expect(JSON.stringify(answer)).toContain('This elevation is approved, so it cannot be denied.');
    expect((await now(place, elevation)).state).toBe('approved');
  });

  test('sent by somebody else than who opened the form are decided as theirs', async () => {
    const place = workplace();
    const elevation = await asked(place);
    await place.click(USERS.ruth, 'deny', elevation.value);
    const [form] = place.opened;
    if (form === undefined) throw new Error('No form was opened.');
    expect(JSON.stringify(await place.submit(USERS.david, form, {}))).toContain(
      'Nobody decides on their own request',
    );
    expect((await now(place, elevation)).state).toBe('pending');
  });

  test.each(['', 'x', '{"id":1}'])(
    'with "%s" as the data of the form decide nothing',
    async (private_metadata) => {
      const place = workplace();
      const elevation = await asked(place);
      await place.click(USERS.ruth, 'deny', elevation.value);
      const [form] = place.opened;
      if (form === undefined) throw new Error('No form was opened.');
      const answer = await place.submit(
        USERS.ruth,
        { ...form, view: { ...form.view, private_metadata } },
        {},
      );
      expect(JSON.stringify(answer)).toContain('too old to be understood');
      expect((await now(place, elevation)).state).toBe('pending');
    },
  );

  test('say under the comment what is wrong with it', async () => {
    const place = workplace();
    const elevation = await asked(place);
    await place.click(USERS.ruth, 'deny', elevation.value);
    const [form] = place.opened;
    if (form === undefined) throw new Error('No form was opened.');
    const answer = await place.submit(USERS.ruth, form, { comment: 'no \u202E' });
    expect(answer).toEqual({
      response_action: 'errors',
      errors: { comment: expect.stringMatching(/reorder/) },
    });
    expect((await now(place, elevation)).state).toBe('pending');
  });

  test('say so where Slack does not open the form', async () => {
    const place = workplace();
    const elevation = await asked(place);
    place.failing.add('openView');
    expect(await place.click(USERS.ruth, 'deny', elevation.value)).toMatch(/did not open the form/);
  });
});

test('the requester withdraws a request, and gives back a role', async () => {
  const place = workplace();
  const waiting = await asked(place);
  const live = await approved(place);
  expect(await place.click(USERS.david, 'withdraw', waiting.value)).toBe(
    'You have withdrawn deploy-shop for david (1h).',
  );
  expect(await place.click(USERS.david, 'return', live.value)).toBe(
    'You have returned deploy-shop for david (1h).',
  );
  expect((await now(place, waiting)).state).toBe('withdrawn');
  expect((await now(place, live)).state).toBe('returned');
});

test('whoever may see a request reads its details', async () => {
  const place = workplace();
  const elevation = await asked(place);
  expect(await place.click(USERS.ruth, 'details', elevation.value)).toContain(elevation.request.id);
  expect(await place.click(USERS.david, 'details', elevation.value)).toContain(elevation.request.id);
});

test('a reply that Slack does not take undoes nothing, and is logged', async () => {
  const place = workplace();
  const elevation = await asked(place);
  place.failing.add('reply');
  const answer = await place.interact(clickPayload(USERS.ruth, 'approve', elevation.value));
  expect(answer.statusCode).toBe(200);
  expect((await now(place, elevation)).state).toBe('approved');
  expect(place.broker.logged.join()).toContain('slack-reply-failed');
});
