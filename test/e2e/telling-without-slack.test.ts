import { jest } from '@jest/globals';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { Fault } from '../../sandbox/slack/faults.ts';
import { approved, pending } from './elevation.ts';
import {
  buttonsOf,
  CHANNEL,
  cardOf,
  DAVID,
  does,
  keysOf,
  later,
  messagesOf,
  queue,
  sentOf,
  startTelling,
} from './telling.ts';

jest.setTimeout(60_000); // they are many steps, on machines that may have other work

let sandbox: Sandbox;
beforeAll(async () => {
  ({ sandbox } = await startTelling());
});
afterEach(async () => {
  sandbox.slack.recover();
  await later(sandbox, 16); // nothing of one test is left to the next
});
afterAll(() => sandbox.stop());

const isDown = (fault: Fault) =>
  sandbox.slack.fail({ method: '*', times: Number.POSITIVE_INFINITY, with: fault });

describe('while Slack is down', () => {
  test.each<Fault>([
    { kind: 'unavailable' },
    { kind: 'unreached' },
    { kind: 'error', code: 'internal_error' },
    { kind: 'rate-limited', retryAfterSeconds: 30 },
  ])('($kind) everything else goes on, and when it is back all is told once and in order', async (fault) => {
    isDown(fault);
    const [revoked, denied] = [await approved(sandbox), await pending(sandbox)];
    await sandbox.settle();
    await does(sandbox, 'david', 'credentials', revoked);
    await later(sandbox, 2);
    await does(sandbox, 'ruth', 'revocation', revoked);
    await does(sandbox, 'rob', 'denial', denied);
    await later(sandbox, 2);
    expect(sentOf(sandbox, revoked)).toEqual(['requested', 'approved', 'issue-intended', 'revoked']);
    expect(sentOf(sandbox, denied)).toEqual(['requested', 'denied']);
    expect([...messagesOf(sandbox, CHANNEL, revoked), ...messagesOf(sandbox, DAVID, revoked)]).toEqual([]);
    expect(queue(sandbox, 'announce').messages()).toEqual([]); // waiting for Slack takes no tries

    sandbox.slack.recover();
    await later(sandbox, 16);
    expect(keysOf(sandbox, CHANNEL, revoked)).toEqual(['card', 'thread:2', 'thread:4']);
    expect(keysOf(sandbox, DAVID, revoked)).toEqual(['direct:1', 'direct:2', 'direct:4']);
    expect(cardOf(sandbox, revoked).text).toContain('Revoked: update-app for david');
    expect(
      messagesOf(sandbox, CHANNEL, revoked)
        .map(({ text }) => text)
        .slice(1),
    ).toEqual(['ruth has approved this (1 of 1 approvals).', 'ruth has revoked this.']);
    for (const message of [cardOf(sandbox, revoked), ...messagesOf(sandbox, DAVID, revoked)]) {
      expect(buttonsOf(message)).toEqual(['details']);
    }
    expect(keysOf(sandbox, CHANNEL, denied)).toEqual(['card', 'thread:2']);
    expect(keysOf(sandbox, DAVID, denied)).toEqual(['direct:1', 'direct:2']);
    expect(cardOf(sandbox, denied).text).toContain('Denied: update-app for david');
  });

  test('for hours, nothing is given up and nothing is lost', async () => {
    isDown({ kind: 'unavailable' });
    const id = await pending(sandbox);
    for (let hour = 0; hour < 26; hour++) await later(sandbox, 60);
    expect(queue(sandbox, 'announce-dead-letters').messages()).toEqual([]);
    sandbox.slack.recover();
    await later(sandbox, 16);
    expect(cardOf(sandbox, id).text).toContain('Lapsed: update-app for david');
    expect(keysOf(sandbox, CHANNEL, id)).toEqual(['card', 'thread:lapsed']);
    expect(keysOf(sandbox, DAVID, id)).toEqual(['direct:1', 'direct:lapsed']);
  });
});

