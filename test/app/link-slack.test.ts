import {
  confirmLink,
  type LinkingBroker,
  newLinkCode,
  slackCaller,
  slackUsersOf,
  unlinkSlack,
} from '../../shared/app/link-slack.ts';
import type { Access } from '../../shared/domain/access.ts';
import { before } from '../../shared/domain/instant.ts';
import type { SlackUser } from '../../shared/domain/slack.ts';
import { caller } from '../domain/story.ts';
import { duration, handle } from '../domain/values.ts';
import { testAnnouncer, WITH_SLACK } from './announcer.ts';
import { codeOf, granted } from './broker.ts';

const RUTHS: SlackUser = { team: 'T0STORY', user: 'U0RUTH' };
const DAVIDS: SlackUser = { team: 'T0STORY', user: 'U0DAVID' };

async function linked(broker: LinkingBroker, who: string, user: SlackUser) {
  const { code } = await newLinkCode(broker, user);
  return granted(await confirmLink(broker, caller(who), code));
}

async function personOf(broker: LinkingBroker, user: SlackUser) {
  return (await slackCaller(broker, user))?.person;
}

test('a user whose code a person has confirmed is that person, at the door Slack and without MFA', async () => {
  const { linking } = testAnnouncer();
  expect(await slackCaller(linking, RUTHS)).toBeUndefined();
  await linked(linking, 'ruth', RUTHS);
  expect(await slackCaller(linking, RUTHS)).toEqual({
    ...{ person: 'ruth', door: 'slack', tokenGroups: [] },
    mfa: { kind: 'absent' },
  });
  expect(await slackUsersOf(linking, handle('ruth'))).toEqual([{ user: RUTHS, from: 'code' }]);
});

test('a code is good for ten minutes, to the last', async () => {
  for (const [late, outcome] of [
    [0, 'done'],
    [1, 'unknown-link-code'],
  ] as const) {
    const { linking, wait } = testAnnouncer();
    const { code } = await newLinkCode(linking, RUTHS);
    wait(600_000 + late);
    expect(codeOf(await confirmLink(linking, caller('ruth'), code))).toBe(outcome);
  }
});

test('to confirm takes an MFA of the last 15 minutes, at either door', async () => {
  const { linking } = testAnnouncer();
  const { code } = await newLinkCode(linking, RUTHS);
  const now = linking.clock();
  for (const [mfa, outcome] of [
    [{ kind: 'absent' }, 'step-up-required'],
    [{ kind: 'token', evidence: 'amr:hwk', at: before(now, duration('16m')) }, 'step-up-required'],
    [{ kind: 'iam-session', within: duration('8h') }, 'step-up-required'],
    [{ kind: 'iam-session', within: duration('15m') }, 'done'],
    [{ kind: 'token', evidence: 'amr:hwk', at: before(now, duration('15m')) }, 'done'],
  ] as const) {
    expect([mfa, codeOf(await confirmLink(linking, caller('ruth', { mfa }), code))]).toEqual([mfa, outcome]);
  }
});

test('a code works for the first person alone, who may confirm it again', async () => {
  const { linking } = testAnnouncer();
  const { code } = await newLinkCode(linking, RUTHS);
  expect(codeOf(await confirmLink(linking, caller('ruth'), code))).toBe('done');
  expect(codeOf(await confirmLink(linking, caller('rob'), code))).toBe('unknown-link-code');
  expect(codeOf(await confirmLink(linking, caller('ruth'), code))).toBe('done');
  expect(await linking.links.read(RUTHS)).toMatchObject({ history: [{ type: 'slack-linked' }] });
});

test('a code that was made up, or made for another workspace, is unknown', async () => {
  const { linking } = testAnnouncer();
  expect(codeOf(await confirmLink(linking, caller('ruth'), '0000000000000000'))).toBe('unknown-link-code');
  const { code } = await newLinkCode(linking, { ...RUTHS, team: 'T0OTHER' });
  expect(codeOf(await confirmLink(linking, caller('ruth'), code))).toBe('unknown-link-code');
});

test('only the hash of a code is kept', async () => {
  const { linking } = testAnnouncer();
  const kept: string[] = [];
  const links = { ...linking.links, keepCode: async (hash: string) => void kept.push(hash) };
  const { code } = await newLinkCode({ ...linking, links }, RUTHS);
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
  expect(kept).toEqual([linking.sha256(code)]);
});

