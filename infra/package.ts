import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import * as z from 'zod';
import { compileAccess } from './compile-access.ts';
import { writeActions } from './write-actions.ts';

/**
 * Packages the hub, offline: compiles the access file, writes the action catalogue, then runs `serverless package`.
 *
 *   npm run package -- --param access=access.yml --stage prod --package .build/package
 */
const { values } = parseArgs({
  options: {
    param: { type: 'string', multiple: true, default: [] },
    package: { type: 'string', default: '.build/package' },
    stage: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

await compileAccess(accessFile(values.param), '.build');
await writeActions('.build');

const serverless = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');
const { status } = spawnSync(
  process.execPath,
  [
    serverless,
    'package',
    ...['--package', values.package],
    ...values.param.flatMap((param) => ['--param', param]),
    ...(values.stage === undefined ? [] : ['--stage', values.stage]),
    ...(values.verbose ? ['--verbose'] : []),
  ],
  { stdio: ['ignore', 'inherit', 'inherit'] },
);
process.exitCode = status ?? 1;

/** The access file of the command line, or else the default that serverless.yml states. */
function accessFile(params: readonly string[]): string {
  const given = params.findLast((param) => param.startsWith('access='));
  return given?.slice('access='.length) ?? defaultAccessFile();
}

function defaultAccessFile(): string {
  const service = z.object({ params: z.object({ default: z.object({ access: z.string() }) }) });
  return service.parse(parse(readFileSync('serverless.yml', 'utf8'))).params.default.access;
}
