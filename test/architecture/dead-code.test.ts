import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A small tree that holds one dead thing of each kind, and next to each what is alive. */
const TREE = {
  'package.json': JSON.stringify({ type: 'module', dependencies: { jose: '*', yaml: '*' } }),
  'functions/credentials.ts': "import { used } from '../shared/app/used.ts';\nexport const handler = used;\n",
  'shared/app/used.ts': "import 'yaml';\nexport const used = 1;\nexport const unusedExport = 2;\n",
  'shared/app/unused-file.ts': 'export const value = 1;\n',
};

let folder: string;
let said: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-dead-'));
  copyFileSync('knip.json', join(folder, 'knip.json'));
  for (const [path, text] of Object.entries(TREE)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const knip = spawnSync(process.execPath, [resolve('node_modules/knip/bin/knip.js'), '--no-config-hints'], {
    cwd: folder,
    encoding: 'utf8',
  });
  said = knip.stdout + knip.stderr;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['file', /Unused files \(1\)\nshared\/app\/unused-file\.ts/],
  ['export', /Unused exports \(1\)\nunusedExport/],
  ['dependency', /Unused dependencies \(1\)\njose/],
])('a dead %s is found, and what is alive is not', (_kind, finding) => {
  expect(said).toMatch(finding);
});
