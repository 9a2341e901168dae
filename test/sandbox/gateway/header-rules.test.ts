import { headersForFunction } from '../../../sandbox/gateway/header-rules.ts';

const SIGNED = 'AWS4-HMAC-SHA256 Credential=AKIA…';

// "The Authorization header is dropped if it contains a Signature Version 4 signature or if AWS_IAM authorization is
// used" (Amazon API Gateway important notes for REST APIs).
test.each([
  ['token', 'Bearer x', true],
  ['open', 'Bearer x', true],
  ['token', SIGNED, false],
  ['iam', SIGNED, false],
  ['iam', 'Bearer x', false],
] as const)('at the door %s, Authorization: %s reaches the function: %s', (door, value, passes) => {
  expect(headersForFunction([['authorization', value]], door)).toHaveLength(passes ? 1 : 0);
});

// The column "Request" for Lambda on the same page.
test.each([
  ['Connection', false],
  ['Content-MD5', false],
  ['Expect', false],
  ['TE', false],
  ['WWW-Authenticate', false],
  ['Accept', true],
  ['Content-Type', true],
  ['Host', true],
  ['User-Agent', true],
  ['Via', true],
])('%s reaches the function: %s', (name, passes) => {
  expect(headersForFunction([[name, 'x']], 'open')).toHaveLength(passes ? 1 : 0);
});
