import type { Telling } from '../../../shared/app/desired-message.ts';
import type { Command } from '../../../shared/domain/decide.ts';
import { slackMessages } from '../../../shared/slack/messages.ts';
import { after, asked, requestFor } from '../../domain/record.ts';
import { caller, NOW, proved } from '../../domain/story.ts';
import { at, handle } from '../../domain/values.ts';
import { shown } from './shown.ts';
import { ACCESS, API_URL, accessNeeding, telling, USERS } from './story.ts';

const T10 = at('2026-11-24T09:10:00Z');
const T15 = at('2026-11-24T09:15:00Z');
const LATE = at('2026-11-24T12:00:00Z');

const by = (name: string, now = T10) => caller(name, { mfa: proved('1m', now) });
const approve = (name: string, comment?: string): Command => ({
  type: 'approve',
  by: by(name),
  ...(comment === undefined ? {} : { comment }),
});

const pending = asked(requestFor(1));
const approved = after(pending, T10, approve('ruth', 'Watch the cache.'));
const issued = after(approved, T15, { type: 'issue', by: by('david', T15) });
const needsTwo = asked(requestFor(2));
const byBoth = after(needsTwo, T10, approve('ruth'), approve('rob'));

function messages(said: Telling, access = ACCESS) {
  return slackMessages({ access, apiUrl: API_URL })(said);
}

function messageOf(said: Telling, key: string): string {
  const found = messages(said).find((message) => message.key === key);
  if (found === undefined) throw new Error(`There is no message ${key}.`);
  return shown(found.content);
}

test.each([
  ['a new request', telling(pending), ['card', 'direct:1']],
  ['an approved one', telling(approved, T10), ['card', 'direct:1', 'thread:2', 'direct:2']],
  ['issued credentials', telling(issued, T15), ['card', 'direct:1', 'thread:2', 'direct:2']],
  [
    'two approvals',
    telling(byBoth, T10),
    ['card', 'direct:1', 'thread:2', 'direct:2', 'thread:3', 'direct:3'],
  ],
  [
    'a denial',
    telling(after(pending, T10, { type: 'deny', by: by('rob') }), T10),
    ['card', 'direct:1', 'thread:2', 'direct:2'],
  ],
  [
    'a withdrawal',
    telling(after(pending, T10, { type: 'withdraw', by: by('david') }), T10),
    ['card', 'direct:1', 'thread:2'],
  ],
  [
    'a return after an issue',
    telling(after(issued, T15, { type: 'return', by: by('david') }), T15),
    ['card', 'direct:1', 'thread:2', 'direct:2', 'thread:4'],
  ],
  [
    'a revocation after an issue',
    telling(after(issued, T15, { type: 'revoke', by: by('rob') }), T15),
    ['card', 'direct:1', 'thread:2', 'direct:2', 'thread:4', 'direct:4'],
  ],
  ['a lapse', telling(pending, LATE), ['card', 'direct:1', 'thread:lapsed', 'direct:lapsed']],
  ['an end', telling(issued, LATE), ['card', 'direct:1', 'thread:2', 'direct:2']],
  ['a wait of 19 minutes', telling(pending, at('2026-11-24T09:19:59.999Z')), ['card', 'direct:1']],
  ['a wait of 20', telling(pending, at('2026-11-24T09:20:00Z')), ['card', 'direct:1', 'reminder:1']],
  ['a wait of 60', telling(pending, at('2026-11-24T10:00:00Z')), ['card', 'direct:1', 'reminder:2']],
])('%s is told by these messages', (_, said, keys) => {
  expect(messages(said).map(({ key }) => key)).toEqual(keys);
});

test('decisions, reminders and lapses stand in the thread of the card, direct messages with the requester', () => {
  for (const said of [telling(approved, T10), telling(pending, LATE)]) {
    for (const { key, to, under } of messages(said)) {
      const isDirect = key.startsWith('direct:');
      expect(to).toEqual(isDirect ? { user: 'U0DAVID' } : { channel: 'C0REQUESTS' });
      expect(under).toBe(isDirect || key === 'card' ? undefined : 'card');
    }
  }
});

test('a role with a channel of its own has its cards there', () => {
  const roles = new Map(
    [...ACCESS.roles].map(([name, role]) => [name, { ...role, channel: 'C0RELEASES' }] as const),
  );
  expect(messages(telling(pending), { ...ACCESS, roles })[0]?.to).toEqual({ channel: 'C0RELEASES' });
});

test('cards of a role that has left the catalog stay in the channel of the file', () => {
  expect(messages(telling(pending), { ...ACCESS, roles: new Map() })[0]?.to).toEqual({
    channel: 'C0REQUESTS',
  });
});

