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

/** What is allowed in one place, although it is a violation beside it. */
const ALLOWED: readonly (readonly [path: string, code: string])[] = [
  ['shared/domain/instant.ts', 'export const text = (at: number) => new Date(at).toISOString();'],
  ['shared/config.ts', "export const name = process.env['NAME'];"],
];

let folder: string;
let findings: readonly string[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-lint-'));
  copyFileSync('biome.json', join(folder, 'biome.json'));
  for (const [n, [path, , code]] of PLANTED.entries()) plant(numbered(path, n), code);
  for (const [path, code] of ALLOWED) plant(path, code);
  findings = lint();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(PLANTED.map(([path, rule], n) => [path, rule, n] as const))(
  'in %s a violation of %s is found (%i)',
  (path, rule, n) => {
    expect(findingsIn(numbered(path, n))).toContain(`/${rule},`);
  },
);

test.each(ALLOWED)('%s may do what it is there for', (path) => {
  expect(findingsIn(path)).not.toMatch(/noRestrictedGlobals|noProcessEnv/);
});

/** Several are planted in one folder: each gets a file of its own. */
function numbered(path: string, n: number): string {
  return path.replace('.ts', `-${n}.ts`);
}

function plant(path: string, code: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
}

/** One line for each finding, with its rule and its file. */
function lint(): readonly string[] {
  const words = ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', '.'];
  const biome = spawnSync(resolve('node_modules/.bin/biome'), words, { cwd: folder, encoding: 'utf8' });
  return biome.stdout.split('\n');
}

function findingsIn(path: string): string {
  return findings.filter((finding) => finding.includes(`/${path},`)).join('\n');
}

function lines(count: number): string {
  return Array.from({ length: count }, (_, n) => `  const _value${n} = ${n};`).join('\n');
}
