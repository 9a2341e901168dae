import { jest } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import type { SlackMessage } from '../../sandbox/slack/conversations.ts';
import { approved, byToken, pending, told } from './elevation.ts';
import { linkRob, readBy, said, saidInFull, textOf } from './slack-hands.ts';
import { buttonsOf, CHANNEL, cardOf, DAVID, later, messagesOf } from './telling.ts';

jest.setTimeout(60_000); // they are many steps, on machines that may have other work

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({});
  await linkRob(sandbox);
});
afterAll(() => sandbox.stop());

const RUTH = 'U0RUTH';
const ROB = 'U0ROB';
const press = (user: string, action: string, on: SlackMessage) => sandbox.slack.as(user).press(action, on);

/** A request that waits, or lives, and its card as it is now. */
async function shown(asking = pending): Promise<{ readonly id: string; readonly card: SlackMessage }> {
  const id = await asking(sandbox);
  await sandbox.settle();
  return { id, card: cardOf(sandbox, id) };
}

/** Writes a comment into the form that a button has opened, and sends it. */
async function comment(user: string, text: string): Promise<string> {
  const person = sandbox.slack.as(user);
  await person.fill('comment', text);
  const { form, trouble } = await person.submit();
  await person.cancel();
  return trouble ?? textOf(form?.view.blocks ?? []);
}

async function ended(id: string): Promise<void> {
  const ruth = await byToken(sandbox, 'ruth', 0);
  for (const way of ['denial', 'revocation']) await ruth('POST', `/elevations/${id}/${way}`);
}

describe('approving', () => {
  test('a click approves; the card, its thread and the requester hear of it', async () => {
    const { id, card } = await shown();
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
    await ended(id);
  });

  test('a double click approves once, and both clicks are answered alike', async () => {
    const { id, card } = await shown();
    const both = await Promise.all([press(RUTH, 'approve', card), press(RUTH, 'approve', card)]);
    // Both answers reach one pair of eyes: which of them came of which click is not to be told.
    const answers = new Set(both.flatMap(({ replies }) => replies.map(({ text }) => text)));
    expect([...answers]).toEqual(['You have approved update-app for david (1h).']);
    expect((await readBy(sandbox, 'david', id)).events).toEqual(['requested', 'approved']);
    await ended(id);
  });

  test('of two who press at once one approves, and the other is told so', async () => {
    const { id, card } = await shown();
    const answers = await Promise.all([press(RUTH, 'approve', card), press(ROB, 'approve', card)]);
    expect(answers.map(said).toSorted()).toEqual([
      'This elevation is approved, so it cannot be approved.',
      'You have approved update-app for david (1h).',
    ]);
    expect((await readBy(sandbox, 'david', id)).events).toEqual(['requested', 'approved']);
    await ended(id);
  });

  test('of two who decide differently at once one prevails, and the other is told what did', async () => {
    const { id, card } = await shown();
    await press(ROB, 'deny', card);
    const [approval, denial] = await Promise.all([
      press(RUTH, 'approve', card).then(said),
      comment(ROB, 'Not today'),
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
    await ended(id);
  });
});

describe('the table decides, whatever a card shows', () => {
  test('a click on a card that has been overtaken decides nothing, and says why', async () => {
    const { id, card } = await shown();
    const ruth = await byToken(sandbox, 'ruth', 0);
    await ruth('POST', `/elevations/${id}/denial`);
    expect(said(await press(ROB, 'approve', card))).toBe(
      'This elevation is denied, so it cannot be approved.',
    );
    expect((await readBy(sandbox, 'david', id)).events).toEqual(['requested', 'denied']);
  });

  test('a card that was copied elsewhere does what the first one does, which alone is updated', async () => {
    const { id, card } = await shown();
    const copy = { ...card, channel: 'C0REQUESTS', ts: '1.000001' };
    expect(said(await press(RUTH, 'approve', copy))).toBe('You have approved update-app for david (1h).');
    await sandbox.settle();
    expect(cardOf(sandbox, id).text).toContain('Approved');
    expect(sandbox.slack.messages('C0REQUESTS')).toEqual([]);
    await ended(id);
  });

  test('a button of another request than the one that is shown beside it decides nothing', async () => {
    const [one, other] = [await shown(), await shown()];
    const [of, digest] = [one.id, buttonValueOf(other.card).split('.')[1] ?? ''];
    const forged = withValue(one.card, `${of}.${digest}`);
    expect(said(await press(RUTH, 'approve', forged))).toContain('does not show this request as it is');
    expect(said(await press(RUTH, 'approve', withValue(one.card, of)))).toContain('too old');
    for (const { id } of [one, other]) {
      expect((await readBy(sandbox, 'david', id)).events).toEqual(['requested']);
      await ended(id);
    }
  });

  test('a click after the end revokes nothing', async () => {
    const { id, card } = await shown(approved);
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
    const { id, card } = await shown();
    for (const action of ['approve', 'deny']) {
      expect(said(await press(user, action, card))).toContain(sentence);
      expect(sandbox.slack.as(user).form()).toBeUndefined();
    }
    expect((await readBy(sandbox, 'david', id)).events).toEqual(['requested']);
    await ended(id);
  });
});

describe('what waits', () => {
  test('is listed for approvers with its buttons, and for nobody else', async () => {
    const { id } = await shown();
    expect(said(await sandbox.slack.as('U0TESS').command('pending'))).toBe('Nothing waits for you.');
    const seen = await sandbox.slack.as(RUTH).command('pending');
    expect(saidInFull(seen)).toContain(
      'david: update-app for 1h (OPS-12), pending\n│ Fix the banner of the shop',
    );
    const [list] = seen.replies;
    if (list === undefined) throw new Error('Ruth is shown no list.');
    expect(said(await sandbox.slack.as(RUTH).press('approve', list))).toContain('You have approved');
    expect((await readBy(sandbox, 'david', id)).state).toBe('approved');
    await ended(id);
  });

  test('is denied with a comment, which the thread and the requester read as it was written', async () => {
    const { id, card } = await shown();
    const words = 'Not on a Friday & <!channel> *never*';
    await press(RUTH, 'deny', card);
    expect(await comment(RUTH, words)).toBe('You have denied update-app for david (1h).');
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
    const { id } = await shown();
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
    const { id, card } = await shown(approved);
    expect(said(await press(DAVID, 'revoke', card))).toBe(
      'Revoking is for others. Return your elevation instead.',
    );
    await press(RUTH, 'revoke', card);
    expect((await readBy(sandbox, 'david', id)).state).toBe('approved');
    expect(await comment(RUTH, 'Release is frozen')).toBe('You have revoked update-app for david (1h).');
    expect(await credentialsOf(id)).toBe(409);
    await sandbox.settle();
    expect(cardOf(sandbox, id).text).toContain('Revoked: update-app for david (1h)');
    for (const message of [cardOf(sandbox, id), ...messagesOf(sandbox, DAVID, id)]) {
      expect(buttonsOf(message)).toEqual(['details']);
    }
  });

  test('is given back from the direct message, by nobody but who holds it', async () => {
    const { id } = await shown(approved);
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
    const { id, card } = await shown(approved);
    const seen = saidInFull(await press(RUTH, 'details', card));
    expect(seen).toContain(`\`${id}\``);
    expect(seen).toContain('2. approved by ruth (oidc)');
    expect(said(await press('U0TESS', 'details', card))).toContain('not yours to see');
    await ended(id);
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
