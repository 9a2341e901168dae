import type { JWTPayload } from 'jose';
import { exportSPKI, importJWK, SignJWT } from 'jose';
import { oidcVerifier } from '../../../shared/adapters/identity/oidc.ts';
import type { OidcProvider } from '../../../shared/domain/access.ts';
import { type Instant, instant } from '../../../shared/domain/instant.ts';
import type { TokenFault, TokenVerifier } from '../../../shared/ports/caller-identity.ts';
import { accessOf, given, person, provider } from './access.ts';
import { type Provider, startProvider } from './provider.ts';

const NOW = instant(Date.UTC(2026, 10, 24, 9));
const SECONDS = NOW / 1000;

let idp: Provider;
beforeEach(async () => {
  idp = await startProvider();
});
afterEach(() => idp.stop());

function verifierOf(entries: readonly Partial<OidcProvider>[] = [{}], now: Instant = NOW): TokenVerifier {
  const david = person('david', { oidc: [{ issuer: idp.issuer, subject: '00u1david' }] });
  const access = accessOf(
    [david],
    entries.map((entry) => provider(idp.issuer, entry)),
  );
  return oidcVerifier({ access, clock: () => now });
}

function claimsWith(differing: JWTPayload = {}): JWTPayload {
  return {
    iss: idp.issuer,
    aud: 'drawbridge',
    sub: '00u1david',
    iat: SECONDS - 30,
    exp: SECONDS + 300,
    amr: ['pwd', 'hwk'],
    auth_time: SECONDS - 60,
    groups: ['Everyone', 'Platform'],
    ...differing,
  };
}

async function faultOf(token: string, verify = verifierOf()): Promise<TokenFault | 'none'> {
  const answer = await verify(token);
  return 'fault' in answer ? answer.fault : 'none';
}

test('an access token says which person calls, with the groups that rules name and the proof of MFA', async () => {
  expect(await verifierOf()(await idp.sign(claimsWith()))).toEqual({
    person: 'david',
    door: 'oidc',
    tokenGroups: ['Platform'],
    mfa: { kind: 'token', evidence: 'amr:hwk', at: NOW - 60_000 },
  });
});

test.each(['RS256', 'ES256', 'EdDSA'])('a token signed with %s is accepted', async (algorithm) => {
  await idp.rotate(algorithm, 'only');
  expect(await faultOf(await idp.sign(claimsWith()))).toBe('none');
});

describe('claims', () => {
  // Skew of 60 s either way; exp is the first second at which a token no longer counts (RFC 7519, section 4.1.4).
  const cases: readonly (readonly [title: string, differing: JWTPayload, fault: TokenFault | 'none'])[] = [
    ['an issuer that is not in the file is refused', { iss: 'https://other.example.com' }, 'unknown-issuer'],
    ['an issuer of which the file has only the beginning is refused', { iss: 'IDP/x' }, 'unknown-issuer'],
    ['another audience is refused', { aud: 'payroll' }, 'wrong-audience'],
    ['an audience that only begins alike is refused', { aud: 'drawbridge-test' }, 'wrong-audience'],
    ['one audience among several is accepted', { aud: ['payroll', 'drawbridge'] }, 'none'],
    ['the client is no audience', { aud: 'payroll', client_id: 'drawbridge' }, 'wrong-audience'],
    ['59 s after its end a token still counts', { exp: SECONDS - 59 }, 'none'],
    ['60 s after its end it no longer does', { exp: SECONDS - 60 }, 'expired'],
    ['61 s after its end it no longer does', { exp: SECONDS - 61 }, 'expired'],
    ['issued 60 s from now counts', { iat: SECONDS + 60 }, 'none'],
    ['issued 61 s from now does not', { iat: SECONDS + 61 }, 'not-yet-valid'],
    ['valid 60 s from now counts', { nbf: SECONDS + 60 }, 'none'],
    ['valid 61 s from now does not', { nbf: SECONDS + 61 }, 'not-yet-valid'],
    ['an end in words is refused', { exp: 'tomorrow' as unknown as number }, 'malformed'],
    ['an empty subject is refused', { sub: '' }, 'missing-claim'],
    ['a subject who is nobody of the file is refused', { sub: '00u2tess' }, 'unknown-person'],
    ['a subject that only begins alike is refused', { sub: '00u1davi' }, 'unknown-person'],
    ['a nonce makes it an ID token', { nonce: 'n' }, 'not-an-access-token'],
    ['at_hash makes it an ID token', { at_hash: 'h' }, 'not-an-access-token'],
    ['c_hash makes it an ID token', { c_hash: 'h' }, 'not-an-access-token'],
    ["Cognito's ID token is refused", { token_use: 'id' }, 'not-an-access-token'],
  ];
  test.each(cases)('%s', async (_, differing, fault) => {
    const iss = differing.iss?.replace('IDP', idp.issuer) ?? idp.issuer;
    expect(await faultOf(await idp.sign(claimsWith({ ...differing, iss })))).toBe(fault);
  });

  test.each(['iss', 'exp', 'iat', 'sub'])('a token without %s is refused', async (name) => {
    const { [name]: _, ...rest } = claimsWith();
    expect(await faultOf(await idp.sign(rest))).toBe('missing-claim');
  });

  test('a token without audience is refused', async () => {
    const { aud: _, ...rest } = claimsWith();
    expect(await faultOf(await idp.sign(rest))).toBe('wrong-audience');
  });
});

