import { leakedSecrets } from './leaked-secrets.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

test.each([
  ['as it is', `before ${SECRET} after`],
  ['in a URL', `https://example.com/?key=${encodeURIComponent(SECRET)}`],
  ['in base64', Buffer.from(SECRET).toString('base64')],
  ['in JSON', JSON.stringify({ level: 'info', secret: SECRET })],
])('a secret %s is found', (_how, text) => {
  expect(leakedSecrets([SECRET, 'another'], ['nothing here', text])).toEqual([SECRET]);
});

test('output without any secret has none', () => {
  expect(leakedSecrets([SECRET], ['wJalrXUtnFEMI/K7MDENG', ''])).toEqual([]);
});
