import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { ACR_MFA, ACR_PASSWORD } from '../../../sandbox/idp/people.ts';
import { type Idp, startIdp } from '../../../sandbox/idp/start-idp.ts';
import { Browser, type SignIn, type Visit } from './browser.ts';

const PEOPLE = [
  { handle: 'david', subject: '00u1david', groups: ['developers', 'on-call'] },
  { handle: 'ruth', subject: '00u2ruth', groups: [] },
];
const REDIRECT = 'http://127.0.0.1:50123/callback';
const MINUTE_MS = 60_000;
const LOGIN: SignIn = { person: 'david', mfa: true };

let idp: Idp;
beforeAll(async () => {
  idp = await startIdp({ people: PEOPLE });
});
afterEach(() => idp.setClockOffset(0));
afterAll(() => idp.stop());

/** Verifies as a resource server would, at a time of the sandbox. */
async function verified(token: string, minutesAhead = 0) {
  return jwtVerify(token, createRemoteJWKSet(new URL(`${idp.issuer}/jwks`)), {
    issuer: idp.issuer,
    audience: 'drawbridge',
    typ: 'at+jwt',
    currentDate: new Date(Date.now() + minutesAhead * MINUTE_MS),
    clockTolerance: 5,
  });
}

describe('a token of the sandbox’s own door', () => {
  test.each(['RS256', 'ES256', 'EdDSA'] as const)('verifies by %s', async (alg) => {
    const { protectedHeader } = await verified(await idp.accessToken('david', { mfa: true, alg }));
    expect(protectedHeader).toMatchObject({ alg, typ: 'at+jwt' });
  });

  // RFC 9068, 2.2: the claims of an access token.
  test('says who, for whom, in which groups, and how that was proved', async () => {
    const { payload } = await verified(await idp.accessToken('david', { mfa: true, minutesAgo: 10 }));
    expect(payload).toMatchObject({
      sub: '00u1david',
      client_id: 'drawbridge-cli',
      jti: expect.any(String),
      groups: ['developers', 'on-call'],
      amr: ['pwd', 'otp', 'mfa'],
      acr: ACR_MFA,
    });
    expect(Number(payload.iat) - Number(payload['auth_time'])).toBe(600);
  });

  test('without MFA says so', async () => {
    const { payload } = await verified(await idp.accessToken('ruth', { mfa: false }));
    expect(payload).toMatchObject({ sub: '00u2ruth', groups: [], amr: ['pwd'], acr: ACR_PASSWORD });
  });

  test('can be had with curl', async () => {
    const response = await fetch(`${idp.issuer}/token-for/david?mfa=true&minutesAgo=1`, { method: 'POST' });
    const answer: unknown = await response.json();
    expect(answer).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 3600 });
  });

  test.each([
    ['/token-for/nobody', /Nobody here is called nobody. There are david, ruth./],
    ['/token-for/david?mfa=perhaps', /mfa/],
    ['/token-for/david?minutesAgo=-1', /minutesAgo/],
    ['/token-for/david?alg=none', /alg/],
    ['/token-for/david?admin=true', /admin/],
  ])('is refused at %s', async (path, reason) => {
    const response = await fetch(`${idp.issuer}${path}`, { method: 'POST' });
    expect([response.status, await response.text()]).toEqual([400, expect.stringMatching(reason)]);
  });
});

test('tokens follow the sandbox’s clock', async () => {
  await idp.setClockOffset(90 * MINUTE_MS);
  const token = await idp.accessToken('david', { mfa: true });
  const { payload } = await verified(token, 90);
  expect(Math.round((Number(payload.iat) * 1000 - Date.now()) / MINUTE_MS)).toBe(90);
  await expect(verified(token, 90 + 61)).rejects.toThrow(/"exp" claim timestamp check failed/);
});