describe('types', () => {
  const cases: readonly (readonly [
    title: string,
    typ: unknown,
    differing: JWTPayload,
    fault: TokenFault | 'none',
  ])[] = [
    ['at+jwt is an access token', 'at+jwt', {}, 'none'],
    ['application/at+jwt is one', 'application/AT+JWT', {}, 'none'],
    ["Okta's has no typ but a scope", undefined, { scp: ['drawbridge'], cid: 'cli' }, 'none'],
    ["Entra's is a JWT with a scope", 'JWT', { scp: 'elevate', ver: '2.0' }, 'none'],
    ["Auth0's is a JWT with a scope", 'JWT', { scope: 'openid' }, 'none'],
    ['one that says nothing of itself is refused', 'JWT', {}, 'not-an-access-token'],
    ['one without typ and scope is refused', undefined, {}, 'not-an-access-token'],
    ['a logout token is refused', 'logout+jwt', { scope: 'x' }, 'not-an-access-token'],
    ['an ID token by its type is refused', 'id_token', { scope: 'x' }, 'not-an-access-token'],
    ['a type that is no text is refused', 7, { scope: 'x' }, 'not-an-access-token'],
  ];
  test.each(cases)('%s', async (_, typ, differing, fault) => {
    expect(await faultOf(await idp.sign(claimsWith(differing), { typ }))).toBe(fault);
  });
});

describe('a provider whose tokens name their client', () => {
  const cognito = [{ accepts: { claim: 'client_id', value: 'drawbridge' } }] as const;
  const cases: readonly (readonly [title: string, claims: JWTPayload, fault: TokenFault | 'none'])[] = [
    ['an access token is accepted', { client_id: 'drawbridge', token_use: 'access' }, 'none'],
    ['an ID token is refused', { client_id: 'drawbridge', token_use: 'id' }, 'not-an-access-token'],
    [
      'one that does not say its use is refused',
      { client_id: 'drawbridge', scope: 'x' },
      'not-an-access-token',
    ],
    ['one of another client is refused', { client_id: 'other', token_use: 'access' }, 'wrong-audience'],
    ['the audience is no client', { aud: 'drawbridge', token_use: 'access' }, 'wrong-audience'],
  ];
  test.each(cases)('%s', async (_, differing, fault) => {
    const { aud: __, ...rest } = claimsWith();
    const token = await idp.sign({ ...rest, ...differing }, { typ: undefined });
    expect(await faultOf(token, verifierOf(cognito))).toBe(fault);
  });
});

