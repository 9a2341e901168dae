import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { compileAccessFile } from '../shared/adapters/access-file/compile.ts';
import type { CompiledAccess } from '../shared/adapters/access-file/compiled.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

/** How large an access file is made. */
export type Size = { readonly roles: number; readonly rules: number; readonly people: number };

/** The access file of a large organization, as the product's compiler makes it. */
export function compiledAccess(size: Size): Promise<CompiledAccess> {
  return inTemporaryFolder((folder) => {
    const file = join(folder, 'access.yml');
    writeFileSync(file, stringify(accessFile(size)));
    return compileAccessFile(file);
  });
}

const GROUPS = 200;
const GROUP_SIZE = 50;
const ROLES_OF_A_RULE = 5;

/** Every tenth rule denies; each names five roles and two groups. */
function accessFile({ roles, rules, people }: Size): object {
  return {
    hub: { account: '222222222222', region: 'us-east-1' },
    people: named(people, 'person', (n) => ({ iam: `arn:aws:iam::111111111111:user/Person${n}` })),
    groups: named(GROUPS, 'group', (n) => membersOf(n, people)),
    roles: named(roles, 'role', (n) => ({
      arn: `arn:aws:iam::999999999999:role/Role${n}`,
      description: `Role ${n}`,
      externalId: `external-id-of-${n}`,
    })),
    rules: Array.from({ length: rules }, (_, n) => rule(n, roles)),
  };
}

function rule(n: number, catalog: number): object {
  const roles = Array.from({ length: ROLES_OF_A_RULE }, (_, k) => `role-${(n * 2 + k * 7) % catalog}`);
  const who = [`group:group-${n % GROUPS}`, `group:group-${(n * 3 + 1) % GROUPS}`];
  if (n % 10 === 0) return { name: `rule-${n}`, deny: who, roles };
  return {
    ...{ name: `rule-${n}`, allow: who, roles, for: '4h', reason: { min: 10 } },
    ...(n % 2 === 0 ? { ticket: '^OPS-\\d+$' } : {}),
    ...(n % 3 === 0 ? { mfa: { within: '15m' } } : {}),
    ...(n % 4 === 0 ? { hours: OFFICE_HOURS } : {}),
    approval: { by: [`group:group-${(n + 1) % GROUPS}`], count: 1, within: '2h' },
  };
}

const OFFICE_HOURS = { days: ['mon', 'tue'], from: '09:00', to: '17:00', zone: 'Europe/Berlin' };

function membersOf(n: number, people: number): string[] {
  return Array.from({ length: GROUP_SIZE }, (_, k) => `person-${(n * 25 + k) % people}`);
}

function named<T>(count: number, prefix: string, make: (n: number) => T): Record<string, T> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`${prefix}-${n}`, make(n)]));
}
