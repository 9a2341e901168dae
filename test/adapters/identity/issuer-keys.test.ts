import { issuerKeys } from '../../../shared/adapters/identity/issuer-keys.ts';
import { type Provider, startProvider } from './provider.ts';

const FIRST = { alg: 'RS256', kid: 'first' };
const SECOND = { alg: 'RS256', kid: 'second' };

const realNow = Date.now;
let idp: Provider;
beforeEach(async () => {
  idp = await startProvider();
});
afterEach(() => {
  Date.now = realNow;
  idp.stop();
});

async function outcomeOf(answer: ReturnType<ReturnType<typeof issuerKeys>>): Promise<string> {
  const key = await answer;
  return 'fault' in key ? key.fault : key.type;
}

function letPass(milliseconds: number): void {
  Date.now = () => realNow() + milliseconds;
}

test('keys are fetched once for many tokens', async () => {
  const keyOf = issuerKeys(idp.issuer);
  expect(await Promise.all([1, 2, 3].map(() => outcomeOf(keyOf(FIRST))))).toEqual([
    'public',
    'public',
    'public',
  ]);
  expect(idp.keyFetches()).toBe(1);
});

test('a new key is found after the cooldown, and unknown key ids fetch nothing before it', async () => {
  const keyOf = issuerKeys(idp.issuer);
  await keyOf(FIRST);
  await idp.rotate('RS256', 'second');
  expect(await outcomeOf(keyOf(SECOND))).toBe('bad-signature');
  expect(idp.keyFetches()).toBe(1);
  letPass(30_001);
  expect(await outcomeOf(keyOf(SECOND))).toBe('public');
  expect(await outcomeOf(keyOf(FIRST))).toBe('bad-signature');
  expect(idp.keyFetches()).toBe(2);
});

test('a key that was withdrawn is no longer trusted after ten minutes', async () => {
  const keyOf = issuerKeys(idp.issuer);
  expect(await outcomeOf(keyOf(FIRST))).toBe('public');
  await idp.rotate('RS256', 'second');
  letPass(600_001);
  expect(await outcomeOf(keyOf(FIRST))).toBe('bad-signature');
});

test('keys that are known outlive a provider that is down, for ten minutes and no longer', async () => {
  const keyOf = issuerKeys(idp.issuer);
  await keyOf(FIRST);
  idp.fail(503);
  letPass(599_000);
  expect(await outcomeOf(keyOf(SECOND))).toBe('keys-unavailable');
  expect(await outcomeOf(keyOf(FIRST))).toBe('public');
  letPass(600_001);
  expect(await outcomeOf(keyOf(FIRST))).toBe('keys-unavailable');
});

test('a provider that was down is asked again', async () => {
  const keyOf = issuerKeys(idp.issuer);
  idp.fail(503);
  expect(await outcomeOf(keyOf(FIRST))).toBe('keys-unavailable');
  idp.fail(200);
  expect(await outcomeOf(keyOf(FIRST))).toBe('public');
});

test('a provider that nothing listens for leaves the keys unavailable, and the reason says so', async () => {
  idp.stop();
  expect(await issuerKeys(idp.issuer)(FIRST)).toEqual({
    fault: 'keys-unavailable',
    detail: expect.stringContaining('ECONNREFUSED'),
  });
});

describe('a discovery document is not believed', () => {
  const cases: readonly (readonly [title: string, document: (issuer: string) => unknown, why: string])[] = [
    ['when it speaks of another issuer', () => ({ issuer: 'https://other.example.com' }), 'another issuer'],
    ['when its issuer differs in a slash', (issuer) => ({ issuer: `${issuer}/` }), 'another issuer'],
    ['when it names no keys', (issuer) => ({ issuer }), 'no jwks_uri'],
    [
      'when its keys would come over http',
      (issuer) => ({ issuer, jwks_uri: 'http://idp.example.com/keys' }),
      'http://idp.example.com is not an https address',
    ],
    ['when its keys are a file', (issuer) => ({ issuer, jwks_uri: 'file:///keys' }), 'not an https address'],
    ['when it is nothing', () => null, 'another issuer'],
  ];
  test.each(cases)('%s', async (_, document, why) => {
    idp.discovery.body = document(idp.issuer);
    expect(await issuerKeys(idp.issuer)(FIRST)).toEqual({
      fault: 'keys-unavailable',
      detail: expect.stringContaining(why),
    });
    expect(idp.keyFetches()).toBe(0);
  });
});

test('an issuer without https is not asked at all, unless it is on this machine', async () => {
  expect(await issuerKeys('http://idp.example.com')(FIRST)).toEqual({
    fault: 'keys-unavailable',
    detail: expect.stringContaining('http://idp.example.com is not an https address'),
  });
});
