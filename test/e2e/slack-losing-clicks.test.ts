import { jest } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import type { SlackMessage } from '../../sandbox/slack/conversations.ts';
import { approved, byToken } from './elevation.ts';
import { comment, ended, RUTH, shown } from './slack-cards.ts';
import { linkRob, readBy, said } from './slack-hands.ts';
import { cardOf, DAVID, later } from './telling.ts';

jest.setTimeout(60_000); // they are many steps, on machines that may have other work

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({});
  await linkRob(sandbox);
});
afterAll(() => sandbox.stop());

const ROB = 'U0ROB';
const press = (user: string, action: string, on: SlackMessage) => sandbox.slack.as(user).press(action, on);

describe('two people at once', () => {
  test('who both press Approve: one approves, and the other is told so', async () => {
    const { id, card } = await shown(sandbox);
    const answers = await Promise.all([press(RUTH, 'approve', card), press(ROB, 'approve', card)]);
    expect(answers.map(said).toSorted()).toEqual([
      'This elevation is approved, so it cannot be approved.',
      'You have approved update-app for david (1h).',
    ]);
    expect((await readBy(sandbox, 'david', id)).events).toEqual(['requested', 'approved']);
    await ended(sandbox, id);
  });

  test('who decide differently: one prevails, and the other is told what did', async () => {
    const { id, card } = await shown(sandbox);
    await press(ROB, 'deny', card);
    const [approval, denial] = await Promise.all([
      press(RUTH, 'approve', card).then(said),
      comment(sandbox, ROB, 'Not today'),
    ]);
    const { state, events } = await readBy(sandbox, 'david', id);
    expect(events).toEqual(['requested', state]);
    expect([approval, denial]).toEqual(
      state === 'approved'
        ? [
            'You have approved update-app for david (1h).',
            'This elevation is approved, so it cannot be denied.',
          ]
        : [
            'This elevation is denied, so it cannot be approved.',
            'You have denied update-app for david (1h).',
          ],
    );
    await ended(sandbox, id);
  });
});

describe('the table decides, whatever a card shows', () => {
  test('a click on a card that has been overtaken decides nothing, and says why', async () => {
    const { id, card } = await shown(sandbox);
    const ruth = await byToken(sandbox, 'ruth', 0);
    await ruth('POST', `/elevations/${id}/denial`);
    expect(said(await press(ROB, 'approve', card))).toBe(
      'This elevation is denied, so it cannot be approved.',
    );
    expect((await readBy(sandbox, 'david', id)).events).toEqual(['requested', 'denied']);
  });

  test('a card that was copied elsewhere does what the first one does, which alone is updated', async () => {
    const { id, card } = await shown(sandbox);
    const copy = { ...card, channel: 'C0REQUESTS', ts: '1.000001' };
    expect(said(await press(RUTH, 'approve', copy))).toBe('You have approved update-app for david (1h).');
    await sandbox.settle();
    expect(cardOf(sandbox, id).text).toContain('Approved');
    expect(sandbox.slack.messages('C0REQUESTS')).toEqual([]);
    await ended(sandbox, id);
  });

  test('a button of another request than the one that is shown beside it decides nothing', async () => {
    const [one, other] = [await shown(sandbox), await shown(sandbox)];
    const [of, digest] = [one.id, buttonValueOf(other.card).split('.')[1] ?? ''];
    const forged = withValue(one.card, `${of}.${digest}`);
    expect(said(await press(RUTH, 'approve', forged))).toContain('does not show this request as it is');
    expect(said(await press(RUTH, 'approve', withValue(one.card, of)))).toContain('too old');
    for (const { id } of [one, other]) {
      expect((await readBy(sandbox, 'david', id)).events).toEqual(['requested']);
      await ended(sandbox, id);
    }
  });

  test('a click after the end revokes nothing', async () => {
    const { id, card } = await shown(sandbox, approved);
    await later(sandbox, 61);
    expect(said(await press(RUTH, 'revoke', card))).toBe('This elevation is ended, so it cannot be revoked.');
    expect(sandbox.slack.as(RUTH).form()).toBeUndefined();
    expect(await readBy(sandbox, 'david', id)).toEqual({ state: 'ended', events: ['requested', 'approved'] });
  });

  test.each([
    ['the requester', DAVID, 'Nobody decides on their own request. Ask another approver.'],
    ['somebody who may not see it', 'U0TESS', 'There is no such request, or it is not yours to see.'],
    ['somebody whom nobody knows yet', 'U0OMAR', 'Drawbridge does not know yet who you are.'],
    ['a guest', 'U0GUEST', 'Drawbridge is not for guests.'],
  ])('%s presses Approve and Deny in vain', async (_, user, sentence) => {
    const { id, card } = await shown(sandbox);
    for (const action of ['approve', 'deny']) {
      expect(said(await press(user, action, card))).toContain(sentence);
      expect(sandbox.slack.as(user).form()).toBeUndefined();
    }
    expect((await readBy(sandbox, 'david', id)).events).toEqual(['requested']);
    await ended(sandbox, id);
  });
});

/** What the first button of a message carries. */
function buttonValueOf({ blocks }: SlackMessage): string {
  const actions = blocks.find((block) => block.type === 'actions');
  const [button] = actions?.type === 'actions' ? actions.elements : [];
  return button?.type === 'button' ? (button.value ?? '') : '';
}

/** The message with buttons that carry something else. */
function withValue(message: SlackMessage, value: string): SlackMessage {
  const blocks = message.blocks.map((block) =>
    block.type === 'actions'
      ? { ...block, elements: block.elements.map((element) => ({ ...element, value }) as typeof element) }
      : block,
  );
  return { ...message, blocks };
}
