import { botToken, signingSecrets } from '../../../shared/adapters/secrets/slack-secrets.ts';
import { type Instant, instant } from '../../../shared/domain/instant.ts';
import type { Log } from '../../../shared/ports/log.ts';
import { inTurn, json, type ScriptedEndpoint, startEndpoint, towards } from './scripted-endpoint.ts';

const ARN = 'arn:aws:secretsmanager:us-east-1:222222222222:secret:drawbridge/test/slack-AbCdEf';
const OLD = '0123456789abcdef0123456789abcdef';
const NEW = 'fedcba9876543210fedcba9876543210';

const before = { ...process.env };
let endpoint: ScriptedEndpoint;
let now: Instant;
const clock = () => now;
beforeEach(async () => {
  now = instant(0);
  endpoint = await startEndpoint();
  process.env = { ...before, ...towards('SECRETS_MANAGER', endpoint.url) };
});
afterEach(async () => {
  process.env = before;
  await endpoint.stop();
});

/** API_GetSecretValue: a secret is SecretString, or SecretBinary. */
const secret = (SecretString: string) => json({ ARN, Name: 'slack', SecretString });

test.each([
  ['one secret', OLD, [OLD]],
  ['one secret and a line end', `${OLD}\n`, [OLD]],
  ['the new and the old one during a rotation', `${NEW}\n${OLD}`, [NEW, OLD]],
  ['lines that end as on Windows, and blank ones', `\r\n${NEW}\r\n \r\n${OLD}\r\n`, [NEW, OLD]],
  ['the shortest one', '0123456789abcdef', ['0123456789abcdef']],
])('signing secrets are read from %s', async (_what, text, secrets) => {
  endpoint.answer(() => secret(text));
  expect(await signingSecrets(ARN, clock)()).toEqual(secrets);
  expect(endpoint.calls.map(({ body }) => JSON.parse(body))).toEqual([{ SecretId: ARN }]);
});

test.each([
  ['no secret', ''],
  ['blank lines', '\n \n'],
  ['three secrets', `${OLD}\n${NEW}\n${OLD}`],
  ['a secret of fifteen characters', OLD.slice(0, 15)],
  ['a short one beside a right one', `${OLD}\n${NEW.slice(0, 15)}`],
])('%s is no signing secret; the error says what to do and not what is there', async (_what, text) => {
  endpoint.answer(() => secret(text));
  const error = await signingSecrets(ARN, clock)().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ message: expect.stringMatching(/^The secret arn:.* Store one, or two/) });
  expect(String(error)).not.toMatch(/0123456789|fedcba/);
});

test.each(['xoxb-123-456-AbC', ' xoxb-123-456-AbC\n'])('the token of %j is read', async (text) => {
  endpoint.answer(() => secret(text));
  expect(await botToken(ARN, clock)()).toBe('xoxb-123-456-AbC');
});

test.each(['', 'xoxp-123-456-AbC', 'xoxb-', 'xoxb-123\r\nx-evil: 1', 'Bearer xoxb-123'])(
  '%j is not the token of a bot, and does not stand in the error',
  async (text) => {
    endpoint.answer(() => secret(text));
    const error = await botToken(ARN, clock)().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: expect.stringContaining('Store the one that begins with xoxb-.'),
    });
    expect(String(error)).not.toMatch(/123|evil/);
  },
);

test('a secret that is no text is told so', async () => {
  endpoint.answer(() => json({ ARN, Name: 'slack', SecretBinary: 'AAAA' }));
  await expect(botToken(ARN, clock)()).rejects.toThrow('Store it as plain text.');
});

test('a secret that may not be read is told so', async () => {
  endpoint.answer(() => json({ __type: 'AccessDeniedException', Message: 'Not authorized.' }, 400));
  await expect(botToken(ARN, clock)()).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('a call whose answer is lost is made again', async () => {
  endpoint.answer(inTurn('hangs up', secret('xoxb-1')));
  expect(await botToken(ARN, clock)()).toBe('xoxb-1');
});

test('a secret that is spoilt while it is in use goes on as it was, and the log says so without it', async () => {
  const entries: Parameters<Log>[] = [];
  const token = botToken(ARN, clock, (...entry) => entries.push(entry));
  endpoint.answer(inTurn(secret('xoxb-right'), secret('xoxp-wrong')));
  await token();
  now = instant(5 * 60_000);
  expect(await token()).toBe('xoxb-right');
  expect(entries).toEqual([['warn', 'secret-not-refreshed', { secret: ARN, reason: 'Error' }]]);
});
