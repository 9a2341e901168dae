import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { credentials } from '../../sandbox/demo/answers.ts';
import { awsCalls } from '../../sandbox/demo/aws-calls.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { activityOf, calls, issued, reported } from './audit.ts';
import { approved, byToken, told } from './elevation.ts';

const require = createRequire(import.meta.url);
const { build } = require('esbuild') as typeof import('esbuild');
const settings = (require('../../infra/esbuild.cjs') as () => BuildOptions)();
const { lambdaCredentials } = require('../../infra/esbuild-lambda-credentials.cjs') as {
  lambdaCredentials: Plugin;
};

let folder: string;
let sandbox: Sandbox;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-bundles-'));
  const { bundle, platform, format, target, mainFields, minify } = settings;
  await build({
    ...{ bundle, platform, format, target, mainFields, minify },
    entryPoints: readdirSync('functions').map((file) => resolve('functions', file)),
    outdir: join(folder, 'functions'),
    plugins: [lambdaCredentials],
    logLevel: 'error',
  } as BuildOptions);
  sandbox = await startSandbox({ bundles: folder });
}, 120_000);
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the bundles that are deployed ask, approve and issue', async () => {
  const id = await approved(sandbox);
  const david = await byToken(sandbox, 'david', 0);
  const got = credentials(await david('POST', `/elevations/${id}/credentials`), sandbox.now());
  if (got.value === undefined) throw new Error(got.said);
  const { said } = await awsCalls(sandbox.endpoints.aws, got.value, sandbox.now).whoAmI();
  expect(said).toBe(`arn:aws:sts::999999999999:assumed-role/UpdateApp/dbr+david+${id}+1`);
  expect(told(await david('POST', `/elevations/${id}/return`))).toMatchObject({
    status: 200,
    state: 'returned',
  });
}, 30_000);

test('the bundles that are deployed follow a session, and report on it', async () => {
  const id = await approved(sandbox);
  await calls(sandbox, await issued(sandbox, id)).write('productionapp', 'index.html', 'release 2');
  await sandbox.deliverTrail();
  const { events } = await activityOf(sandbox, id);
  expect(events.map(({ name }) => name).toSorted()).toEqual(['AssumeRole', 'PutObject']);
  await sandbox.advance(2); // a report ends at a whole minute
  const { json, files } = await reported(sandbox, 1);
  expect(json.elevations.find((line) => line.id === id)?.events).toEqual({
    allowed: 1,
    denied: 0,
    unknown: 0,
  });
  expect(files.map(({ name }) => name)).toContain('report.html');
}, 60_000);
