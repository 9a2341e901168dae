import { confirmLink, slackCaller } from '../../shared/app/link-slack.ts';
import { codeOf, granted } from '../app/broker.ts';
import { caller } from '../domain/story.ts';
import { TEAM, USERS, workplace } from './workplace.ts';

const NINA = { team: TEAM, user: 'U0NINA' };

function codeIn(text: string): string {
  return /Your code is ([0-9A-Z]{16})\./.exec(text)?.[1] ?? '';
}

test('somebody links themselves by a code that they confirm at another door', async () => {
  const place = workplace();
  const answer = await place.command(NINA.user, 'link');
  expect(answer).toMatch(/within 10 minutes/);
  expect(answer).toMatch(/Confirm only a code that you have asked for yourself/);
  expect(answer).toMatch(/https:\/\/api\.example\.com\/prod\/v1\/slack-links/);
  granted(await confirmLink(place.edge.broker, caller('nina'), codeIn(answer)));
  expect(await place.command(NINA.user, 'mine')).toMatch(/You have asked for nothing yet/);
});

test('a code is shown to whoever asked, and logged nowhere', async () => {
  const place = workplace();
  const code = codeIn(await place.command(NINA.user, 'link'));
  expect(code).toHaveLength(16);
  expect(place.broker.logged.join()).not.toContain(code);
});

test('a code that is 10 minutes old links nobody', async () => {
  const place = workplace();
  const code = codeIn(await place.command(NINA.user, 'link'));
  place.broker.wait(600_001);
  expect(codeOf(await confirmLink(place.edge.broker, caller('nina'), code))).toBe('unknown-link-code');
});

test('a link ends where whoever is linked says so', async () => {
  const place = workplace();
  const code = codeIn(await place.command(NINA.user, 'link'));
  granted(await confirmLink(place.edge.broker, caller('nina'), code));
  expect(await place.command(NINA.user, 'unlink')).toMatch(/You are no longer linked to nina/);
  expect(await slackCaller(place.edge.broker, NINA)).toBeUndefined();
  expect(await place.command(NINA.user, 'mine')).toMatch(/Type \/drawbridge link/);
});

test('whoever is linked gets no code', async () => {
  const place = workplace();
  const code = codeIn(await place.command(NINA.user, 'link'));
  granted(await confirmLink(place.edge.broker, caller('nina'), code));
  expect(await place.command(NINA.user, 'link')).toMatch(/You are nina here already/);
  expect(await place.command(USERS.david, 'link')).toMatch(/You are david here already/);
});

test('whom the access file names is not unlinked from Slack', async () => {
  const place = workplace();
  expect(await place.command(USERS.david, 'unlink')).toMatch(/The access file says who this Slack user is/);
  expect(await place.command(USERS.david, 'mine')).not.toMatch(/drawbridge link/);
});

test('a link that was edited by hand is nobody’s', async () => {
  const place = workplace();
  const code = codeIn(await place.command(NINA.user, 'link'));
  granted(await confirmLink(place.edge.broker, caller('nina'), code));
  const link = await place.edge.broker.links.read(NINA);
  if (link === undefined) throw new Error('There is no link.');
  const [first] = link.history;
  if (first === undefined) throw new Error('The link has no history.');
  await place.edge.broker.links.write(1, { ...link, history: [{ ...first, person: caller('ruth').person }] });
  expect(await place.command(NINA.user, 'pending')).toMatch(/Type \/drawbridge link/);
});
