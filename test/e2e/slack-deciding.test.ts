import { jest } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import type { SlackMessage } from '../../sandbox/slack/conversations.ts';
import { approved, byToken, told } from './elevation.ts';
import { comment, ended, RUTH, shown } from './slack-cards.ts';
import { readBy, said, saidInFull, textOf } from './slack-hands.ts';
import { buttonsOf, CHANNEL, cardOf, DAVID, messagesOf } from './telling.ts';

jest.setTimeout(60_000); // they are many steps, on machines that may have other work

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({});
});
afterAll(() => sandbox.stop());

const press = (user: string, action: string, on: SlackMessage) => sandbox.slack.as(user).press(action, on);

describe('approving', () => {
  test('a click approves; the card, its thread and the requester hear of it', async () => {
    const { id, card } = await shown(sandbox);
    expect(buttonsOf(card)).toEqual(['approve', 'deny', 'details']);
    expect(said(await press(RUTH, 'approve', card))).toBe('You have approved update-app for david (1h).');
    expect(await readBy(sandbox, 'david', id)).toEqual({
      state: 'approved',
      events: ['requested', 'approved'],
    });
    await sandbox.settle();
    const after = cardOf(sandbox, id);
    expect(after.ts).toBe(card.ts);
    expect(after.text).toContain('Approved: update-app for david (1h)');
    expect(textOf(after.blocks)).toContain('Approved by *ruth*');
    expect(buttonsOf(after)).toEqual(['revoke', 'details']);
    expect(messagesOf(sandbox, CHANNEL, id).at(-1)).toMatchObject({
      thread_ts: card.ts,
      text: 'ruth has approved this (1 of 1 approvals).',
    });
    expect(messagesOf(sandbox, DAVID, id).at(-1)?.text).toContain('ruth has approved your request');
    await ended(sandbox, id);
  });

  test('a double click approves once, and both clicks are answered alike', async () => {
    const { id, card } = await shown(sandbox);
    const both = await Promise.all([press(RUTH, 'approve', card), press(RUTH, 'approve', card)]);
    // Both answers reach one pair of eyes: which of them came of which click is not to be told.
    const answers = new Set(both.flatMap(({ replies }) => replies.map(({ text }) => text)));
    expect([...answers]).toEqual(['You have approved update-app for david (1h).']);
    expect((await readBy(sandbox, 'david', id)).events).toEqual(['requested', 'approved']);
    await ended(sandbox, id);
  });
});

describe('what waits', () => {
  test('is listed for approvers with its buttons, and for nobody else', async () => {
    const { id } = await shown(sandbox);
    expect(said(await sandbox.slack.as('U0TESS').command('pending'))).toBe('Nothing waits for you.');
    const seen = await sandbox.slack.as(RUTH).command('pending');
    expect(saidInFull(seen)).toContain(
      'david: update-app for 1h (OPS-12), pending\n│ Fix the banner of the shop',
    );
    const [list] = seen.replies;
    if (list === undefined) throw new Error('Ruth is shown no list.');
    expect(said(await sandbox.slack.as(RUTH).press('approve', list))).toContain('You have approved');
    expect((await readBy(sandbox, 'david', id)).state).toBe('approved');
    await ended(sandbox, id);
  });

  test('is denied with a comment, which the thread and the requester read as it was written', async () => {
    const { id, card } = await shown(sandbox);
    const words = 'Not on a Friday & <!channel> *never*';
    await press(RUTH, 'deny', card);
    expect(await comment(sandbox, RUTH, words)).toBe('You have denied update-app for david (1h).');
    expect(await readBy(sandbox, 'david', id)).toEqual({ state: 'denied', events: ['requested', 'denied'] });
    await sandbox.settle();
    const places = [cardOf(sandbox, id), messagesOf(sandbox, CHANNEL, id).at(-1)];
    for (const message of [...places, messagesOf(sandbox, DAVID, id).at(-1)]) {
      expect(message?.blocks).toContainEqual(
        expect.objectContaining({
          text: expect.objectContaining({ type: 'plain_text', text: `│ ${words}` }),
        }),
      );
    }
    expect(buttonsOf(cardOf(sandbox, id))).toEqual(['details']);
  });

  test('is withdrawn from the direct message', async () => {
    const { id } = await shown(sandbox);
    const [asked] = messagesOf(sandbox, DAVID, id);
    if (asked === undefined) throw new Error('David is told nothing.');
    expect(said(await press(DAVID, 'withdraw', asked))).toBe('You have withdrawn update-app for david (1h).');
    await sandbox.settle();
    expect(cardOf(sandbox, id).text).toContain('Withdrawn');
    expect(buttonsOf(cardOf(sandbox, id))).toEqual(['details']);
  });
});

describe('what is lent', () => {
  const credentialsOf = async (id: string) => {
    const david = await byToken(sandbox, 'david', 0);
    return told(await david('POST', `/elevations/${id}/credentials`)).status;
  };

  test('is revoked from the card, which no more credentials follow', async () => {
    const { id, card } = await shown(sandbox, approved);
    expect(said(await press(DAVID, 'revoke', card))).toBe(
      'Revoking is for others. Return your elevation instead.',
    );
    await press(RUTH, 'revoke', card);
    expect((await readBy(sandbox, 'david', id)).state).toBe('approved');
    expect(await comment(sandbox, RUTH, 'Release is frozen')).toBe(
      'You have revoked update-app for david (1h).',
    );
    expect(await credentialsOf(id)).toBe(409);
    await sandbox.settle();
    expect(cardOf(sandbox, id).text).toContain('Revoked: update-app for david (1h)');
    for (const message of [cardOf(sandbox, id), ...messagesOf(sandbox, DAVID, id)]) {
      expect(buttonsOf(message)).toEqual(['details']);
    }
  });

  test('is given back from the direct message, by nobody but who holds it', async () => {
    const { id } = await shown(sandbox, approved);
    const message = messagesOf(sandbox, DAVID, id).at(-1);
    if (message === undefined) throw new Error('David is told nothing.');
    expect(said(await press(RUTH, 'return', message))).toBe(
      'Only the person who asked can return an elevation.',
    );
    expect(said(await press(DAVID, 'return', message))).toBe('You have returned update-app for david (1h).');
    expect(await credentialsOf(id)).toBe(409);
    await sandbox.settle();
    expect(cardOf(sandbox, id).text).toContain('Returned');
  });

  test('is shown in detail to those alone who may see it', async () => {
    const { id, card } = await shown(sandbox, approved);
    const seen = saidInFull(await press(RUTH, 'details', card));
    expect(seen).toContain(`\`${id}\``);
    expect(seen).toContain('2. approved by ruth (oidc)');
    expect(said(await press('U0TESS', 'details', card))).toContain('not yours to see');
    await ended(sandbox, id);
  });
});
