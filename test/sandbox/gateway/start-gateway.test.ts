import { type Api, answered, failed, proxyEventOf, refusalOf, startApi } from './api.ts';

let api: Api;
beforeAll(async () => {
  // Routes without a door, so that what is tested here is the way and not the door.
  api = await startApi((hub) => ({
    ...hub,
    routes: hub.routes.map((route) => ({ ...route, door: { kind: 'open' } })),
  }));
});
beforeEach(() => {
  api.events.length = 0;
  api.answers.clear();
});
afterAll(() => api.stop());

const event = () => proxyEventOf(api, 0);

test('an unknown path and an unknown method are refused as API Gateway does', async () => {
  for (const [method, path] of [
    ['GET', '/v2/me'],
    ['DELETE', '/v1/elevations'],
    ['GET', '/'],
  ] as const) {
    const response = await fetch(`${api.url}${path}`, { method });
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    expect(await refusalOf(response)).toEqual([403, 'unauthenticated']);
  }
  expect(api.events).toEqual([]);
});

test('every answer names the request', async () => {
  const { headers } = await fetch(`${api.url}/v1/healthz`);
  expect(headers.get('x-amzn-requestid')).toBe('3c3ecbaa-1690-11e8-ae31-8f39f1d24afd');
  expect(headers.get('x-amz-apigw-id')).toBe('PD7LqhaQEeiuMY8=');
  expect(headers.get('date')).toBe('Tue, 24 Nov 2026 12:00:00 GMT');
});

test('a function gets the event of a Lambda proxy integration', async () => {
  await fetch(`${api.url}/v1/elevations/a%20b/approval?one=1&many=a&many=b%2Bc`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Amzn-Trace-Id': 'mine',
      'X-Forwarded-For': '192.0.2.1',
    },
    body: '{"comment":"ä"}',
  });
  expect(event()).toMatchObject({
    resource: '/v1/elevations/{id}/approval',
    path: '/v1/elevations/a%20b/approval',
    httpMethod: 'POST',
    queryStringParameters: { one: '1', many: 'b+c' },
    multiValueQueryStringParameters: { one: ['1'], many: ['a', 'b+c'] },
    pathParameters: { id: 'a b' },
    stageVariables: null,
    body: '{"comment":"ä"}',
    isBase64Encoded: false,
    requestContext: {
      accountId: '222222222222',
      apiId: 'drawbridge',
      stage: 'sandbox',
      path: '/sandbox/v1/elevations/a%20b/approval',
      resourcePath: '/v1/elevations/{id}/approval',
      httpMethod: 'POST',
      protocol: 'HTTP/1.1',
      requestId: '3c3ecbaa-1690-11e8-ae31-8f39f1d24afd',
      requestTime: '24/Nov/2026:12:00:00 +0000',
      requestTimeEpoch: Date.parse('2026-11-24T12:00:00Z'),
      identity: {
        accountId: null,
        accessKey: null,
        caller: null,
        user: null,
        userArn: null,
        sourceIp: '127.0.0.1',
      },
    },
  });
});

test('the gateway speaks for the connection, and keeps what belongs to it', async () => {
  await fetch(`${api.url}/v1/healthz`, {
    headers: { 'X-Forwarded-For': '192.0.2.1', 'X-Forwarded-Proto': 'http', 'Max-Forwards': '3' },
  });
  const { 'X-Forwarded-For': origin, ...headers } = event().headers;
  expect(origin).toBe('192.0.2.1, 127.0.0.1');
  expect(headers).toMatchObject({ 'X-Forwarded-Proto': 'https', 'X-Forwarded-Port': '443' });
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  expect(names.filter((name) => name === 'x-forwarded-proto')).toHaveLength(1);
  expect(names).not.toContain('connection');
  expect(names).not.toContain('max-forwards');
});

test('what is not there is null', async () => {
  await fetch(`${api.url}/v1/healthz`);
  expect(event()).toMatchObject({
    body: null,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
  });
});

test('the challenge of a function reaches the client under another name', async () => {
  api.answers.set('elevations', () =>
    answered({ statusCode: 401, headers: { 'WWW-Authenticate': 'Bearer error="x"' }, body: '{}' }),
  );
  const { headers } = await fetch(`${api.url}/v1/me`);
  expect(headers.get('www-authenticate')).toBeNull();
  expect(headers.get('x-amzn-remapped-www-authenticate')).toBe('Bearer error="x"');
});

// "If the function output is of a different format, API Gateway returns a 502 Bad Gateway"; the template of
// DEFAULT_5XX, whose status is 500, takes its place.
test.each([
  ['fails', () => failed('Task timed out')],
  ['answers what is no response', () => answered({ status: 200 })],
])('a function that %s is answered by the default of 5XX', async (_title, answer) => {
  api.answers.set('elevations', answer);
  const response = await fetch(`${api.url}/v1/me`);
  expect(response.headers.get('x-amzn-errortype')).toBe('InternalServerErrorException');
  expect(await refusalOf(response)).toEqual([500, 'internal']);
});

test('where no default is configured it is 502', async () => {
  const bare = await startApi((hub) => ({ ...hub, gatewayResponses: [] }));
  bare.answers.set('elevations', () => failed('broken'));
  const response = await fetch(`${bare.url}/v1/healthz`);
  const body = await response.text();
  await bare.stop();
  expect([response.status, body]).toEqual([502, '{"message":"Internal server error"}']);
});

// API Gateway quotas for REST APIs: payload size 10 MB.
test('a body of 10 MB passes and a byte more does not', async () => {
  const post = (bytes: number) =>
    fetch(`${api.url}/v1/elevations`, { method: 'POST', body: Buffer.alloc(bytes, 'x') });
  expect((await post(10 * 1024 * 1024)).status).toBe(200);
  expect((await post(10 * 1024 * 1024 + 1)).status).toBe(413);
  expect(api.events).toHaveLength(1);
});

test('an open route is open only as far as the resource policy allows it', async () => {
  expect((await fetch(`${api.url}/v1/healthz`)).status).toBe(200);
  const closed = await fetch(`${api.url}/iam/v1/me`);
  expect(closed.headers.get('x-amzn-errortype')).toBe('AccessDeniedException');
  expect(await refusalOf(closed)).toEqual([403, 'forbidden']);
});
