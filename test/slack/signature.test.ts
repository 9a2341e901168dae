import type { Instant } from '../../shared/domain/instant.ts';
import { verifySignature } from '../../shared/slack/signature.ts';
import { at } from '../domain/values.ts';
import { SECRET, signatureHeaders } from './signed-event.ts';

// The example of https://docs.slack.dev/authentication/verifying-requests-from-slack
const VECTOR = {
  secret: '8f742231b10e8888abcd99yyyzzz85a5',
  timestamp: '1531420618',
  body:
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V' +
    '&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=' +
    '&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN' +
    '&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  now: (1531420618 * 1000) as Instant,
};
const NOW = at('2026-11-24T09:00:00.000Z');
const BODY = 'text=mine';

function outcome(
  headers: Readonly<Record<string, string>>,
  { body = BODY, secrets = [SECRET], now = NOW, multi = {} as Readonly<Record<string, string[]>> } = {},
): string {
  const result = verifySignature({ headers, multiValueHeaders: multi }, Buffer.from(body), secrets, now);
  return 'fault' in result ? result.fault : 'signed';
}

test('the signature that Slack publishes as an example is accepted', () => {
  const headers = { 'X-Slack-Request-Timestamp': VECTOR.timestamp, 'X-Slack-Signature': VECTOR.signature };
  expect(outcome(headers, { body: VECTOR.body, secrets: [VECTOR.secret], now: VECTOR.now })).toBe('signed');
});

test.each([
  ['one byte more', { body: `${VECTOR.body}&`, secrets: [VECTOR.secret] }],
  ['one letter changed', { body: VECTOR.body.replace('roadrunner', 'Roadrunner'), secrets: [VECTOR.secret] }],
  ['another secret', { body: VECTOR.body, secrets: [VECTOR.secret.toUpperCase()] }],
  ['no secret', { body: VECTOR.body, secrets: [] }],
])('the example of Slack with %s is refused', (_what, change) => {
  const headers = { 'X-Slack-Request-Timestamp': VECTOR.timestamp, 'X-Slack-Signature': VECTOR.signature };
  expect(outcome(headers, { ...change, now: VECTOR.now })).toBe('wrong-signature');
});

test.each([
  [-300, 'signed'],
  [300, 'signed'],
  [-301, 'out-of-time'],
  [301, 'out-of-time'],
])('a request signed %d seconds from now is %s', (seconds, expected) => {
  const headers = signatureHeaders(SECRET, (NOW + seconds * 1000) as Instant, BODY);
  expect(outcome(headers)).toBe(expected);
});

test('during a rotation both secrets are valid, and no third', () => {
  const secrets = ['the secret of yesterday', 'the secret of today'];
  for (const secret of secrets)
    expect(outcome(signatureHeaders(secret, NOW, BODY), { secrets })).toBe('signed');
  expect(outcome(signatureHeaders(SECRET, NOW, BODY), { secrets })).toBe('wrong-signature');
});

test('the names of the headers can be written in any case', () => {
  const headers = Object.entries(signatureHeaders(SECRET, NOW, BODY));
  expect(outcome(Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])))).toBe(
    'signed',
  );
  expect(outcome(Object.fromEntries(headers.map(([name, value]) => [name.toUpperCase(), value])))).toBe(
    'signed',
  );
});

const { 'X-Slack-Request-Timestamp': TIMESTAMP = '', 'X-Slack-Signature': SIGNATURE = '' } = signatureHeaders(
  SECRET,
  NOW,
  BODY,
);

test.each([
  ['without headers', {}, 'not-signed'],
  ['without a timestamp', { 'X-Slack-Signature': SIGNATURE }, 'not-signed'],
  ['without a signature', { 'X-Slack-Request-Timestamp': TIMESTAMP }, 'not-signed'],
  [
    'with two signatures in two cases',
    {
      'X-Slack-Request-Timestamp': TIMESTAMP,
      'X-Slack-Signature': SIGNATURE,
      'x-slack-signature': SIGNATURE,
    },
    'signed-twice',
  ],
  ...['', ' 1', '1e9', '-1', '0x10', '1.5', `${TIMESTAMP} `, '9'.repeat(40)].map((timestamp) => [
    `with the timestamp "${timestamp}"`,
    { 'X-Slack-Request-Timestamp': timestamp, 'X-Slack-Signature': SIGNATURE },
    'bad-timestamp',
  ]),
  ...[
    SIGNATURE.slice(0, -1),
    SIGNATURE.toUpperCase(),
    SIGNATURE.replace('v0=', 'v1='),
    SIGNATURE.replace('v0=', ''),
    `${SIGNATURE}0`,
    'v0=',
  ].map((signature) => [
    `with the signature "${signature}"`,
    { 'X-Slack-Request-Timestamp': TIMESTAMP, 'X-Slack-Signature': signature },
    'wrong-signature',
  ]),
] as [string, Record<string, string>, string][])('a request %s is refused', (_what, headers, fault) => {
  expect(outcome(headers)).toBe(fault);
});

test('a header that comes twice is refused, whichever of its values is right', () => {
  const headers = { 'X-Slack-Request-Timestamp': TIMESTAMP, 'X-Slack-Signature': SIGNATURE };
  const multi = { 'X-Slack-Request-Timestamp': [TIMESTAMP], 'X-Slack-Signature': ['v0=0', SIGNATURE] };
  expect(outcome(headers, { multi })).toBe('signed-twice');
  expect(outcome(headers, { multi: { ...multi, 'X-Slack-Signature': [SIGNATURE] } })).toBe('signed');
});
