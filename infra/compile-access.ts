import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileAccessFile } from '../shared/adapters/access-file/compile.ts';
import type { CompiledAccess } from '../shared/adapters/access-file/compiled.ts';
import { type DeployedAccess, deploymentFacts } from './deployment-facts.ts';

/**
 * Compiles the access file into <directory>/access.json, which goes into every zip, and
 * <directory>/deployment.json, which serverless.yml reads.
 */
export async function compileAccess(path: string, directory: string): Promise<void> {
  const access = await compileAccessFile(path);
  mkdirSync(directory, { recursive: true });
  writeJson(join(directory, 'access.json'), access);
  writeJson(join(directory, 'deployment.json'), deploymentFacts(deployedAccess(access)));
}

function deployedAccess({ hub, roles, people, rules }: CompiledAccess): DeployedAccess {
  return {
    hub,
    roles: Object.values(roles),
    iamArns: Object.values(people).flatMap(({ iam }) => iam),
    longestElevationMinutes: Math.max(0, ...rules.map((rule) => (rule.kind === 'allow' ? rule.longest : 0))),
  };
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
