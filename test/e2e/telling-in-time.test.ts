import { jest } from '@jest/globals';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { approved, pending } from './elevation.ts';
import {
  buttonsOf,
  CHANNEL,
  cardOf,
  DAVID,
  does,
  keysOf,
  later,
  lent,
  messagesOf,
  startTelling,
} from './telling.ts';

jest.setTimeout(60_000); // they are many steps, on machines that may have other work

let sandbox: Sandbox;
beforeAll(async () => {
  ({ sandbox } = await startTelling());
});
afterAll(() => sandbox.stop());

describe('a request that waits', () => {
  test('is reminded of in its thread 15, 45 and 105 minutes after it was made, and then no more', async () => {
    const id = await pending(sandbox);
    const inChannel = () => keysOf(sandbox, CHANNEL, id);
    await later(sandbox, 14);
    expect(inChannel()).toEqual(['card']);
    await later(sandbox, 1);
    expect(inChannel()).toEqual(['card', 'reminder:1']);
    await later(sandbox, 29);
    expect(inChannel()).toEqual(['card', 'reminder:1']);
    await later(sandbox, 1);
    expect(inChannel()).toEqual(['card', 'reminder:1', 'reminder:2']);
    await later(sandbox, 59);
    expect(inChannel()).toEqual(['card', 'reminder:1', 'reminder:2']);
    await later(sandbox, 1);
    const all = ['card', 'reminder:1', 'reminder:2', 'reminder:3'];
    expect(inChannel()).toEqual(all);
    await later(sandbox, 14);
    expect(inChannel()).toEqual(all);
    const [card, ...reminders] = messagesOf(sandbox, CHANNEL, id);
    for (const reminder of reminders) {
      expect(reminder).toMatchObject({ thread_ts: card?.ts, text: 'david still waits for update-app.' });
      expect(JSON.stringify(reminder.blocks)).toContain('<@U0RUTH>');
    }
  });

  test('is reminded of once for all that passed while nobody looked', async () => {
    const id = await pending(sandbox);
    await later(sandbox, 50);
    expect(keysOf(sandbox, CHANNEL, id)).toEqual(['card', 'reminder:2']);
  });

  test.each([
    ['approved', 'ruth', 'approval'],
    ['denied', 'ruth', 'denial'],
    ['withdrawn', 'david', 'withdrawal'],
  ] as const)('is not reminded of when it is %s', async (_, person, what) => {
    const id = await pending(sandbox);
    await later(sandbox, 16);
    await does(sandbox, person, what, id);
    await later(sandbox, 30);
    await later(sandbox, 60);
    expect(keysOf(sandbox, CHANNEL, id).filter((key) => String(key).startsWith('reminder'))).toEqual([
      'reminder:1',
    ]);
  });

  test('says on its card, in the thread and to the requester that it has lapsed', async () => {
    const id = await pending(sandbox);
    await later(sandbox, 119);
    expect(cardOf(sandbox, id).text).toContain('Waiting for approval');
    await later(sandbox, 2);
    const card = cardOf(sandbox, id);
    expect(card.text).toMatch(/Lapsed: update-app for david/);
    expect(buttonsOf(card)).toEqual(['details']);
    expect(messagesOf(sandbox, CHANNEL, id).at(-1)).toMatchObject({
      thread_ts: card.ts,
      text: 'This request has lapsed: nobody decided in time.',
    });
    const [asked, lapsed, ...more] = messagesOf(sandbox, DAVID, id);
    expect(more).toEqual([]);
    expect(asked && buttonsOf(asked)).toEqual(['details']);
    expect(lapsed?.text).toContain('Your request for update-app has lapsed');
  });
});

describe('an elevation whose time is up', () => {
  test('says so on its card and gives nothing more to press but details', async () => {
    const id = await approved(sandbox);
    await later(sandbox, 59);
    expect(cardOf(sandbox, id).text).toContain('Approved: update-app for david');
    expect(buttonsOf(cardOf(sandbox, id))).toEqual(['revoke', 'details']);
    const before = keysOf(sandbox, CHANNEL, id);
    await later(sandbox, 2);
    expect(cardOf(sandbox, id).text).toMatch(/Ended: update-app for david/);
    expect(buttonsOf(cardOf(sandbox, id))).toEqual(['details']);
    expect(keysOf(sandbox, CHANNEL, id)).toEqual(before);
    for (const message of messagesOf(sandbox, DAVID, id)) expect(buttonsOf(message)).toEqual(['details']);
  });

  test('that nobody had to approve says so as well, in the channel of roles without one', async () => {
    const id = await lent(sandbox);
    await later(sandbox, 29);
    expect(cardOf(sandbox, id, 'C0REQUESTS').text).toContain('Approved: read-billing for david');
    await later(sandbox, 2);
    expect(cardOf(sandbox, id, 'C0REQUESTS').text).toContain('Ended: read-billing for david');
  });

  test('keeps what ended it before', async () => {
    const id = await approved(sandbox);
    await does(sandbox, 'ruth', 'revocation', id);
    await later(sandbox, 61);
    expect(cardOf(sandbox, id).text).toContain('Revoked: update-app for david');
  });
});
