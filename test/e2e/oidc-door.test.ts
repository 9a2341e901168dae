import { withToken } from '../../sandbox/client/api.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { ASK, byToken, told } from './elevation.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({});
}, 30_000);
afterAll(() => sandbox.stop());

const me = async (token: string) => told(await withToken(sandbox.endpoints.api, token)('GET', '/me'));

test.each(['RS256', 'ES256', 'EdDSA'] as const)('a token signed with %s is accepted', async (alg) => {
  const token = await sandbox.accessToken('david', { mfa: true, alg });
  expect(await me(token)).toMatchObject({ status: 200, person: 'david', mfa: { kind: 'token' } });
});

test('a token whose algorithm is none is refused', async () => {
  const [, payload] = (await sandbox.accessToken('david', { mfa: true })).split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
  expect(await me(`${header}.${payload}.`)).toMatchObject({ status: 401, code: 'unauthenticated' });
});

test('a token whose claims were changed is refused', async () => {
  const [header, payload = '', signature] = (await sandbox.accessToken('tess', { mfa: true })).split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, sub: '00u1ruth' })).toString('base64url');
  expect(await me(`${header}.${changed}.${signature}`)).toMatchObject({
    status: 401,
    code: 'unauthenticated',
  });
});

test('a call without a token is answered with a challenge', async () => {
  const answer = await fetch(`${sandbox.endpoints.api}/v1/me`);
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  expect(await answer.json()).toMatchObject({ code: 'unauthenticated' });
});

test('after the challenge a fresh sign-in is enough to ask', async () => {
  const before = await byToken(sandbox, 'david', 30);
  expect(told(await before('POST', '/elevations', ASK))).toMatchObject({
    status: 401,
    code: 'step-up-required',
  });
  const after = await byToken(sandbox, 'david', 0);
  expect(told(await after('POST', '/elevations', ASK))).toMatchObject({ status: 201, state: 'pending' });
});

test('an old MFA of the approver is not enough to approve, but to deny', async () => {
  const david = await byToken(sandbox, 'david', 0);
  const ask = { role: 'read-billing', duration: '4h', reason: 'Yearly costs' };
  const { id } = told(await david('POST', '/elevations', ask));
  const ruth = await byToken(sandbox, 'ruth', 30);
  expect(told(await ruth('POST', `/elevations/${id}/approval`))).toMatchObject({
    status: 401,
    code: 'step-up-required',
  });
  expect(told(await ruth('POST', `/elevations/${id}/denial`))).toMatchObject({
    status: 200,
    state: 'denied',
  });
});

test('a token is good until its end, and no longer', async () => {
  const token = await sandbox.accessToken('david', { mfa: true });
  expect(await me(token)).toMatchObject({ status: 200 });
  await sandbox.advance(24 * 60);
  expect(await me(token)).toMatchObject({ status: 401, code: 'unauthenticated' });
});
