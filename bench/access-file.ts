import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { compileAccessFile } from '../shared/adapters/access-file/compile.ts';

/** How large an access file is made. */
export type Size = { readonly roles: number; readonly rules: number; readonly people: number };

/** The text of the compiled access file of a large organization. */
export async function compiledAccess(size: Size): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-bench-'));
  try {
    const file = join(folder, 'access.yml');
    writeFileSync(file, stringify(accessFile(size)));
    return JSON.stringify(await compileAccessFile(file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every tenth rule denies; each rule names five roles and two groups. */
function accessFile({ roles, rules, people }: Size): object {
  return {
    hub: { account: '222222222222', region: 'us-east-1' },
    people: named(people, 'person', (n) => ({ iam: `arn:aws:iam::111111111111:user/Person${n}` })),
    groups: named(GROUPS, 'group', (n) => members(n, people)),
    roles: named(roles, 'role', (n) => ({
      arn: `arn:aws:iam::999999999999:role/Role${n}`,
      description: `Role ${n}`,
      externalId: `external-id-of-${n}`,
    })),
    rules: Array.from({ length: rules }, (_, n) => rule(n, roles)),
  };
}

const GROUPS = 200;

function rule(n: number, roles: number): object {
  const lent = Array.from({ length: 5 }, (_, k) => `role-${(n * 2 + k * 7) % roles}`);
  const who = [`group:group-${n % GROUPS}`, `group:group-${(n * 3 + 1) % GROUPS}`];
  if (n % 10 === 0) return { name: `rule-${n}`, deny: who, roles: lent };
  return {
    ...{ name: `rule-${n}`, allow: who, roles: lent, for: '4h', reason: { min: 10 } },
    ...(n % 2 === 0 ? { ticket: '^OPS-\\d+$' } : {}),
    ...(n % 3 === 0 ? { mfa: { within: '15m' } } : {}),
    ...(n % 4 === 0
      ? { hours: { days: ['mon', 'tue'], from: '09:00', to: '17:00', zone: 'Europe/Berlin' } }
      : {}),
    approval: { by: [`group:group-${(n + 1) % GROUPS}`], count: 1, within: '2h' },
  };
}

function members(n: number, people: number): string[] {
  return Array.from({ length: 50 }, (_, k) => `person-${(n * 25 + k) % people}`);
}

function named<T>(count: number, prefix: string, make: (n: number) => T): Record<string, T> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`${prefix}-${n}`, make(n)]));
}
