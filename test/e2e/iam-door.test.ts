import { awsCalls } from '../../sandbox/demo/aws-calls.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { ASK, approved, bySignature, byToken, mfaSession, pending, told } from './elevation.ts';

const DAVID = 'arn:aws:iam::111111111111:user/David';
const RUTH = 'arn:aws:iam::111111111111:user/Ruth';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({});
}, 30_000);
beforeEach(() => sandbox.advance(1)); // a device shows a code once in 30 s
afterAll(() => sandbox.stop());

test('the session that STS gave for a code asks', async () => {
  const david = bySignature(sandbox, await mfaSession(sandbox, DAVID));
  expect(told(await david('POST', '/elevations', ASK))).toMatchObject({ status: 201, state: 'pending' });
});

test('both doors lead to the same person', async () => {
  const signed = bySignature(sandbox, await mfaSession(sandbox, DAVID));
  const token = await byToken(sandbox, 'david', 0);
  const { id } = told(await signed('POST', '/elevations', ASK));
  expect((await token('GET', `/elevations/${id}`)).status).toBe(200);
  expect((await token('GET', '/me')).body).toMatchObject({ person: 'david' });
});

test('nobody approves their own request with their other identity', async () => {
  const id = await pending(sandbox);
  const david = bySignature(sandbox, await mfaSession(sandbox, DAVID));
  expect(told(await david('POST', `/elevations/${id}/approval`))).toMatchObject({
    status: 403,
    code: 'own-request',
  });
});

test('an approver decides at the IAM door', async () => {
  const id = await pending(sandbox);
  const ruth = bySignature(sandbox, await mfaSession(sandbox, RUTH));
  expect(told(await ruth('POST', `/elevations/${id}/approval`))).toMatchObject({
    status: 200,
    state: 'approved',
  });
});

test('long-term keys are refused, with MFA or not', async () => {
  const david = bySignature(sandbox, sandbox.aws.userCredentials(DAVID));
  expect(told(await david('POST', '/elevations', ASK))).toMatchObject({ status: 403, code: 'forbidden' });
  expect(told(await david('GET', '/me'))).toMatchObject({ status: 403, code: 'forbidden' });
});

test('an MFA session of more than 15 minutes asks nothing more, but fetches credentials', async () => {
  const id = await approved(sandbox);
  const david = bySignature(sandbox, await mfaSession(sandbox, DAVID));
  await sandbox.advance(16);
  expect(told(await david('POST', '/elevations', ASK))).toMatchObject({ status: 403, code: 'forbidden' });
  expect((await david('POST', `/elevations/${id}/credentials`)).status).toBe(200);
});

test.each([
  ['root of a listed account', 'arn:aws:iam::111111111111:root'],
  ['root of another account', 'arn:aws:iam::999999999999:root'],
  ['root of the hub', 'arn:aws:iam::222222222222:root'],
])('%s is refused', async (_title, arn) => {
  const root = bySignature(sandbox, sandbox.aws.userCredentials(arn));
  expect(told(await root('POST', '/elevations', ASK))).toMatchObject({ status: 403 });
});

test('a role is refused, also one of a listed account', async () => {
  const id = await approved(sandbox);
  const token = await byToken(sandbox, 'david', 0);
  const { body } = await token('POST', `/elevations/${id}/credentials`);
  const { AccessKeyId, SecretAccessKey, SessionToken } = body as Record<string, string>;
  const session = {
    accessKeyId: `${AccessKeyId}`,
    secretAccessKey: `${SecretAccessKey}`,
    sessionToken: `${SessionToken}`,
  };
  expect(await awsCalls(sandbox.endpoints.aws, session, sandbox.now).whoAmI()).toMatchObject({
    said: expect.stringContaining(':assumed-role/UpdateApp/dbr+david+'),
  });
  expect(told(await bySignature(sandbox, session)('GET', '/me'))).toMatchObject({ status: 403 });
});

test('a signature that was made for another path is refused', async () => {
  const keys = await mfaSession(sandbox, DAVID);
  const forged = bySignature(sandbox, { ...keys, secretAccessKey: `${keys.secretAccessKey}x` });
  expect(told(await forged('GET', '/me'))).toMatchObject({ status: 403 });
});