test('two entries of one issuer each judge the tokens of their own audience', async () => {
  const verify = verifierOf([
    { accepts: { claim: 'aud', value: 'weak' }, mfa: { amr: [], acr: [], acrs: [] } },
    { accepts: { claim: 'aud', value: 'strong' } },
  ]);
  const kindOf = async (aud: string) => {
    const answer = await verify(await idp.sign(claimsWith({ aud })));
    return 'fault' in answer ? answer.fault : answer.mfa.kind;
  };
  expect([await kindOf('weak'), await kindOf('strong'), await kindOf('none')]).toEqual([
    'absent',
    'token',
    'wrong-audience',
  ]);
});

describe('signatures', () => {
  test('a changed claim is refused', async () => {
    const [header, , signature] = (await idp.sign(claimsWith())).split('.');
    const payload = Buffer.from(JSON.stringify(claimsWith({ sub: '00u3ruth' }))).toString('base64url');
    expect(await faultOf(`${header}.${payload}.${signature}`)).toBe('bad-signature');
  });

  test('a key that the provider does not publish is refused, also under the name of one that it does', async () => {
    const stranger = await startProvider();
    const key = await stranger.add('RS256', 'first');
    stranger.stop();
    expect(await faultOf(await idp.sign(claimsWith(), {}, key))).toBe('bad-signature');
    expect(await faultOf(await idp.sign(claimsWith(), {}, { ...key, kid: 'unknown' }))).toBe('bad-signature');
  });

  test('a token that brings its own key is refused', async () => {
    const stranger = await startProvider();
    const key = await stranger.add('RS256', 'own');
    const jwk = given(stranger.published().at(-1));
    stranger.stop();
    expect(await faultOf(await idp.sign(claimsWith(), { jwk }, key))).toBe('bad-signature');
  });

  test('a token that names no key is refused where the provider has several', async () => {
    const token = await idp.sign(claimsWith(), { kid: undefined });
    expect(await faultOf(token)).toBe('none');
    await idp.add('RS256', 'second');
    expect(await faultOf(token)).toBe('bad-signature');
  });

  test('the algorithm none is refused', async () => {
    const unsigned = [{ alg: 'none', typ: 'at+jwt' }, claimsWith()]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    expect(await faultOf(`${unsigned}.`)).toBe('algorithm-not-allowed');
  });

  test('HS256 with the public key as its secret is refused', async () => {
    const key = await importJWK(given(idp.published()[0]), 'RS256', { extractable: true });
    if (key instanceof Uint8Array) throw new Error('An RSA key is no secret.');
    const secret = new TextEncoder().encode(await exportSPKI(key));
    const forged = await new SignJWT(claimsWith())
      .setProtectedHeader({ alg: 'HS256', kid: 'first', typ: 'at+jwt' })
      .sign(secret);
    expect(await faultOf(forged)).toBe('algorithm-not-allowed');
  });

  test.each(['PS256', 'RS512', 'ES384'])('%s is not among the algorithms', async (algorithm) => {
    await idp.rotate(algorithm, 'only');
    expect(await faultOf(await idp.sign(claimsWith()))).toBe('algorithm-not-allowed');
    expect(idp.keyFetches()).toBe(0);
  });

  test('a critical header that nobody understands is refused', async () => {
    const token = await idp.sign(claimsWith());
    const header = { alg: 'RS256', kid: 'first', typ: 'at+jwt', crit: ['exp'], exp: 1 };
    const forged = [Buffer.from(JSON.stringify(header)).toString('base64url'), ...token.split('.').slice(1)];
    expect(await faultOf(forged.join('.'))).toBe('malformed');
  });

  test.each(['', 'x', 'a.b.c', '..', 'e30.e30.', 'a.b.c.d.e', `${'a'.repeat(8193)}`])(
    'what is no token is refused: %#',
    async (text) => {
      expect(['malformed', 'missing-claim']).toContain(await faultOf(text));
      expect(idp.keyFetches()).toBe(0);
    },
  );

  test('a token above 8 KB is refused before it is read', async () => {
    const token = await idp.sign(claimsWith({ padding: 'x'.repeat(8192) }));
    expect(await faultOf(token)).toBe('malformed');
    expect(idp.keyFetches()).toBe(0);
  });
});
