import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';

/** One script, and what is in it. */
export type Bundle = {
  readonly name: string;
  readonly script: string;
  readonly bytes: number;
  /** Bytes by package, the largest first; this project's own code is a package too. */
  readonly packages: readonly (readonly [name: string, bytes: number])[];
};

const require = createRequire(import.meta.url);
const settings: () => BuildOptions & PackagerOptions = require('../infra/esbuild.cjs');
const { lambdaCredentials } = require('../infra/esbuild-lambda-credentials.cjs');

/** What only the packager understands of its settings. */
type PackagerOptions = { exclude?: unknown; outputWorkFolder?: unknown; skipRebuild?: unknown };

/** Bundles a piece of source as the packaging bundles functions. */
export async function bundle(name: string, source: string, folder: string): Promise<Bundle> {
  const { exclude: _, outputWorkFolder: __, skipRebuild: ___, ...options } = settings();
  const script = join(folder, `${name.replaceAll(/\W/g, '-')}.js`);
  const { metafile } = await build({
    ...options,
    stdin: { contents: source, resolveDir: '.', loader: 'ts' },
    outfile: script,
    sourcemap: false,
    metafile: true,
    plugins: [lambdaCredentials],
    logLevel: 'error',
  });
  const [output] = Object.values(metafile.outputs);
  if (output === undefined) throw new Error(`esbuild made nothing of ${name}.`);
  return { name, script, bytes: output.bytes, packages: bytesByPackage(output) };
}

function bytesByPackage({ inputs }: Metafile['outputs'][string]): (readonly [string, number])[] {
  const byPackage = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const name = packageOf(path);
    byPackage.set(name, (byPackage.get(name) ?? 0) + bytesInOutput);
  }
  return [...byPackage].toSorted(([, one], [, other]) => other - one);
}

function packageOf(path: string): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  if (name !== undefined) return name;
  return path.endsWith('.json') ? path : 'drawbridge';
}