describe('the authorization code flow with PKCE', () => {
  type Flow = {
    readonly visit: Visit;
    readonly tokens: Awaited<ReturnType<typeof openid.authorizationCodeGrant>>;
  };

  async function client(): Promise<openid.Configuration> {
    // The client's clock is the machine's; the provider's may be ahead of it.
    const metadata = { [openid.clockSkew]: 3600 };
    return openid.discovery(new URL(idp.issuer), 'drawbridge-cli', metadata, openid.None(), {
      execute: [openid.allowInsecureRequests],
    });
  }

  async function flow(browser: Browser, signIn: SignIn, more: Record<string, string> = {}): Promise<Flow> {
    const config = await client();
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT,
      scope: 'openid drawbridge',
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      ...more,
    });
    const visit = await browser.visit(url, signIn);
    return {
      visit,
      tokens: await openid.authorizationCodeGrant(config, visit.arrivedAt, { pkceCodeVerifier }),
    };
  }

  test('ends with an access token of the same shape and an ID token', async () => {
    const { visit, tokens } = await flow(new Browser(), LOGIN);
    expect(visit.signedIn).toBe(true);
    const { payload } = await verified(tokens.access_token);
    expect(payload).toMatchObject({
      sub: '00u1david',
      acr: ACR_MFA,
      amr: ['pwd', 'otp', 'mfa'],
      groups: ['developers', 'on-call'],
    });
    expect(tokens.claims()).toMatchObject({
      aud: 'drawbridge-cli',
      sub: '00u1david',
      acr: ACR_MFA,
      auth_time: payload['auth_time'],
    });
  });

  test('an ID token is no access token: it is for the client', async () => {
    const { tokens } = await flow(new Browser(), LOGIN);
    await expect(verified(tokens.id_token ?? '')).rejects.toThrow(/unexpected "aud"|"typ"/);
  });

  test('a session is used again, with the time of its sign-in', async () => {
    const browser = new Browser();
    const first = await flow(browser, LOGIN);
    await idp.setClockOffset(5 * MINUTE_MS);
    const second = await flow(browser, LOGIN);
    expect(second.visit.signedIn).toBe(false);
    const authTime = (tokens: Flow['tokens']) => decodeJwt(tokens.access_token)['auth_time'];
    expect(authTime(second.tokens)).toBe(authTime(first.tokens));
  });

  // RFC 9470, section 4: max_age and acr_values of the challenge go into the authorization request.
  test('max_age asks for a new sign-in once the old one is older', async () => {
    const browser = new Browser();
    await flow(browser, LOGIN, { max_age: '900' });
    await idp.setClockOffset(14 * MINUTE_MS);
    expect((await flow(browser, LOGIN, { max_age: '900' })).visit.signedIn).toBe(false);
    await idp.setClockOffset(16 * MINUTE_MS);
    const late = await flow(browser, LOGIN, { max_age: '900' });
    expect(late.visit.signedIn).toBe(true);
    const { payload } = await verified(late.tokens.access_token, 16);
    expect(Number(payload.iat) - Number(payload['auth_time'])).toBeLessThan(5);
  });

  test('acr_values steps a session without MFA up', async () => {
    const browser = new Browser();
    await flow(browser, { person: 'david', mfa: false });
    const stepped = await flow(browser, LOGIN, { acr_values: ACR_MFA });
    expect(stepped.visit.signedIn).toBe(true);
    expect(decodeJwt(stepped.tokens.access_token)).toMatchObject({ acr: ACR_MFA });
  });

  test('whoever does not reach the context that was asked for gets the one that was reached', async () => {
    const { tokens } = await flow(new Browser(), { person: 'david', mfa: false }, { acr_values: ACR_MFA });
    expect(decodeJwt(tokens.access_token)).toMatchObject({ acr: ACR_PASSWORD, amr: ['pwd'] });
  });

  test('a refreshed token proves nothing anew', async () => {
    const config = await client();
    const { tokens } = await flow(new Browser(), LOGIN);
    await idp.setClockOffset(30 * MINUTE_MS);
    const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
    const before = decodeJwt(tokens.access_token);
    const after = decodeJwt(refreshed.access_token);
    expect(after['auth_time']).toBe(before['auth_time']);
    expect(Number(after.iat)).toBeGreaterThan(Number(before.iat));
  });

  test('without PKCE there is no code', async () => {
    const url = openid.buildAuthorizationUrl(await client(), { redirect_uri: REDIRECT, scope: 'openid' });
    const { arrivedAt } = await new Browser().visit(url, LOGIN);
    expect(arrivedAt.searchParams.get('error')).toBe('invalid_request');
  });
});

test('a port that is taken is said to be taken', async () => {
  const port = Number(new URL(idp.issuer).port);
  await expect(startIdp({ people: PEOPLE, port })).rejects.toThrow(/does not start: listen EADDRINUSE/);
});
