import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { compileAccess } from '../infra/compile-access.ts';
import type { Figure } from './report.ts';
import { formatMilliseconds, median } from './statistics.ts';

const RUNS = 21;
const AIM = 2.5;
const FUNCTIONS = ['authorize', 'elevations', 'credentials'] as const;

/** What Lambda and serverless.yml put into a function's environment; nothing answers there, since loading calls nobody. */
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_SESSION_TOKEN: 'example',
  DRAWBRIDGE_TABLE: 'drawbridge-bench',
  DRAWBRIDGE_SEAL_KEY: 'arn:aws:kms:us-east-1:222222222222:key/00000000-0000-0000-0000-000000000000',
  DRAWBRIDGE_IAM_DOOR_MFA: '15m',
  DRAWBRIDGE_IAM_DOOR_CREDENTIALS_MFA: '8h15m',
};

/**
 * How long a fresh process takes to load each function's bundle, against one that loads an empty handler: the two in
 * turn, so that a machine whose speed drifts slows both.
 */
export async function loadTimes(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-load-'));
  try {
    const empty = join(folder, 'empty.js');
    writeFileSync(empty, 'exports.handler = async () => ({ statusCode: 200 });\n');
    await bundle(folder);
    return FUNCTIONS.map((name) => figureOf(name, join(folder, 'functions', `${name}.js`), empty, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function figureOf(name: string, script: string, empty: string, folder: string): Figure {
  load(script, folder);
  const pairs = Array.from({ length: RUNS }, () => ({
    floor: load(empty, folder),
    ours: load(script, folder),
  }));
  const ratio = median(pairs.map(({ floor, ours }) => ours / floor));
  const [floor, ours] = [median(pairs.map((pair) => pair.floor)), median(pairs.map((pair) => pair.ours))];
  const kilobytes = (statSync(script).size / 1000).toFixed(0);
  return {
    what: name,
    value: `${ratio.toFixed(2)}×  (${formatMilliseconds(ours)} against ${formatMilliseconds(floor)}, ${kilobytes} kB)`,
    aim: `≤${AIM}×`,
    met: ratio <= AIM,
  };
}

/** Milliseconds from the start of a process to its end, with the script loaded in between. */
function load(script: string, folder: string): number {
  const began = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, ['-e', `require(${JSON.stringify(script)})`], {
    env: { ...ENVIRONMENT, LAMBDA_TASK_ROOT: folder },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${script} does not load: ${stderr}`);
  return Number(process.hrtime.bigint() - began) / 1e6;
}

/** Bundles the functions as the packaging does. */
async function bundle(folder: string): Promise<void> {
  const settings = createRequire(import.meta.url)('../infra/esbuild.cjs') as () => BuildOptions;
  const { lambdaCredentials } = createRequire(import.meta.url)('../infra/esbuild-lambda-credentials.cjs');
  const {
    bundle: bundled,
    platform,
    format,
    target,
    mainFields,
    minify,
    legalComments,
  } = settings() as Required<BuildOptions>;
  mkdirSync(join(folder, 'compiled'));
  await compileAccess('infra/access.example.yml', join(folder, 'compiled'));
  cpSync(join(folder, 'compiled', 'access.json'), join(folder, 'access.json'));
  await build({
    ...{ bundle: bundled, platform, format, target, mainFields, minify, legalComments },
    entryPoints: FUNCTIONS.map((name) => resolve('functions', `${name}.ts`)),
    outdir: join(folder, 'functions'),
    plugins: [lambdaCredentials],
    logLevel: 'error',
  });
}
