import { createHash } from 'node:crypto';
import { compileAccessFile } from '../../../shared/adapters/access-file/compile.ts';
import type { CompiledRule } from '../../../shared/adapters/access-file/compiled.ts';
import { canonicalJson } from '../../../shared/domain/canonical-json.ts';
import { compile, STORY, storyWith } from './access-files.ts';
import { SLACK } from './mistakes-of-slack.ts';

test('the example for operators compiles', async () => {
  const { rules, roles } = await compileAccessFile('infra/access.example.yml');
  expect(rules.map(({ name }) => name)).toEqual([
    'testers-never',
    'developers-update-app',
    'billing-for-an-hour',
    'billing-for-a-day',
  ]);
  expect(Object.keys(roles)).toEqual(['read-billing', 'read-hub-billing', 'update-app']);
});

test('the story compiles to plain values, with lengths of time in minutes', async () => {
  const { rules, people, roles } = await compile(STORY);
  expect(rules).toEqual([
    { kind: 'deny', name: 'testers-never', who: ['group:testers'], roles: ['update-app'] },
    {
      kind: 'allow',
      name: 'developers-update-app',
      who: ['group:developers'],
      roles: ['update-app'],
      longest: 240,
      reasonMin: 10,
      ticket: '^OPS-\\d+$',
      hours: { days: [1, 2, 3, 4, 5], from: 540, to: 1020, timeZone: 'Europe/Berlin' },
      mfa: { within: 15, each: 'request' },
      approval: { by: ['group:release-managers'], count: 1, within: 120, mfaWithin: 15 },
      scope: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::productionapp/*'] }],
    },
  ]);
  expect(people['david']).toEqual({
    iam: ['arn:aws:iam::111111111111:user/David'],
    oidc: [{ issuer: 'https://idp.example.com', subject: '00u1david' }],
    slack: [{ team: 'T024BE7LD', user: 'U0DAVID' }],
  });
  expect(roles).toMatchObject({ 'update-app': { session: 15 } });
});

test('what is compiled is JSON that reads back as itself', async () => {
  const compiled = await compile(STORY);
  expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
});

test('what is left out has its default', async () => {
  const { limits, roles, admins } = await compile(storyWith('admins: [person:ruth]\n', ''));
  expect(limits).toEqual({ pending: 5, requests: { count: 20, per: 60 } });
  expect(roles).toMatchObject({ 'read-billing': { session: 15 } });
  expect(admins).toEqual([]);
});

test('a provider without audience is known by the client of its tokens', async () => {
  const { providers } = await compile(storyWith('audience: drawbridge', 'client: 7abc'));
  expect(providers[0]?.accepts).toEqual({ claim: 'client_id', value: '7abc' });
});

test('a star means every role of the catalog', async () => {
  const { rules } = await compile(storyWith('roles: [update-app]', 'roles: ["*"]'));
  expect(rules[0]?.roles).toEqual(['update-app', 'read-billing']);
});

test.each([
  ['as the rule says for requesters where nothing else is said', 'within: 2h', 'within: 2h', 15],
  ['not at all where the approval says none', 'within: 2h', 'within: 2h, mfa: none', undefined],
  ['as the approval says', 'within: 2h', 'within: 2h, mfa: 5m', 5],
  ['not at all where neither says so', '    mfa: { within: 15m }\n', '', undefined],
])('approvers prove MFA %s', async (_, from, to, expected) => {
  const { rules } = await compile(storyWith(from, to));
  expect(allowing(rules)?.approval?.mfaWithin).toBe(expected);
});

test.each([
  ['[sat, sun]', [6, 7]],
  ['wed', [3]],
  ['fri-mon', [1, 5, 6, 7]],
  ['[mon-wed, tue-thu]', [1, 2, 3, 4]],
])('the days %s are %j', async (days, expected) => {
  const { rules } = await compile(storyWith('days: mon-fri', `days: ${days}`));
  expect(allowing(rules)?.hours?.days).toEqual(expected);
});

test('every identity of a person counts, where there is a list of them', async () => {
  const both = '[arn:aws:iam::111111111111:user/Tess, arn:aws:iam::999999999999:user/Tess]';
  const { people } = await compile(storyWith('arn:aws:iam::111111111111:user/Tess', both));
  expect(people).toMatchObject({ tess: { iam: [expect.any(String), expect.any(String)] } });
});

test('the version is that of the content: comments and layout leave it, a changed value does not', async () => {
  const { version } = await compile(STORY);
  expect(version).toMatch(/^[0-9a-f]{64}$/u);
  expect((await compile(`# reviewed\n${STORY}`)).version).toBe(version);
  expect((await compile(storyWith('for: 4h', 'for: 240m'))).version).toBe(version);
  expect((await compile(storyWith('for: 4h', 'for: 5h'))).version).not.toBe(version);
});

test('the version is SHA-256 over the canonical JSON of the rest', async () => {
  const { version, ...content } = await compile(STORY);
  expect(version).toBe(createHash('sha256').update(canonicalJson(content)).digest('hex'));
});

test('the order of the rules is part of the version', async () => {
  const [deny = '', allow = ''] = STORY.slice(STORY.indexOf('  - name')).split(/(?= {2}- name: dev)/u);
  const { version, rules } = await compile(STORY.replace(deny + allow, () => allow + deny));
  expect(rules.map(({ kind }) => kind)).toEqual(['allow', 'deny']);
  expect(version).not.toBe((await compile(STORY)).version);
});

test('Slack is compiled with its defaults, and a role keeps the channel that it names', async () => {
  const text = storyWith('    session: 15m\n', '    session: 15m\n    channel: C0RELEASES\n');
  const { slack, roles } = await compile(`${text}${SLACK.replace(' }', ', remind: { after: 1h } }')}`);
  expect(slack).toEqual({
    team: 'T024BE7LD',
    app: 'A0DRAWBRIDGE',
    channel: 'C0ACCESS',
    remind: { after: 60, most: 3 },
  });
  expect(roles['update-app']).toHaveProperty('channel', 'C0RELEASES');
  expect(roles['read-billing']).not.toHaveProperty('channel');
});

test('a file without Slack is none of a file with it', async () => {
  const without = await compile(STORY);
  expect(without).not.toHaveProperty('slack');
  expect((await compile(`${STORY}${SLACK}`)).version).not.toBe(without.version);
});

function allowing(rules: readonly CompiledRule[]) {
  return rules.find((rule) => rule.kind === 'allow');
}
