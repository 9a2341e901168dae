import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Code that must not pass, where it must not pass, and the rule that finds it. */
const PLANTED: readonly (readonly [path: string, rule: string, code: string])[] = [
  ['shared/domain/planted.ts', 'noRestrictedGlobals', 'export const now = () => Date.now();'],
  ['shared/app/planted.ts', 'noRestrictedGlobals', 'export const id = () => crypto.randomUUID();'],
  ['shared/app/planted.ts', 'noRestrictedGlobals', "export const page = () => fetch('https://example.com');"],
  ['shared/ports/planted.ts', 'noRestrictedGlobals', 'export const bytes = () => Buffer.alloc(1);'],
  ['shared/http/planted.ts', 'noRestrictedGlobals', 'export const now = () => new Date();'],
  ['shared/http/planted.ts', 'noProcessEnv', "export const name = process.env['NAME'];"],
  ['shared/adapters/planted.ts', 'noProcessEnv', "export const name = process.env['NAME'];"],
  ['shared/app/planted.ts', 'noConsole', "console.log('done');"],
  ['shared/app/planted.ts', 'noDefaultExport', 'export default 1;'],
  ['shared/app/planted.ts', 'noBarrelFile', "export * from './other.ts';"],
  ['shared/app/planted.ts', 'noExplicitAny', 'export const any = (value: any) => value;'],
  ['shared/app/planted.ts', 'noNonNullAssertion', 'export const sure = (value?: string) => value!.length;'],
  ['shared/app/planted.ts', 'noExcessiveLinesPerFile', lines(251)],
  ['shared/app/planted.ts', 'noExcessiveLinesPerFunction', `export function long() {\n${lines(51)}\n}`],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-lint-'));
  copyFileSync('biome.json', join(folder, 'biome.json'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(PLANTED)('in %s a violation of %s is found', (path, rule, code) => {
  expect(findingsIn(path, code)).toContain(`/${rule}`);
});

test.each([
  ['shared/domain/instant.ts', 'export const text = (at: number) => new Date(at).toISOString();'],
  ['shared/config.ts', "export const name = process.env['NAME'];"],
])('%s may do what it is there for', (path, code) => {
  expect(findingsIn(path, code)).not.toMatch(/noRestrictedGlobals|noProcessEnv/);
});

function findingsIn(path: string, code: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
  const { stdout, stderr } = spawnSync(
    resolve('node_modules/.bin/biome'),
    ['lint', '--vcs-enabled=false', path],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  rmSync(file);
  return stdout + stderr;
}

function lines(count: number): string {
  return Array.from({ length: count }, (_, n) => `  const _value${n} = ${n};`).join('\n');
}
