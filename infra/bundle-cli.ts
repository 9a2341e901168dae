import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, stop } from 'esbuild';
import { writeActions } from './write-actions.ts';

/**
 * Bundles the command line into <folder>/drawbridge.cjs, one file that needs Node and nothing else, with the action
 * catalogue in it. Returns where it is.
 */
export async function bundleCli(folder: string): Promise<string> {
  const actions = await readFile(await writeActions(folder), 'utf8');
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  const outfile = join(folder, 'drawbridge.cjs');
  const { metafile } = await build({
    entryPoints: ['cli/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    metafile: true,
    banner: { js: '#!/usr/bin/env node' },
    define: { DRAWBRIDGE_ACTIONS: JSON.stringify(actions), DRAWBRIDGE_VERSION: JSON.stringify(version) },
  });
  await stop(); // or its helper process would keep whoever called from ending
  await chmod(outfile, 0o755);
  await writeFile(join(folder, 'drawbridge.meta.json'), JSON.stringify(metafile));
  return outfile;
}

if (import.meta.main) console.log(await bundleCli('.build/cli'));
