import { type Api, answered, failed, judged, proxyEventOf, refusalOf, startApi } from './api.ts';

const TOKEN = { headers: { Authorization: 'Bearer e30.e30.x' } };

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
beforeEach(() => {
  api.events.length = 0;
  api.answers.clear();
});
afterAll(() => api.stop());

const me = (init?: RequestInit) => fetch(`${api.url}/v1/me`, init);

test('the authorizer is asked with the token as it came and the ARN of the method', async () => {
  api.answers.set('authorize', judged('Allow'));
  expect((await me(TOKEN)).status).toBe(200);
  expect(api.events[0]).toEqual({
    name: 'authorize',
    event: {
      type: 'TOKEN',
      methodArn: 'arn:aws:execute-api:us-east-1:222222222222:drawbridge/sandbox/GET/v1/me',
      authorizationToken: 'Bearer e30.e30.x',
    },
  });
});

test('the function is told what the authorizer found out, as texts', async () => {
  api.answers.set('authorize', judged('Allow', { caller: '{"person":"david"}', age: 5, fresh: true }));
  await me(TOKEN);
  expect(proxyEventOf(api, 1).requestContext.authorizer).toEqual({
    principalId: 'david',
    caller: '{"person":"david"}',
    age: '5',
    fresh: 'true',
  });
});

test('a star in the path is a character, and stands for nothing else in the ARN', async () => {
  api.answers.set('authorize', judged('Allow'));
  expect((await fetch(`${api.url}/v1/elevations/*`, TOKEN)).status).toBe(200);
  expect(api.events[0]?.event).toMatchObject({
    methodArn: expect.stringMatching(/\/GET\/v1\/elevations\/%2A$/),
  });
});

test('every call asks the authorizer anew', async () => {
  api.answers.set('authorize', judged('Allow'));
  await me(TOKEN);
  await me(TOKEN);
  expect(api.events.map(({ name }) => name)).toEqual(['authorize', 'elevations', 'authorize', 'elevations']);
});

test.each<[title: string, init: RequestInit]>([
  ['no token', {}],
  ['an empty token', { headers: { Authorization: '' } }],
])('%s is 401, and nobody is asked', async (_title, init) => {
  const response = await me(init);
  expect(response.headers.get('www-authenticate')).toBe('Bearer');
  expect(await refusalOf(response)).toEqual([401, 'unauthenticated']);
  expect(api.events).toEqual([]);
});

// "Output from an API Gateway Lambda authorizer": you cannot set a JSON object or array as a value of the context.
test.each<
  [title: string, answer: Parameters<Api['answers']['set']>[1], status: number, code: string, type: string]
>([
  ['throws Unauthorized', () => failed('Unauthorized'), 401, 'unauthenticated', 'UnauthorizedException'],
  ['throws anything else', () => failed('JWKS down'), 500, 'internal', 'AuthorizerFailureException'],
  ['denies', judged('Deny'), 403, 'forbidden', 'AccessDeniedException'],
  ['answers nothing', () => answered(null), 500, 'internal', 'AuthorizerConfigurationException'],
  [
    'names nobody',
    () => answered({ policyDocument: { Version: '2012-10-17', Statement: [] } }),
    500,
    'internal',
    'AuthorizerConfigurationException',
  ],
  [
    'puts a list into the context',
    judged('Allow', { amr: ['mfa'] }),
    500,
    'internal',
    'AuthorizerConfigurationException',
  ],
  [
    'puts an object into the context',
    judged('Allow', { caller: {} }),
    500,
    'internal',
    'AuthorizerConfigurationException',
  ],
])('an authorizer that %s keeps the caller out', async (_title, answer, status, code, errorType) => {
  api.answers.set('authorize', answer);
  const response = await me(TOKEN);
  expect(response.headers.get('x-amzn-errortype')).toBe(errorType);
  expect(await refusalOf(response)).toEqual([status, code]);
  expect(api.events.map(({ name }) => name)).toEqual(['authorize']);
});

test('a path whose ARN is too long is refused before the authorizer is asked', async () => {
  await fetch(`${api.url}/v1/elevations/${'x'.repeat(1600)}`, TOKEN);
  expect(api.events).toEqual([]);
});

// Developer Guide, "How API Gateway resource policies affect authorization workflow", table A.
describe('the resource policy and the authorizer', () => {
  const SILENT = () =>
    answered({
      principalId: 'david',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'execute-api:Invoke',
            Resource: 'arn:aws:execute-api:us-east-1:222222222222:other/*',
          },
        ],
      },
    });
  const ALLOW = judged('Allow');
  const DENY = judged('Deny');

  test.each([
    ['Allow', 'allows', ALLOW, 200],
    ['Allow', 'is silent', SILENT, 200],
    ['Allow', 'denies', DENY, 403],
    ['silent', 'allows', ALLOW, 200],
    ['silent', 'is silent', SILENT, 403],
    ['silent', 'denies', DENY, 403],
    ['Deny', 'allows', ALLOW, 403],
  ])('with the resource policy: %s, and an authorizer that %s', async (effect, _title, answer, status) => {
    const of = (Effect: string) => ({ Effect, Principal: '*', Action: 'execute-api:Invoke', Resource: '*' });
    const Statement =
      effect === 'silent'
        ? [{ ...of('Allow'), Resource: 'arn:aws:execute-api:us-east-1:222222222222:other/*' }]
        : [of(effect)];
    const other = await startApi((hub) => ({ ...hub, resourcePolicy: { Version: '2012-10-17', Statement } }));
    other.answers.set('authorize', answer);
    const response = await fetch(`${other.url}/v1/me`, TOKEN);
    const asked = other.events.some(({ name }) => name === 'authorize');
    await other.stop();
    expect(response.status).toBe(status);
    expect(asked).toBe(effect !== 'Deny');
  });
});
