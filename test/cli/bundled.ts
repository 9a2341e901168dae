import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleCli } from '../../infra/bundle-cli.ts';

/** How a run of the bundle ended, and what it wrote; the name of the signal in place of a code, where one ended it. */
export type BundleRan = { readonly code: unknown; readonly out: string; readonly err: string };

/** The bundled command line in a folder away from the tree, so that nothing of it, and no node_modules, is in reach. */
export type Bundle = {
  readonly folder: string;
  readonly command: string;
  /** Runs it there; it knows the variables that it is given and no others. */
  ran(
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<BundleRan>;
  remove(): Promise<void>;
};

/** Bundles the command line. */
export async function bundled(): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), 'drawbridge-bundle-'));
  const command = join(folder, 'drawbridge');
  await copyFile(await bundleCli(join(folder, 'built')), command);
  return {
    folder,
    command,
    ran(args, more = {}, signal) {
      const env = { PATH: '/usr/bin:/bin', HOME: folder, ...more };
      return new Promise((done) => {
        const child = execFile(
          process.execPath,
          [command, ...args],
          { cwd: folder, env },
          (error, out, err) => done({ code: error?.signal ?? error?.code ?? 0, out, err }),
        );
        signal?.addEventListener('abort', () => child.kill('SIGINT')); // as Ctrl-C does
      });
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
