import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { loadAccess } from '../../../shared/adapters/access-file/load.ts';
import { parseRoleName, type RoleName } from '../../../shared/domain/names.ts';
import { narrowerPolicy } from '../../../shared/domain/policy/narrower.ts';
import { scopePatch } from '../../../shared/domain/policy/scope-patch.ts';
import type { PolicyJson } from '../../../shared/domain/report/report.ts';
import { compile } from '../../adapters/access-file/access-files.ts';

const EXAMPLE = readFileSync(join(import.meta.dirname, '../../../infra/access.example.yml'), 'utf8');
const POLICY = narrowerPolicy([
  { action: 's3:GetObject', resources: ['arn:aws:s3:::productionapp/*'] },
  { action: 's3:PutObject', resources: ['arn:aws:s3:::productionapp/*'] },
  { action: 's3:ListBucket', resources: ['arn:aws:s3:::productionapp'] },
]);
const SCOPE = [
  { actions: ['s3:GetObject', 's3:PutObject'], resources: ['arn:aws:s3:::productionapp/*'] },
  { actions: ['s3:ListBucket'], resources: ['arn:aws:s3:::productionapp'] },
];

type Rules = { readonly name: string }[];

function role(name: string): RoleName {
  const parsed = parseRoleName(name);
  if (parsed === undefined) throw new Error(name);
  return parsed;
}

async function patchOf(text: string, name: string, policy: PolicyJson = POLICY): Promise<string> {
  const made = scopePatch(loadAccess(await compile(text)), role(name), policy);
  if ('unfit' in made) throw new Error(made.unfit);
  return made.patch;
}

/** Does what the head of a patch tells a person to do. */
function patched(text: string, patch: string): string {
  const file = parse(text) as { rules: Rules };
  const changes = (parse(patch) as { rules: Rules }).rules;
  const rules = [...file.rules];
  for (const change of changes.toReversed()) {
    const own = rules.findIndex(({ name }) => name === change.name);
    const follower = changes[changes.indexOf(change) + 1]?.name;
    if (own >= 0) rules[own] = change;
    else
      rules.splice(
        rules.findIndex(({ name }) => name === follower),
        0,
        change,
      );
  }
  return stringify({ ...file, rules });
}

/** The example with one rule changed. */
function withRule(name: string, change: object): string {
  const file = parse(EXAMPLE) as { rules: Rules };
  return stringify({
    ...file,
    rules: file.rules.map((rule) => (rule.name === name ? { ...rule, ...change } : rule)),
  });
}

test('the rule that lends one role gets the scope, and keeps all else: the patched file loads', async () => {
  const before = await compile(EXAMPLE);
  const after = await compile(patched(EXAMPLE, await patchOf(EXAMPLE, 'update-app')));
  loadAccess(after);
  expect(after.rules).toEqual(
    before.rules.map((rule) => (rule.name === 'developers-update-app' ? { ...rule, scope: SCOPE } : rule)),
  );
});

test('a rule that lends others too is split: the role alone first, then the others as they were, at the same place', async () => {
  const before = await compile(EXAMPLE);
  const after = await compile(patched(EXAMPLE, await patchOf(EXAMPLE, 'read-billing')));
  const [testers, developers, hour] = before.rules;
  expect(after.rules.slice(0, 4)).toEqual([
    testers,
    developers,
    { ...hour, name: 'billing-for-an-hour.read-billing', roles: ['read-billing'], scope: SCOPE },
    { ...hour, roles: ['read-hub-billing'] },
  ]);
});

test('a rule with a scope of its own is never widened: what is outside it stays outside', async () => {
  const policy = narrowerPolicy([
    { action: 'ce:GetCostAndUsage', resources: ['*'] },
    { action: 's3:GetObject', resources: ['*'] },
  ]);
  const after = await compile(patched(EXAMPLE, await patchOf(EXAMPLE, 'read-billing', policy)));
  const scopes = after.rules.map((rule) => [rule.name, rule.kind === 'allow' ? rule.scope : undefined]);
  expect(Object.fromEntries(scopes)).toMatchObject({
    'billing-for-an-hour.read-billing': [
      { actions: ['ce:GetCostAndUsage', 's3:GetObject'], resources: ['*'] },
    ],
    'billing-for-a-day.read-billing': [{ actions: ['ce:GetCostAndUsage'], resources: ['*'] }],
    'billing-for-a-day': [{ actions: ['ce:Get*', 'ce:List*'], resources: ['*'] }],
  });
});

test.each([
  [
    'hours and a ticket',
    {
      hours: { days: ['mon', 'sat'], from: '07:30', to: '24:00', zone: 'Europe/Berlin' },
      ticket: '^A"\\\\d+$',
    },
  ],
  ['MFA at each issue', { mfa: { within: '1h30m', each: 'issue' } }],
  [
    'approvers without MFA',
    { approval: { by: ['idp:Platform Team', 'person:ruth'], count: 1, within: '1h', mfa: 'none' } },
  ],
  [
    'approvers with their own bound',
    { approval: { by: ['group:release-managers'], within: '1h', mfa: '5m' } },
  ],
  ['every role', { roles: ['*'] }],
])('a rule with %s says the same after it has been written anew', async (_, change) => {
  const text = withRule('developers-update-app', change);
  const before = (await compile(text)).rules.find(({ name }) => name === 'developers-update-app');
  const after = (await compile(patched(text, await patchOf(text, 'update-app')))).rules;
  const narrowed = after.find((rule) => rule.kind === 'allow' && rule.roles.join() === 'update-app');
  expect(narrowed).toEqual({ ...before, name: narrowed?.name, roles: ['update-app'], scope: SCOPE });
});

test('a new name that is taken already gets a number', async () => {
  const text = withRule('testers-never', { name: 'billing-for-an-hour.read-billing' });
  expect(await patchOf(text, 'read-billing')).toContain('name: billing-for-an-hour.read-billing-2\n');
});

test.each([
  [
    'more than STS takes',
    narrowerPolicy(
      Array.from({ length: 45 }, (_, n) => ({
        action: `s3:Action${n}`,
        resources: [`arn:aws:s3:::a-bucket-with-a-long-name-${n}/*`],
      })),
    ),
    /2,048 characters.*narrower policy/,
  ],
  [
    'a resource that no scope can name',
    narrowerPolicy([{ action: 's3:GetObject', resources: ['arn:aws:s3:::a b'] }]),
    /cannot name "arn:aws:s3:::a b".*narrower policy/,
  ],
])('%s is no patch, but a sentence that says what to do', async (_, policy, sentence) => {
  const made = scopePatch(loadAccess(await compile(EXAMPLE)), role('update-app'), policy);
  expect(made).toEqual({ unfit: expect.stringMatching(sentence) });
});

test('a role that no rule lends, or that is lent as narrowly already, has no patch', async () => {
  const access = loadAccess(await compile(withRule('developers-update-app', { scope: SCOPE })));
  expect(scopePatch(access, role('nobody-lends'), POLICY)).toEqual({
    unfit: expect.stringContaining('No rule lends'),
  });
  expect(scopePatch(access, role('update-app'), POLICY)).toEqual({
    unfit: expect.stringContaining('as narrow already'),
  });
});
