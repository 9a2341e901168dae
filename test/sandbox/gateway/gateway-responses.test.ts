import { createRefusalWriter } from '../../../sandbox/gateway/gateway-responses.ts';
import { refusal } from '../../../sandbox/gateway/refusal.ts';

const headers = { 'Content-Type': "'application/problem+json'" };

test('a configured refusal has the status, headers and body of its template', () => {
  const write = createRefusalWriter([
    {
      type: 'UNAUTHORIZED',
      status: 401,
      headers: { ...headers, 'WWW-Authenticate': "'Bearer'" },
      body: '{}',
    },
  ]);
  expect(write(refusal('UNAUTHORIZED'), 'id-1')).toEqual({
    status: 401,
    headers: [
      ['x-amzn-ErrorType', 'UnauthorizedException'],
      ['Content-Type', 'application/problem+json'],
      ['WWW-Authenticate', 'Bearer'],
    ],
    body: '{}',
  });
});

test('an unconfigured refusal has the text that API Gateway gives', () => {
  expect(createRefusalWriter([])(refusal('MISSING_AUTHENTICATION_TOKEN'), 'id-1')).toEqual({
    status: 403,
    headers: [
      ['x-amzn-ErrorType', 'MissingAuthenticationTokenException'],
      ['Content-Type', 'application/json'],
    ],
    body: '{"message":"Missing Authentication Token"}',
  });
});

// "Changing the status code of this fallback … changes the status codes of all other 5XX responses."
test('the default of its hundred words a refusal that has no template, with its status too', () => {
  const write = createRefusalWriter([
    { type: 'DEFAULT_4XX', headers, body: 'four' },
    { type: 'DEFAULT_5XX', status: 500, headers, body: 'five' },
  ]);
  expect(write(refusal('ACCESS_DENIED'), 'id-1')).toMatchObject({ status: 403, body: 'four' });
  expect(write(refusal('MALFORMED_RESPONSE'), 'id-1')).toMatchObject({ status: 500, body: 'five' });
});

// "Customizing the default gateway response for 413 REQUEST_TOO_LARGE isn't currently supported."
test('a body that is too large is answered in words of the gateway’s own, whatever is configured', () => {
  const write = createRefusalWriter([{ type: 'REQUEST_TOO_LARGE', status: 413, headers, body: 'mine' }]);
  expect(write(refusal('REQUEST_TOO_LARGE'), 'id-1')).toMatchObject({
    status: 413,
    body: '{"message":"Request Too Long"}',
  });
});

test('variables of the context are filled in', () => {
  const body =
    '{"m":$context.error.messageString,"t":"$context.error.responseType","r":"$context.requestId"}';
  const write = createRefusalWriter([{ type: 'ACCESS_DENIED', headers, body }]);
  expect(JSON.parse(write(refusal('ACCESS_DENIED', 'a "quoted" word'), 'id-1').body)).toEqual({
    m: 'a "quoted" word',
    t: 'ACCESS_DENIED',
    r: 'id-1',
  });
});

test.each([
  ['a variable', { type: 'ACCESS_DENIED', headers, body: '$context.identity.sourceIp' }],
  ['a mapped header', { type: 'ACCESS_DENIED', headers: { Trace: 'context.requestId' }, body: '' }],
])('%s that the sandbox cannot fill in is an error at the start', (_title, response) => {
  expect(() => createRefusalWriter([response])).toThrow(/ACCESS_DENIED uses .* does not know/);
});