test('one Slack user is one person: linked to somebody, or named in the access file, they stay who they are', async () => {
  const { linking } = testAnnouncer();
  await linked(linking, 'ruth', RUTHS);
  const { code } = await newLinkCode(linking, RUTHS);
  expect(codeOf(await confirmLink(linking, caller('rob'), code))).toBe('linked-otherwise');
  const other = await newLinkCode(linking, DAVIDS);
  expect(codeOf(await confirmLink(linking, caller('rob'), other.code))).toBe('linked-otherwise');
  expect([await personOf(linking, RUTHS), await personOf(linking, DAVIDS)]).toEqual(['ruth', 'david']);
});

test('two people who confirm codes of one user at once: one is linked', async () => {
  const { linking } = testAnnouncer();
  const codes = await Promise.all([newLinkCode(linking, RUTHS), newLinkCode(linking, RUTHS)]);
  const outcomes = await Promise.all(
    codes.map(({ code }, n) => confirmLink(linking, caller(n === 0 ? 'ruth' : 'rob'), code)),
  );
  expect(new Set(outcomes.map(codeOf))).toEqual(new Set(['done', 'linked-otherwise']));
});

test('a link is undone by its person and by admins, and by nobody else', async () => {
  for (const [by, outcome] of [
    ['ruth', 'done'],
    ['ada', 'done'],
    ['rob', 'not-found'],
    ['otto', 'not-found'],
  ] as const) {
    const { linking } = testAnnouncer();
    await linked(linking, 'ruth', RUTHS);
    expect([by, codeOf(await unlinkSlack(linking, caller(by), RUTHS))]).toEqual([by, outcome]);
    expect(await personOf(linking, RUTHS)).toBe(outcome === 'done' ? undefined : 'ruth');
  }
});

test('what was undone can be linked again, also to another person', async () => {
  const { linking } = testAnnouncer();
  await linked(linking, 'ruth', RUTHS);
  granted(await unlinkSlack(linking, caller('ruth'), RUTHS));
  expect(codeOf(await unlinkSlack(linking, caller('ruth'), RUTHS))).toBe('not-found');
  const { history } = await linked(linking, 'rob', RUTHS);
  expect(history.map(({ type, person }) => `${type} ${person}`)).toEqual([
    'slack-linked ruth',
    'slack-unlinked ruth',
    'slack-linked rob',
  ]);
});

test('a link of the access file is changed in the access file', async () => {
  const { linking } = testAnnouncer();
  expect(codeOf(await unlinkSlack(linking, caller('david'), DAVIDS))).toBe('linked-otherwise');
  expect(codeOf(await unlinkSlack(linking, caller('rob'), DAVIDS))).toBe('not-found');
});

test('a link that was edited by hand is nobody’s, is not written over, and is said', async () => {
  const { linking, logged } = testAnnouncer();
  await linked(linking, 'rob', RUTHS);
  const stored = await linking.links.read(RUTHS);
  if (stored === undefined) throw new Error('There is no link.');
  const [event] = stored.history;
  if (event === undefined) throw new Error('There is no event.');
  const forged = { ...stored, history: [{ ...event, person: handle('ruth') }] };
  const links = { ...linking.links, read: async () => forged, ofPerson: async () => [forged] };
  const broker = { ...linking, links };
  expect(await slackCaller(broker, RUTHS)).toBeUndefined();
  expect(await slackUsersOf(broker, handle('ruth'))).toEqual([]);
  const { code } = await newLinkCode(broker, RUTHS);
  expect(codeOf(await confirmLink(broker, caller('ruth'), code))).toBe('record-damaged');
  expect(logged.join('\n')).toContain('slack-link-damaged');
});

test('a link that was copied to another user is nobody’s', async () => {
  const { linking } = testAnnouncer();
  await linked(linking, 'ruth', RUTHS);
  const stored = await linking.links.read(RUTHS);
  const read = async (user: SlackUser) => stored && { ...stored, of: user };
  expect(await slackCaller({ ...linking, links: { ...linking.links, read } }, DAVIDS)).toMatchObject({
    person: 'david',
  });
  const mallory = { ...RUTHS, user: 'U0MALLORY' };
  expect(await slackCaller({ ...linking, links: { ...linking.links, read } }, mallory)).toBeUndefined();
});

test('who has left the access file is nobody in Slack', async () => {
  const { linking } = testAnnouncer();
  await linked(linking, 'ruth', RUTHS);
  const people = new Map([...WITH_SLACK.people].filter(([name]) => name !== handle('ruth')));
  const access: Access = { ...WITH_SLACK, people };
  expect(await slackCaller({ ...linking, access }, RUTHS)).toBeUndefined();
});
