import { proxyReply } from '../../../sandbox/gateway/proxy-response.ts';

test('status, headers and body go to the client', () => {
  expect(
    proxyReply({ statusCode: 201, headers: { 'Content-Type': 'text/plain', Age: 5 }, body: 'made' }),
  ).toEqual({
    status: 201,
    headers: [
      ['Content-Type', 'text/plain'],
      ['Age', '5'],
    ],
    body: 'made',
  });
});

test('a response without a type is said to be JSON, and without a body is empty', () => {
  expect(proxyReply({ statusCode: 204 })).toEqual({
    status: 204,
    headers: [['Content-Type', 'application/json']],
    body: '',
  });
});

// "If the same key-value pair is specified in both, only the values from multiValueHeaders will appear."
test('headers of both lists are merged, and a pair that is in both comes once', () => {
  const reply = proxyReply({
    statusCode: 200,
    headers: { Link: 'one', Vary: 'Accept' },
    multiValueHeaders: { Link: ['one', 'two'] },
  });
  expect(reply?.headers.slice(1)).toEqual([
    ['Vary', 'Accept'],
    ['Link', 'one'],
    ['Link', 'two'],
  ]);
});

// The column "Response" for Lambda in "Amazon API Gateway important notes for REST APIs".
test.each([
  ['WWW-Authenticate', 'x-amzn-Remapped-WWW-Authenticate'],
  ['www-authenticate', 'x-amzn-Remapped-www-authenticate'],
  ['Authorization', 'x-amzn-Remapped-Authorization'],
  ['Connection', 'x-amzn-Remapped-Connection'],
  ['Date', 'x-amzn-Remapped-Date'],
  ['Server', 'x-amzn-Remapped-Server'],
  ['User-Agent', 'x-amzn-Remapped-User-Agent'],
  ['Retry-After', 'Retry-After'],
  ['Cache-Control', 'Cache-Control'],
])('%s becomes %s', (name, sent) => {
  expect(proxyReply({ statusCode: 200, headers: { [name]: 'x' } })?.headers.slice(1)).toEqual([[sent, 'x']]);
});

test.each(['Host', 'Transfer-Encoding', 'Upgrade', 'Via', 'Proxy-Authenticate'])('%s is dropped', (name) => {
  expect(proxyReply({ statusCode: 200, headers: { [name]: 'x' } })?.headers.slice(1)).toEqual([]);
});

test.each([
  ['nothing', null],
  ['a text', 'done'],
  ['no status', { body: 'x' }],
  ['a status that is none', { statusCode: 'ok' }],
  ['a status out of range', { statusCode: 99 }],
  ['a body that is an object', { statusCode: 200, body: { a: 1 } }],
  ['a header that is an object', { statusCode: 200, headers: { A: {} } }],
  ['one value where a list belongs', { statusCode: 200, multiValueHeaders: { A: 'x' } }],
  ['a header that would end its line', { statusCode: 200, headers: { A: 'x\r\nSet-Cookie: y' } }],
])('%s is malformed', (_title, answer) => {
  expect(proxyReply(answer)).toBeUndefined();
});