describe('when Slack does not take one message', () => {
  test('what belongs behind it in the channel waits, and the requester is told all the same', async () => {
    sandbox.slack.fail({ method: 'chat.postMessage', with: { kind: 'unavailable' } });
    const id = await approved(sandbox);
    await sandbox.settle();
    expect(keysOf(sandbox, DAVID, id)).toContain('direct:1');
    await later(sandbox, 2);
    expect(keysOf(sandbox, CHANNEL, id)).toEqual(['card', 'thread:2']);
    expect(keysOf(sandbox, DAVID, id)).toEqual(['direct:1', 'direct:2']);
  });

  test('what the requester is to read after it waits as well', async () => {
    isDown({ kind: 'unavailable' });
    const id = await approved(sandbox);
    await sandbox.settle();
    sandbox.slack.recover();
    sandbox.slack.fail({ method: 'conversations.open', with: { kind: 'unavailable' } });
    await later(sandbox, 16);
    await later(sandbox, 16);
    expect(keysOf(sandbox, DAVID, id)).toEqual(['direct:1', 'direct:2']);
  });

  test('an update of the card that fails is made up for', async () => {
    const id = await pending(sandbox);
    await sandbox.settle();
    sandbox.slack.fail({ method: 'chat.update', with: { kind: 'unavailable' } });
    await does(sandbox, 'ruth', 'denial', id);
    await sandbox.settle();
    expect(cardOf(sandbox, id).text).toContain('Waiting for approval');
    await later(sandbox, 2);
    expect(cardOf(sandbox, id).text).toContain('Denied: update-app for david');
    expect(keysOf(sandbox, CHANNEL, id)).toEqual(['card', 'thread:2']);
  });
});

describe('when Slack asks to wait', () => {
  const waits = (retryAfterSeconds: number) =>
    sandbox.slack.fail({ method: 'chat.postMessage', with: { kind: 'rate-limited', retryAfterSeconds } });

  test('the channel is left alone for so long, and no longer', async () => {
    waits(300);
    const id = await pending(sandbox);
    await sandbox.settle();
    expect(keysOf(sandbox, DAVID, id)).toEqual(['direct:1']);
    await later(sandbox, 4); // the fault is used up: another try would post
    expect(keysOf(sandbox, CHANNEL, id)).toEqual([]);
    await later(sandbox, 2);
    expect(keysOf(sandbox, CHANNEL, id)).toEqual(['card']);
  });

  test('also when something happens to it meanwhile', async () => {
    waits(300);
    const id = await pending(sandbox);
    await sandbox.settle();
    await does(sandbox, 'ruth', 'approval', id);
    await later(sandbox, 3);
    expect(keysOf(sandbox, CHANNEL, id)).toEqual([]);
    await later(sandbox, 3);
    expect(keysOf(sandbox, CHANNEL, id)).toEqual(['card', 'thread:2']);
  });

  test('again and again, all cards of the channel come in the end, each once', async () => {
    sandbox.slack.fail({
      method: 'chat.postMessage',
      times: 15,
      with: { kind: 'rate-limited', retryAfterSeconds: 5 },
    });
    const ids = [await pending(sandbox), await pending(sandbox), await pending(sandbox)];
    for (const id of ids) await does(sandbox, 'david', 'withdrawal', id);
    for (let minute = 0; minute < 6; minute++) await later(sandbox, 1);
    for (const id of ids) {
      expect(keysOf(sandbox, CHANNEL, id)).toEqual(['card', 'thread:2']);
      expect(keysOf(sandbox, DAVID, id)).toEqual(['direct:1']);
    }
  });
});

describe('when Slack takes a message and its answer is lost', () => {
  test.each<Fault>([{ kind: 'answer-lost' }, { kind: 'silent' }])(
    '($kind) the card is found, not posted again, and goes on as the one card',
    async (fault) => {
      sandbox.slack.fail({ method: 'chat.postMessage', with: fault });
      const id = await pending(sandbox);
      await sandbox.settle();
      const { ts } = cardOf(sandbox, id);
      await later(sandbox, 2);
      await does(sandbox, 'ruth', 'approval', id);
      await sandbox.settle();
      expect(cardOf(sandbox, id)).toMatchObject({
        ts,
        text: expect.stringContaining('Approved: update-app'),
      });
      expect(keysOf(sandbox, CHANNEL, id)).toEqual(['card', 'thread:2']);
    },
  );

  test('so are a message of the thread and one to the requester', async () => {
    const id = await pending(sandbox);
    await sandbox.settle();
    sandbox.slack.fail({ method: 'chat.postMessage', times: 2, with: { kind: 'answer-lost' } });
    await does(sandbox, 'ruth', 'denial', id);
    await later(sandbox, 2);
    await later(sandbox, 2);
    expect(keysOf(sandbox, CHANNEL, id)).toEqual(['card', 'thread:2']);
    expect(keysOf(sandbox, DAVID, id)).toEqual(['direct:1', 'direct:2']);
  });
});