test('without Slack in the access file nothing is said', () => {
  const { slack: _, ...access } = ACCESS;
  expect(messages(telling(pending), access)).toEqual([]);
});

test('a requester without a Slack user gets no direct message', () => {
  const users = new Map([...USERS].filter(([name]) => name !== handle('david')));
  const keys = messages(telling(pending, LATE, users)).map(({ key }) => key);
  expect(keys).toEqual(['card', 'thread:lapsed']);
});

test('a request can be withdrawn from its direct message while it waits', () => {
  expect(messageOf(telling(pending), 'direct:1')).toMatch(
    /^You have asked for update-app for 1h\.\n~ It waits for approvals until .*\n\[Withdraw\] \[Details\]$/,
  );
  expect(messageOf(telling(approved, T10), 'direct:1')).toBe(
    'You have asked for update-app for 1h.\n[Details]',
  );
});

test('the approval that opens the window brings the calls for credentials, and Return while it lives', () => {
  const message = messageOf(telling(approved, T10), 'direct:2');
  expect(message).toContain('ruth has approved your request for update-app for 1h (1 of 1 approvals).');
  expect(message).toContain('│ Watch the cache.');
  const call = `curl -sS -X POST '${API_URL}/v1/elevations/${pending.elevation.request.id}/credentials'`;
  expect(message).toContain(call);
  expect(message).toMatch(/\[Return\] \[Details\]$/);
  expect(messageOf(telling(approved, LATE), 'direct:2')).not.toMatch(/curl|Return/);
});

test('only the last of two approvals opens the window', () => {
  expect(messageOf(telling(byBoth, T10), 'direct:2')).toBe(
    'ruth has approved your request for update-app for 1h (1 of 2 approvals).\n[Details]',
  );
  expect(messageOf(telling(byBoth, T10), 'direct:3')).toMatch(
    /^rob has approved .* \(2 of 2 approvals\)[\s\S]*curl[\s\S]*\[Return\] \[Details\]$/,
  );
});

test('a request that needs no approval brings its calls at once', () => {
  const message = slackMessages({ access: accessNeeding(0), apiUrl: API_URL })(
    telling(asked(requestFor(0))),
  ).find(({ key }) => key === 'direct:1');
  expect(message && shown(message.content)).toMatch(
    /^You have asked for[\s\S]*\/credentials'[\s\S]*\[Return\] \[Details\]$/,
  );
});

test('a denial and a revocation are told with what was said', () => {
  const denied = after(pending, T10, { type: 'deny', by: by('rob'), comment: 'Not on a Tuesday.' });
  const revoked = after(approved, T10, { type: 'revoke', by: by('rob'), comment: 'Enough.' });
  expect(messageOf(telling(denied, T10), 'direct:2')).toBe(
    'rob has denied your request for update-app for 1h.\n│ Not on a Tuesday.\n[Details]',
  );
  expect(messageOf(telling(revoked, T10), 'direct:3')).toBe(
    'rob has revoked your elevation: update-app for 1h. No more credentials are issued.\n│ Enough.\n[Details]',
  );
  expect(messageOf(telling(denied, T10), 'thread:2')).toBe('*rob* has denied this.\n│ Not on a Tuesday.');
});

test('the thread counts approvals', () => {
  expect(messageOf(telling(byBoth, T10), 'thread:2')).toBe('*ruth* has approved this (1 of 2 approvals).');
  expect(messageOf(telling(byBoth, T10), 'thread:3')).toBe('*rob* has approved this (2 of 2 approvals).');
});

test('a reminder mentions only those whose approval is still missing', () => {
  const half = after(needsTwo, T10, approve('ruth'));
  const message = messageOf(telling(half, at('2026-11-24T09:20:00Z')), 'reminder:1');
  expect(message).toMatch(/^<@U0ROB> \*david\* still waits for update-app, until <!date/);
  expect(message).toContain('1 of 2 approvals are given');
});

test('a lapse is told in the thread and directly', () => {
  expect(messageOf(telling(pending, LATE), 'thread:lapsed')).toMatch(
    /^This request lapsed <!date.*2026-11-24T11:00:00Z>: nobody decided in time\.$/,
  );
  expect(messageOf(telling(pending, LATE), 'direct:lapsed')).toContain(
    'Your request for update-app has lapsed: nobody decided in time.',
  );
});

test('the notification of a card says who asks for what', () => {
  expect(messages(telling(pending, NOW))[0]?.content.text).toBe(
    '🟡 Waiting for approval: update-app for david (1h)',
  );
});
