import type { Credentials } from '../../../sandbox/aws/aws.ts';
import { withSignature } from '../../../sandbox/client/api.ts';
import { DAVID, ISSUER, withMfa } from '../aws/story.ts';
import { type Api, proxyEventOf, startApi } from './api.ts';

let api: Api;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.stop());

const ROOT_OF_DEVELOPMENT = 'arn:aws:iam::111111111111:root';
const FIFTEEN_MINUTES = 15 * 60;

function signedBy(credentials: Credentials) {
  return withSignature(api.url, credentials, api.story.now);
}

/** Status and error type of asking for an elevation. */
async function ask(credentials: Credentials): Promise<readonly [number, string | null]> {
  const { status, headers } = await signedBy(credentials)('POST', '/elevations', { role: 'update-app' });
  return [status, headers.get('x-amzn-errortype')];
}

const DENIED = [403, 'AccessDeniedException'];

test('a fresh MFA session of a listed account comes in, and the function learns who it is', async () => {
  const session = await withMfa(api.story, DAVID);
  expect(await ask(session)).toEqual([200, null]);
  const { requestContext, headers } = proxyEventOf(api, 0);
  expect(requestContext.authorizer).toBeUndefined();
  expect(requestContext.identity).toMatchObject({
    userArn: DAVID,
    accountId: '111111111111',
    accessKey: session.accessKeyId,
    caller: expect.stringMatching(/^AIDA/),
    user: expect.stringMatching(/^AIDA/),
    cognitoIdentityId: null,
    sourceIp: '127.0.0.1',
  });
  // "The Authorization header is dropped if it contains a Signature Version 4 signature" (Important notes).
  expect(Object.keys(headers).map((name) => name.toLowerCase())).not.toContain('authorization');
});

test('at the bound of its MFA it still comes in, a second later not', async () => {
  const session = await withMfa(api.story, DAVID);
  api.story.move(FIFTEEN_MINUTES);
  expect(await ask(session)).toEqual([200, null]);
  api.story.move(1);
  expect(await ask(session)).toEqual(DENIED);
});

test('an older MFA session may still fetch credentials', async () => {
  const session = await withMfa(api.story, DAVID);
  api.story.move(FIFTEEN_MINUTES + 1);
  const { status } = await signedBy(session)('POST', '/elevations/01J/credentials');
  expect([status, api.events.map(({ name }) => name)]).toEqual([200, ['credentials']]);
});

test.each<[title: string, credentials: () => Credentials]>([
  ['long-term keys', () => api.story.aws.userCredentials(DAVID)],
  ['the root user', () => api.story.aws.userCredentials(ROOT_OF_DEVELOPMENT)],
  ['a role of the hub', () => api.story.aws.functionCredentials(ISSUER, 'drawbridge-credentials')],
])('%s are refused by the policies', async (_title, credentials) => {
  expect(await ask(credentials())).toEqual(DENIED);
  expect(api.events).toEqual([]);
});

test('an expired session is told so', async () => {
  const session = await withMfa(api.story, DAVID);
  api.story.move(13 * 3600);
  expect(await ask(session)).toEqual([403, 'ExpiredTokenException']);
});

test('a wrong secret is a wrong signature', async () => {
  const session = await withMfa(api.story, DAVID);
  const forged = { ...session, secretAccessKey: 'x'.repeat(40) };
  expect(await ask(forged)).toEqual([403, 'InvalidSignatureException']);
});

test('keys that nobody has are refused as a signature that nobody can verify', async () => {
  const unknown = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) };
  expect(await ask(unknown)).toEqual([403, 'InvalidSignatureException']);
});

test.each<[title: string, headers: Record<string, string>, errorType: string]>([
  ['no signature', {}, 'MissingAuthenticationTokenException'],
  ['a bearer token', { Authorization: 'Bearer e30.e30.x' }, 'InvalidSignatureException'],
])('%s does not come in', async (_title, headers, errorType) => {
  const response = await fetch(`${api.url}/iam/v1/me`, { headers });
  expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([403, errorType]);
  expect(api.events).toEqual([]);
});
