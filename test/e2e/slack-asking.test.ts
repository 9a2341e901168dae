import { jest } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { byToken } from './elevation.ts';
import { askedBy, formOf, readBy, said, saidInFull } from './slack-hands.ts';
import { DAVID, messagesOf } from './telling.ts';

jest.setTimeout(60_000); // they are many steps, on machines that may have other work

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({});
});
afterAll(() => sandbox.stop());

/** What David had asked for before. */
let before: readonly string[];
beforeEach(async () => {
  before = await askedBy(sandbox, 'david');
});
// Whatever a test lends is given back.
afterEach(async () => {
  const visitor = await byToken(sandbox, 'david');
  for (const id of await askedNow()) await visitor('POST', `/elevations/${id}/return`);
});

const david = () => sandbox.slack.as(DAVID);

async function askedNow(): Promise<readonly string[]> {
  return (await askedBy(sandbox, 'david')).filter((id) => !before.includes(id));
}

describe('the form', () => {
  test('offers the roles that somebody may ask for, by a part of their name, account or description', async () => {
    await david().command('');
    const offered = async (typed: string) => (await david().options('role', typed)).map(({ value }) => value);
    const all = ['read-billing', 'read-hub-billing', 'update-app'];
    expect((await offered('')).toSorted()).toEqual(all);
    expect(await offered('UPDATE')).toEqual(['update-app']);
    expect(await offered('222222222222')).toEqual(['read-hub-billing']);
    expect(await offered('what development costs')).toEqual(['read-billing']);
    expect(await offered('payroll')).toEqual([]);
    await sandbox.slack.as('U0TESS').command('');
    const toTess = await sandbox.slack.as('U0TESS').options('role', '');
    expect(toTess.map(({ value }) => value)).not.toContain('update-app');
  });

  test('shows what a role will take before anything is sent', async () => {
    expect(formOf(await david().command(''))).toBe('Choose a role: then you see here what it takes.');
    expect(formOf(await david().fill('role', 'read-billing'))).toBe(
      [
        'Read what Development costs',
        'Account 111111111111, arn:aws:iam::111111111111:role/ReadBilling',
        '• Up to 1h, by rule billing-for-an-hour',
        '• Required: nothing beside the request itself',
        '• A reason of at least 5 characters',
        '• Up to 8h, by rule billing-for-a-day',
        '• Required: MFA no older than 15m, counted back from the request; 2 approvals by group:release-managers, within 2h; MFA of each approver no older than 15m',
        '• Slack cannot prove MFA: you get the exact call to finish with',
        '• A reason of at least 5 characters',
      ].join('\n'),
    );
  });

  test('says under each field what to mend, and asks for nothing until all is well', async () => {
    await david().command('');
    await david().fill('role', 'update-app');
    await david().fill('duration update-app', '4h');
    await david().fill('reason', 'Fix the banner');
    await david().fill('ticket', 'JIRA-12');
    const refused = await david().submit();
    expect(refused.trouble).toBeUndefined();
    expect(refused.form?.errors).toEqual({ ticket: expect.stringContaining('OPS-') });
    expect(await askedNow()).toEqual([]);
  });

  test('asks once, however often it is sent', async () => {
    await david().command('');
    await david().fill('role', 'read-billing');
    await david().fill('duration read-billing', '30m');
    await david().fill('reason', 'Look at the costs');
    const [one, two] = await Promise.all([david().submit(), david().submit()]);
    expect([one.trouble, two.trouble]).toEqual([undefined, undefined]);
    expect(david().form()).toBeUndefined();
    const [id = '', ...more] = await askedNow();
    expect(more).toEqual([]);
    expect(await readBy(sandbox, 'david', id)).toEqual({ state: 'approved', events: ['requested'] });
    await sandbox.settle();
    expect(messagesOf(sandbox, DAVID, id).map(({ text }) => text)).toEqual([
      'You have asked for read-billing for 30m.',
    ]);
  });
});

describe('the command', () => {
  test('asks in one line', async () => {
    expect(said(await david().command('read-billing 30m Look at the costs'))).toBe(
      'You have asked for read-billing for 30m. It is yours now; a direct message says how to get credentials.',
    );
    expect(await askedNow()).toHaveLength(1);
  });

  test.each([
    ['a role that is nearly called so', 'read-biling 30m Look at the costs', 'Did you mean read-billing'],
    ['a reason that is too short', 'read-billing 30m why', 'at least 5 characters'],
    ['words that are no command', 'open sesame', 'That is no command.'],
  ])('says what to mend of %s', async (_, typed, sentence) => {
    expect(saidInFull(await david().command(typed))).toContain(sentence);
    expect(await askedNow()).toEqual([]);
  });

  test('lists what somebody has asked for, and gives back what they hold', async () => {
    expect(said(await david().command('return'))).toBe('You hold no role, so there is nothing to give back.');
    await david().command('read-billing 30m Look at the costs');
    expect(saidInFull(await david().command('mine'))).toContain(
      'david: read-billing for 30m, approved\n│ Look at the costs',
    );
    await david().command('read-hub-billing 15m And at those of the hub');
    const several = await david().command('return');
    const [choice] = several.replies;
    if (choice === undefined) throw new Error('David is given no choice.');
    expect(choice.text).toBe('Which one do you give back?');
    const [newest = '', oldest = ''] = await askedNow();
    expect(said(await david().command(`return ${oldest}`))).toBe(
      'You have returned read-billing for david (30m).',
    );
    expect(said(await david().press('return', choice))).toBe(
      'You have returned read-hub-billing for david (15m).',
    );
    for (const id of [newest, oldest]) expect((await readBy(sandbox, 'david', id)).state).toBe('returned');
  });

  test('explains itself', async () => {
    const help = saidInFull(await david().command('help'));
    for (const words of ['mine', 'pending', 'return', 'link', 'unlink']) {
      expect(help).toContain(`/drawbridge ${words}`);
    }
  });
});
