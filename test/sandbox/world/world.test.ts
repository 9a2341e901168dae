import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { WorldRole } from '../../../sandbox/aws/aws.ts';
import { parseWorld, readWorld, withDeployment } from '../../../sandbox/world/world.ts';

const STORY = new URL('../../../sandbox/world/story.yml', import.meta.url).pathname;
type Content = Readonly<Record<string, Record<string, Record<string, Record<string, unknown>>>>>;

test('the story has its people, its accounts and the role that matters', () => {
  const world = readWorld(STORY);
  expect(world.accounts.map(({ id, name }) => [id, name])).toEqual([
    ['111111111111', 'Development'],
    ['999999999999', 'Production'],
    ['222222222222', 'Hub'],
  ]);
  expect(world.users.map(({ name, account }) => [name, account])).toEqual(
    ['David', 'Ruth', 'Tess'].map((name) => [name, '111111111111']),
  );
  expect(world.roles.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['UpdateApp', 'LegacyUpdateApp', 'ReadBilling', 'ReadHubBilling']),
  );
});

test('a user has the policies of their groups, managed ones too', () => {
  const tess = readWorld(STORY).users.find(({ name }) => name === 'Tess');
  expect(tess?.policies.map(({ name }) => name)).toEqual([
    'KnockAtDrawbridge',
    'arn:aws:iam::aws:policy/PowerUserAccess',
  ]);
});

test.each<[string, (content: Content) => void, string]>([
  [
    'an unknown group',
    (it) =>
      Object.assign(it['accounts']?.['111111111111']?.['users']?.['David'] ?? {}, { groups: ['Nobody'] }),
    'David is in the unknown group Nobody',
  ],
  [
    'an unknown policy',
    (it) =>
      Object.assign(it['accounts']?.['111111111111']?.['groups']?.['Testers'] ?? {}, {
        attached: ['arn:aws:iam::aws:policy/None'],
      }),
    'attaches the unknown arn:aws:iam::aws:policy/None',
  ],
  [
    'an unknown account for the tables',
    (it) => Object.assign(it, { tables: '333333333333' }),
    '333333333333 is not one of the accounts',
  ],
  [
    'a misspelt field',
    (it) => Object.assign(it['accounts']?.['111111111111'] ?? {}, { user: {} }),
    'Unrecognized key: "user"',
  ],
])('%s is refused by its name', (_name, spoil, complaint) => {
  const content = parse(readFileSync(STORY, 'utf8'), { maxAliasCount: -1 });
  const own = JSON.parse(JSON.stringify(content));
  spoil(own);
  expect(() => parseWorld(own, 'story.yml')).toThrow(complaint);
});

describe('a deployment', () => {
  const role: WorldRole = {
    account: '222222222222',
    name: 'drawbridge-sweep',
    path: '/drawbridge/',
    maxSessionSeconds: 3600,
    trust: { Version: '2012-10-17', Statement: [] },
    policies: {},
  };

  test('adds its roles and keys', () => {
    const world = withDeployment(readWorld(STORY), {
      roles: [role],
      keys: [{ account: '222222222222', id: 'k', policy: role.trust }],
    });
    expect(world.roles).toContain(role);
    expect(world.keys).toHaveLength(1);
  });

  test('adds its secrets, queues and buses, and its buckets empty', () => {
    const owned = { account: '222222222222', name: 'drawbridge-test', arn: 'arn' };
    const queue = { ...owned, visibilitySeconds: 30, delaySeconds: 0 };
    const bucket = { account: '222222222222', name: 'drawbridge-test-audit-log', policy: role.trust };
    const world = withDeployment(readWorld(STORY), {
      roles: [],
      keys: [],
      secrets: [owned],
      queues: [queue],
      buses: [owned],
      buckets: [bucket],
    });
    expect(world).toMatchObject({ secrets: [owned], queues: [queue], buses: [owned] });
    expect(world.buckets.at(-1)).toEqual({ ...bucket, objects: {} });
  });

  test('may not take the name of a bucket of any account', () => {
    const buckets = [{ account: '222222222222', name: 'payroll' }];
    expect(() => withDeployment(readWorld(STORY), { roles: [], keys: [], buckets })).toThrow(
      'already has a bucket payroll in 222222222222',
    );
  });

  test('may not take the name of a role of the world, whatever its case and path', () => {
    const twice = { ...role, account: '999999999999', name: 'updateapp' };
    expect(() => withDeployment(readWorld(STORY), { roles: [twice], keys: [] })).toThrow(
      'already has a role updateapp in 999999999999',
    );
  });
});
