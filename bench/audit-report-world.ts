import { loadAccess } from '../shared/adapters/access-file/load.ts';
import { memorySeal } from '../shared/adapters/memory/memory-seal.ts';
import type { Access } from '../shared/domain/access.ts';
import { compiledAccess } from './access-file.ts';

/** The names of the two tables. */
export const TABLES = { elevations: 'drawbridge-bench', usage: 'drawbridge-bench-usage' } as const;

/** The seal of the elevations, which the two processes of the measurement must agree on. */
export const SEAL = memorySeal('bench');

/** Twenty roles in one account, and two hundred people. */
export async function benchAccess(): Promise<Access> {
  return loadAccess(await compiledAccess({ roles: 20, rules: 40, people: 200 }));
}
