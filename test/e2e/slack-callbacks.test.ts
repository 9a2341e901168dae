import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { jest } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { slackSignature } from '../../sandbox/slack/callbacks/sign.ts';
import { pending } from './elevation.ts';
import { readBy, said } from './slack-hands.ts';
import { cardOf } from './telling.ts';
import { emulator, root, settings } from './telling-aws.ts';

jest.setTimeout(60_000); // they are many steps, on machines that may have other work

const [OLD, NEW] = ['the-signing-secret-until-today', 'the-signing-secret-from-today-on'] as const;
const RUTH = 'U0RUTH';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({});
  await store(OLD);
  sandbox.slack.setSigningSecret(OLD);
});
afterEach(() => sandbox.stop());

/** Stores the signing secrets as an operator does; the functions have read them when this resolves. */
async function store(...secrets: readonly string[]): Promise<void> {
  const client = new SecretsManagerClient(settings(sandbox, root(sandbox)));
  const stage = /^drawbridge-([a-z]+)/.exec(sandbox.tableName)?.[1];
  await client.send(
    new PutSecretValueCommand({
      SecretId: `drawbridge/${stage}/slack-signing-secret`,
      SecretString: secrets.join('\n'),
    }),
  );
  await sandbox.advance(6); // they are kept for five minutes
}

/** Ruth presses Approve on the card of a new request, by which the callback is made. */
async function pressed() {
  const id = await pending(sandbox);
  await sandbox.settle();
  const answer = said(await sandbox.slack.as(RUTH).press('approve', cardOf(sandbox, id)));
  const callback = sandbox.slack.callbacks().at(-1);
  if (callback === undefined) throw new Error('Slack has sent nothing.');
  const { url, body } = callback;
  return { id, answer, url, body };
}

/** What the table holds when all is told. */
async function table(): Promise<unknown> {
  await sandbox.settle();
  const { Items } = await emulator(sandbox).send(
    new ScanCommand({ TableName: sandbox.tableName, ConsistentRead: true }),
  );
  return Items;
}

const post = async (url: string, body: string, headers: Readonly<Record<string, string>>) => {
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return (await fetch(url, { method: 'POST', body, headers: { ...form, ...headers } })).status;
};

const signedBy = (secret: string, body: string, seconds: number) => ({
  'X-Slack-Request-Timestamp': String(seconds),
  'X-Slack-Signature': slackSignature(secret, seconds, body),
});

describe('a click that Slack has not signed', () => {
  test('is refused at every route, and writes nothing', async () => {
    sandbox.slack.setSigningSecret('somebody-elses-signing-secret');
    const { id, answer, body, url } = await pressed();
    expect(answer).toBe('Drawbridge didn’t respond: status 401.');
    const before = await table();
    const now = Math.trunc(sandbox.now() / 1000);
    const right = signedBy(OLD, body, now);
    const wrong: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      ['no signature', {}],
      ['no timestamp', { 'X-Slack-Signature': right['X-Slack-Signature'] }],
      ['another secret', signedBy('somebody-elses-signing-secret', body, now)],
      ['another body', signedBy(OLD, `${body}&more=1`, now)],
      ['another time', { ...right, 'X-Slack-Request-Timestamp': String(now - 1) }],
      ['an older version', { ...right, 'X-Slack-Signature': right['X-Slack-Signature'].replace('v0', 'v1') }],
      ['too old', signedBy(OLD, body, now - 600)],
      ['too far ahead', signedBy(OLD, body, now + 600)],
    ];
    for (const route of ['interactions', 'commands', 'options']) {
      for (const [what, headers] of wrong) {
        expect([what, await post(url.replace('interactions', route), body, headers)]).toEqual([what, 401]);
      }
    }
    expect(await table()).toEqual(before);
    expect((await readBy(sandbox, 'david', id)).events).toEqual(['requested']);
    // The very same body, signed as Slack does, approves: it is the signature that was missing.
    expect(await post(url, body, signedBy(OLD, body, Math.trunc(sandbox.now() / 1000)))).toBe(200);
    expect((await readBy(sandbox, 'david', id)).events).toEqual(['requested', 'approved']);
  });
});

describe('a click that Slack has signed', () => {
  test('is taken once: sent again it is refused, and writes nothing', async () => {
    const { id } = await pressed();
    const { url, headers, body } = sandbox.slack.callbacks().at(-1) ?? { url: '', headers: {}, body: '' };
    const before = await table();
    expect(await post(url, body, headers)).toBe(409);
    expect(await table()).toEqual(before);
    expect((await readBy(sandbox, 'david', id)).events).toEqual(['requested', 'approved']);
  });

  test.each([
    ['another workspace', '"team":{"id":"T024BE7LD"', '"team":{"id":"T0ELSEWHERE"'],
    ['another app', '"api_app_id":"A0DRAWBRIDGE"', '"api_app_id":"A0SOMETHINGELSE"'],
    ['a user of another workspace', '"team_id":"T024BE7LD"', '"team_id":"T0ELSEWHERE"'],
  ])('is refused from %s', async (_, ours, theirs) => {
    sandbox.slack.setSigningSecret('somebody-elses-signing-secret');
    const { id, url, body } = await pressed();
    const payload = new URLSearchParams(body).get('payload') ?? '';
    const other = new URLSearchParams({ payload: payload.replace(ours, theirs) }).toString();
    expect(other).not.toBe(body);
    expect(await post(url, other, signedBy(OLD, other, Math.trunc(sandbox.now() / 1000)))).toBe(403);
    expect((await readBy(sandbox, 'david', id)).events).toEqual(['requested']);
  });

  test('counts by the old secret and by the new one during a rotation, and by the new one after it', async () => {
    await store(OLD, NEW);
    const during = [await pressed()];
    sandbox.slack.setSigningSecret(NEW);
    during.push(await pressed());
    const done = 'You have approved update-app for david (1h).';
    expect(during.map(({ answer }) => answer)).toEqual([done, done]);
    await store(NEW);
    const after = await pressed();
    expect(after.answer).toBe(done);
    sandbox.slack.setSigningSecret(OLD);
    const late = await pressed();
    expect(late.answer).toBe('Drawbridge didn’t respond: status 401.');
    expect((await readBy(sandbox, 'david', late.id)).state).toBe('pending');
  });
});
