import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileAccessFile } from '../../../shared/adapters/access-file/compile.ts';
import type { CompiledAccess, CompiledRule } from '../../../shared/adapters/access-file/compiled.ts';
import { loadAccess } from '../../../shared/adapters/access-file/load.ts';
import { versioned } from '../../../shared/adapters/access-file/version.ts';
import { compile, STORY } from './access-files.ts';
import { SLACK } from './mistakes-of-slack.ts';

let compiled: CompiledAccess;

beforeAll(async () => {
  compiled = await compile(STORY);
});

function withoutMfaTime(rule: CompiledRule): CompiledRule {
  return rule.kind === 'deny' ? rule : { ...rule, mfa: { within: 0, each: 'request' } };
}

/** The compiled story with another content, and the version that belongs to it. */
function resealed(change: Partial<CompiledAccess>): unknown {
  const { version: _, ...content } = { ...compiled, ...change };
  return versioned(content);
}

test('the compiled story becomes values of the domain', () => {
  const access = loadAccess(JSON.parse(JSON.stringify(compiled)));
  expect(access.version).toBe(compiled.version);
  expect(access.hub).toEqual({ account: '222222222222', region: 'us-east-1', partition: 'aws' });
  expect([...access.groups.values()]).toEqual([new Set(['david']), new Set(['ruth']), new Set(['tess'])]);
  expect([...access.people.values()][0]).toMatchObject({
    handle: 'david',
    iam: [{ kind: 'user', account: '111111111111', name: 'David' }],
  });
  expect([...access.roles.values()].at(-1)).toMatchObject({
    name: 'update-app',
    arn: { kind: 'role', account: '999999999999', text: 'arn:aws:iam::999999999999:role/UpdateApp' },
    session: 15,
  });
  expect(access.admins).toEqual([{ kind: 'person', handle: 'ruth' }]);
});

test('Slack and the channels of roles become values of the domain; where there is no section there are none', async () => {
  const text = STORY.replace('    session: 15m\n', '    session: 15m\n    channel: C0RELEASES\n');
  const remind = ', remind: { after: 15m, most: 2 } }';
  const access = loadAccess(await compile(`${text}${SLACK.replace(' }', remind)}`));
  expect(access.slack).toEqual({
    team: 'T024BE7LD',
    app: 'A0DRAWBRIDGE',
    channel: 'C0ACCESS',
    remind: { after: 15, most: 2 },
  });
  expect([...access.roles.values()].map(({ channel }) => channel)).toEqual([undefined, 'C0RELEASES']);
  expect(loadAccess(await compile(`${STORY}${SLACK}`)).slack).not.toHaveProperty('remind');
  expect(loadAccess(compiled)).not.toHaveProperty('slack');
});

test('rules keep their order, and what the file leaves out is absent', async () => {
  const { rules } = loadAccess(await compileAccessFile('infra/access.example.yml'));
  expect(rules.map(({ kind }) => kind)).toEqual(['deny', 'allow', 'allow', 'allow']);
  expect(rules[2]).toEqual({
    kind: 'allow',
    name: 'billing-for-an-hour',
    who: [
      { kind: 'group', name: 'developers' },
      { kind: 'idp', name: 'Finance' },
    ],
    roles: new Set(['read-billing', 'read-hub-billing']),
    longest: 60,
    reasonMin: 5,
    hours: { days: [1, 2, 3, 4, 5], from: 480, to: 1080, timeZone: 'Europe/Berlin' },
  });
});

test.each([
  ['a rule', (file: CompiledAccess) => ({ ...file, rules: [] })],
  ['a member', (file: CompiledAccess) => ({ ...file, groups: { ...file.groups, developers: ['tess'] } })],
  ['an admin', (file: CompiledAccess) => ({ ...file, admins: ['person:david'] })],
])('a file in which %s was changed after it was compiled is refused', (_, change) => {
  expect(() => loadAccess(change(compiled))).toThrow(/does not match its version\. Compile it again/u);
});

test.each<[string, () => unknown]>([
  ['nothing', () => undefined],
  ['a list', () => []],
  ['an unknown member', () => ({ ...compiled, owner: 'me' })],
  ['a handle that is none', () => resealed({ groups: { developers: ['David'] } })],
  ['a group of tokens that administers', () => resealed({ admins: ['idp:Ops'] })],
  [
    'a length of time below one minute',
    () => resealed({ limits: { pending: 1, requests: { count: 1, per: 0 } } }),
  ],
  ['a proof of MFA of no age', () => resealed({ rules: compiled.rules.map(withoutMfaTime) })],
  [
    'an ARN that is none',
    () => resealed({ people: { david: { iam: ['arn:aws:iam::1:user/D'], oidc: [], slack: [] } } }),
  ],
])('%s is not taken for a compiled file', (_, json) => {
  expect(() => loadAccess(json())).toThrow(/cannot be used.*Compile it again|Not a number of minutes/u);
});

test('a file whose keys were put into another order is refused', () => {
  const { rules, ...rest } = compiled;
  expect(() => loadAccess({ rules, ...rest })).toThrow(/does not match its version/u);
});

test('what every function loads brings neither the parser of YAML nor zod', () => {
  const imports = ['load.ts', 'compiled.ts', 'version.ts']
    .map((file) => readFileSync(join('shared/adapters/access-file', file), 'utf8'))
    .flatMap((text) => [...text.matchAll(/from '([^']+)';/gu)])
    .map(([, name]) => name)
    .filter((name) => !name?.startsWith('../../domain/'));
  expect(new Set(imports)).toEqual(new Set(['./compiled.ts', './version.ts', 'node:crypto']));
});
