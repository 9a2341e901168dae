import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import type { Ask } from '../../../shared/domain/evaluation.ts';
import {
  approvalCalls,
  askCalls,
  type Call,
  credentialCalls,
  linkCalls,
} from '../../../shared/slack/cards/calls.ts';
import { asked, requestFor } from '../../domain/record.ts';
import { ASK } from '../../domain/story.ts';
import { handle } from '../../domain/values.ts';
import { ACCESS, API_URL } from './story.ts';

const DAVID = handle('david');
const RUTH = handle('ruth');
const { elevation } = asked(requestFor(1));

const ENVIRONMENT = {
  PATH: '/usr/bin:/bin',
  DRAWBRIDGE_TOKEN: 'the token',
  AWS_ACCESS_KEY_ID: 'the key',
  AWS_SECRET_ACCESS_KEY: 'the secret',
  AWS_SESSION_TOKEN: 'the session',
};

/** The words that bash gives to curl, with `curl` replaced by something that only prints them. */
function wordsOf(commands: readonly string[]): readonly (readonly string[])[] {
  const script = `curl() { printf '%s\\0' "$@"; printf '\\n\\0'; }\n${commands.join('\n')}`;
  const said = execFileSync('bash', ['--norc', '-c', script], { env: ENVIRONMENT, encoding: 'utf8' });
  return said
    .split('\n\0')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));
}

function bodyOf(words: readonly string[]): unknown {
  return JSON.parse(words.at(-1) ?? '');
}

function commandsOf(calls: readonly Call[]): readonly string[] {
  return calls.map(({ command }) => command);
}

test('David can ask at both doors, and the shell puts the secrets in', () => {
  const calls = askCalls(ACCESS, DAVID, ASK, API_URL);
  const body =
    '{"duration":"1h","reason":"Fix the banner of the shop","role":"update-app","ticket":"OPS-12"}';
  const json = ['-H', 'Content-Type: application/json', '--data-raw', body];
  expect(calls.map(({ door }) => door)).toEqual(['oidc', 'iam']);
  expect(wordsOf(commandsOf(calls))).toEqual([
    ['-sS', '-X', 'POST', `${API_URL}/v1/elevations`, '-H', 'Authorization: Bearer the token', ...json],
    [
      ...[
        '-sS',
        '-X',
        'POST',
        `${API_URL}/iam/v1/elevations`,
        '--aws-sigv4',
        'aws:amz:us-east-1:execute-api',
      ],
      ...['--user', 'the key:the secret', '-H', 'X-Amz-Security-Token: the session', ...json],
    ],
  ]);
});

test('a call names the elevation and the digest that it approves', () => {
  const [call] = approvalCalls(ACCESS, RUTH, elevation, API_URL);
  const [words = []] = wordsOf([call?.command ?? '']);
  expect(words[3]).toBe(`${API_URL}/v1/elevations/${elevation.request.id}/approval`);
  expect(bodyOf(words)).toEqual({ digest: elevation.digest });
});

test('a call confirms a code of Slack', () => {
  const [words = []] = wordsOf(commandsOf(linkCalls(ACCESS, '0123456789ABCDEF', API_URL)));
  expect(words[3]).toBe(`${API_URL}/v1/slack-links`);
  expect(bodyOf(words)).toEqual({ code: '0123456789ABCDEF' });
});

test('a call fetches credentials', () => {
  const [words = []] = wordsOf(commandsOf(credentialCalls(ACCESS, DAVID, elevation.request.id, API_URL)));
  expect(words[3]).toBe(`${API_URL}/v1/elevations/${elevation.request.id}/credentials`);
  expect(bodyOf(words)).toEqual({});
});

const WITHOUT_PROVIDERS = { ...ACCESS, providers: [] };

test.each([
  ['somebody with both identities', ACCESS, DAVID, ['oidc', 'iam']],
  ['somebody with a token alone', ACCESS, RUTH, ['oidc']],
  ['somebody who is not in the file', ACCESS, handle('zoe'), []],
  ['whoever it will be', ACCESS, undefined, ['oidc', 'iam']],
  ['whoever it will be, where no provider is configured', WITHOUT_PROVIDERS, undefined, ['iam']],
])('%s is shown the doors that there are for them', (_, access, person, doors) => {
  expect(approvalCalls(access, person, elevation, API_URL).map(({ door }) => door)).toEqual(doors);
});

const HOSTILE = [
  "'; touch /tmp/owned; echo '",
  "\\'; $(id) `id` $HOME \\",
  '"quoted" \\n \n\r\t !! !$ ~ # & | < > * ? [a-z] {a,b}',
  '```\n*bold* <!channel> &amp; ‘smart’ “quotes” – \u202e \u200b 😀 ü',
  '@/etc/passwd',
  '-o /tmp/owned',
];

test.each(HOSTILE)('the reason %j reaches the API as it was typed', (reason) => {
  expectSameAsk([{ ...ASK, reason }]);
});

test('whatever is typed reaches the API as it was typed', () => {
  const reason = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.array(reason, { minLength: 30, maxLength: 30 }), (reasons) =>
      expectSameAsk(reasons.map((one) => ({ ...ASK, reason: one, ticket: one }))),
    ),
    { numRuns: 10 },
  );
});

test('a command is one line of visible ASCII which Slack shows and copies unchanged', () => {
  for (const reason of HOSTILE) {
    for (const { command } of askCalls(ACCESS, DAVID, { ...ASK, reason }, API_URL)) {
      expect(command).toMatch(/^[\x20-\x7e]+$/);
      expect(command).not.toMatch(/[`<>&]/);
    }
  }
});

function expectSameAsk(asks: readonly Ask[]): void {
  const calls = asks.flatMap((ask) => askCalls(ACCESS, DAVID, ask, API_URL));
  const wanted = asks.flatMap(({ duration: _, ...ask }) => Array(2).fill({ ...ask, duration: '1h' }));
  expect(wordsOf(commandsOf(calls)).map(bodyOf)).toEqual(wanted);
}
