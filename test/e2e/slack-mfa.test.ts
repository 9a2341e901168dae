import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { jest } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { byToken, mfaSession, told } from './elevation.ts';
import { askedBy, commandsIn, formOf, linkRob, readBy, said, saidInFull, textOf } from './slack-hands.ts';
import { buttonsOf, cardOf, DAVID } from './telling.ts';

jest.setTimeout(60_000); // they are many steps, on machines that may have other work

/** The commands that Slack shows are run as people would run them; skipped where there is no curl. */
const withCurl = spawnSync('curl', ['--version']).status === 0 ? test : test.skip;
const RUTH_ARN = 'arn:aws:iam::111111111111:user/Ruth';
const FINISH = 'This needs a fresh proof of MFA, which Slack cannot give. Nothing was done here.';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({});
  await linkRob(sandbox);
});
afterAll(() => sandbox.stop());

/** Runs a command as it was copied; the status and what is asked of the body. */
async function run(command: string | undefined, variables: Readonly<Record<string, string>>) {
  if (command === undefined) throw new Error('Slack shows no such command.');
  const env = { PATH: process.env['PATH'], ...variables };
  const { stdout } = await promisify(execFile)('sh', ['-c', `${command} -w '\\n%{http_code}'`], { env });
  const [body = '', status] = stdout.split(/\n(?=\d+$)/);
  return told({ status: Number(status), body: JSON.parse(body), headers: new Headers() });
}

const token = async (person: string) => ({
  DRAWBRIDGE_TOKEN: await sandbox.accessToken(person, { mfa: true, minutesAgo: 0 }),
});

/** A new request of David's by the rule that wants MFA of everybody and two approvals; and its card. */
async function askedForADay() {
  const david = await byToken(sandbox, 'david', 0);
  const ask = { role: 'read-billing', duration: '4h', reason: 'Look at the costs of a day' };
  const { id, code } = told(await david('POST', '/elevations', ask));
  if (id === undefined) throw new Error(`David could not ask: ${code}`);
  await sandbox.settle();
  return { id, card: cardOf(sandbox, id, 'C0REQUESTS') };
}

describe('where approving wants MFA', () => {
  test('the card has no button to approve but the calls that do it, and Slack decides nothing', async () => {
    const { id, card } = await askedForADay();
    expect(buttonsOf(card)).toEqual(['deny', 'details']);
    expect(textOf(card.blocks)).toContain('Approving takes a proof of MFA no older than 15m');
    const [oidc, iam, ...more] = commandsIn(card.blocks);
    expect(oidc).toContain(`'${sandbox.endpoints.api}/v1/elevations/${id}/approval'`);
    expect(iam).toContain(`'${sandbox.endpoints.api}/iam/v1/elevations/${id}/approval'`);
    expect(more).toEqual([]);
    const [list] = (await sandbox.slack.as('U0RUTH').command('pending')).replies;
    if (list === undefined) throw new Error('Ruth is shown no list.');
    const pressed = await sandbox.slack.as('U0RUTH').press('approve', list);
    expect(saidInFull(pressed)).toContain(FINISH);
    expect(commandsIn(pressed.replies.at(-1)?.blocks ?? [])).toEqual([oidc, iam]);
    expect(await readBy(sandbox, 'david', id)).toEqual({ state: 'pending', events: ['requested'] });
    // To stop needs no proof.
    await sandbox.slack.as('U0RUTH').press('deny', card);
    await sandbox.slack.as('U0RUTH').submit();
    await sandbox.slack.as('U0RUTH').cancel();
    expect((await readBy(sandbox, 'david', id)).state).toBe('denied');
  });

  withCurl('the calls, copied from the card, approve at both doors', async () => {
    const { id, card } = await askedForADay();
    const [oidc, iam] = commandsIn(card.blocks);
    const session = await mfaSession(sandbox, RUTH_ARN);
    const keys = {
      AWS_ACCESS_KEY_ID: session.accessKeyId,
      AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
      AWS_SESSION_TOKEN: session.sessionToken ?? '',
    };
    expect(await run(iam, keys)).toMatchObject({ status: 200, id, state: 'pending' });
    await sandbox.settle();
    const half = cardOf(sandbox, id, 'C0REQUESTS');
    expect(textOf(half.blocks)).toContain('Approved by *ruth*');
    expect(buttonsOf(half)).toEqual(['deny', 'details']);
    expect(await run(oidc, await token('rob'))).toMatchObject({ status: 200, id, state: 'approved' });
    await sandbox.settle();
    expect(cardOf(sandbox, id, 'C0REQUESTS').text).toContain('Approved: read-billing for david (4h)');
  });

  withCurl('the call of one card does not approve what another shows', async () => {
    const [one, other] = [await askedForADay(), await askedForADay()];
    const [command] = commandsIn(one.card.blocks);
    const mixed = command?.replace(one.id, other.id);
    expect(await run(mixed, await token('rob'))).toMatchObject({ status: 409, code: 'digest-mismatch' });
  });
});

describe('where asking wants MFA', () => {
  const nasty = "Fix David's `banner` & <b> “now”, $HOME \\ 10 %";

  withCurl('one line is answered by the calls that ask for the very same', async () => {
    const before = await askedBy(sandbox, 'david');
    const seen = await sandbox.slack.as(DAVID).command(`update-app 1h OPS-12 ${nasty}`);
    expect(said(seen)).toContain(FINISH);
    expect(await askedBy(sandbox, 'david')).toEqual(before);
    const [command] = commandsIn(seen.replies.at(-1)?.blocks ?? []);
    const { id = '', ...asked } = await run(command, await token('david'));
    expect(asked).toMatchObject({ status: 201, state: 'pending' });
    await sandbox.settle();
    const card = textOf(cardOf(sandbox, id).blocks);
    for (const words of [`│ ${nasty}`, 'Ticket\nOPS-12', 'Duration\n1h']) expect(card).toContain(words);
  });

  withCurl('the form ends with the calls, and asks for nothing', async () => {
    const before = await askedBy(sandbox, 'david');
    const david = sandbox.slack.as(DAVID);
    await david.command('');
    const terms = formOf(await david.fill('role', 'update-app'));
    expect(terms).toContain('Slack cannot prove MFA: you get the exact call to finish with');
    await david.fill('duration update-app', '1h');
    await david.fill('ticket', 'OPS-12');
    await david.fill('reason', nasty);
    const sent = await david.submit();
    await david.cancel();
    expect(formOf(sent)).toContain(FINISH);
    expect(await askedBy(sandbox, 'david')).toEqual(before);
    const [command] = commandsIn(sent.form?.view.blocks ?? []);
    expect(await run(command, await token('david'))).toMatchObject({ status: 201, state: 'pending' });
  });
});
