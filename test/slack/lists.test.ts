import { approved, asked, now } from './requests.ts';
import { USERS, workplace } from './workplace.ts';

describe('the lists', () => {
  test('show what waits for somebody, with buttons that decide', async () => {
    const place = workplace();
    const elevation = await asked(place);
    const answer = await place.send(
      'commands',
      new URLSearchParams(commandFields(USERS.ruth, 'pending')).toString(),
    );
    expect(answer.body).toContain('david: deploy-shop for 1h (OPS-12), pending\\n│ Deploy the new banner');
    expect([...answer.body.matchAll(/"action_id":"(\w+)"/g)].map(([, action]) => action)).toEqual([
      'approve',
      'deny',
      'details',
    ]);
    expect(answer.body).toContain(elevation.value);
    expect(JSON.parse(answer.body)).toMatchObject({ response_type: 'ephemeral' });
  });

  test('show nothing that waits for others', async () => {
    const place = workplace();
    await asked(place);
    expect(await place.command(USERS.david, 'pending')).toBe('Nothing waits for you.');
    expect(await place.command(USERS.dora, 'mine')).toMatch(/asked for nothing yet/);
  });

  test('show somebody their own, with what they can do', async () => {
    const place = workplace();
    await asked(place);
    await approved(place);
    const answer = await place.send(
      'commands',
      new URLSearchParams(commandFields(USERS.david, 'mine')).toString(),
    );
    const actions = [...answer.body.matchAll(/"action_id":"(\w+)"/g)].map(([, action]) => action);
    expect(new Set(actions)).toEqual(new Set(['return', 'withdraw', 'details']));
  });
});

function commandFields(user: string, text: string): Record<string, string> {
  return { team_id: 'T024BE7LD', api_app_id: 'A0BRIDGE', user_id: user, text, trigger_id: 'trigger.1' };
}

describe('/drawbridge return', () => {
  test('gives back the one role that somebody holds', async () => {
    const place = workplace();
    const elevation = await approved(place);
    expect(await place.command(USERS.david, 'return')).toMatch(/You have returned deploy-shop/);
    expect((await now(place, elevation)).state).toBe('returned');
    expect(await place.command(USERS.david, 'return')).toMatch(/nothing to give back/);
  });

  test('with several shows them to choose from, and gives back the one that is named', async () => {
    const place = workplace();
    const [one, other] = [await approved(place), await approved(place)];
    expect(await place.command(USERS.david, 'return')).toMatch(/Which one do you give back\?/);
    expect((await now(place, one)).state).toBe('approved');
    expect(await place.command(USERS.david, `return ${one.request.id.toLowerCase()}`)).toMatch(
      /You have returned/,
    );
    expect((await now(place, one)).state).toBe('returned');
    expect((await now(place, other)).state).toBe('approved');
  });

  test.each(['return nothing', `return ${'0'.repeat(26)}`])('finds nothing: %s', async (text) => {
    expect(await workplace().command(USERS.david, text)).toMatch(
      /is not the id of a request|no such request/,
    );
  });
});
