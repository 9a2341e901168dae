import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileAccess } from '../infra/compile-access.ts';
import { type Bundle, bundle } from './bundles.ts';
import { FUNCTIONS, PARTS, type Source } from './parts.ts';
import type { Figure } from './report.ts';
import { formatMilliseconds, median, pairedRatio } from './statistics.ts';
import { timed } from './stopwatch.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

const ROUNDS = 15;
const AIM = 2.5;
/** Nobody waits for these. */
const IN_THE_BACKGROUND: ReadonlySet<string> = new Set(['announce', 'sweep']);
const EMPTY = 'exports.handler = async () => ({ statusCode: 200 });\n';

/** Milliseconds of a script in each round. */
type Times = readonly number[];

/** What Lambda and serverless.yml put into a function's environment; nothing answers there, since loading calls nobody. */
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_SESSION_TOKEN: 'example',
  DRAWBRIDGE_TABLE: 'drawbridge-bench',
  DRAWBRIDGE_SEAL_KEY: 'arn:aws:kms:us-east-1:222222222222:key/00000000-0000-0000-0000-000000000000',
  DRAWBRIDGE_API_URL: 'https://api.example.com/bench',
  DRAWBRIDGE_SLACK_SIGNING_SECRET: 'signing-secret',
  DRAWBRIDGE_SLACK_BOT_TOKEN: 'bot-token',
  DRAWBRIDGE_ANNOUNCE_QUEUE: 'https://queue.example.com/announce',
  DRAWBRIDGE_EVENT_BUS: 'drawbridge-bench',
  DRAWBRIDGE_AUDIT_BUCKET: 'drawbridge-bench',
  DRAWBRIDGE_IAM_DOOR_MFA: '15m',
  DRAWBRIDGE_IAM_DOOR_CREDENTIALS_MFA: '8h15m',
};

/** How long a process lives that loads a function's bundle, against one that loads an empty handler. */
export function loadTimes(): Promise<readonly Figure[]> {
  return inTemporaryFolder(async (folder) => {
    await compileAccess('infra/access.example.yml', folder);
    const empty = join(folder, 'empty.js');
    writeFileSync(empty, EMPTY); // CommonJS, since the folder belongs to no package
    const functions = await bundled(FUNCTIONS, folder);
    const parts = await bundled(PARTS, folder);
    const times = inTurn([empty, ...[...functions, ...parts].map(({ script }) => script)], folder);
    const floor = timesOf(times, empty);
    return [
      { what: 'an empty handler', value: formatMilliseconds(median(floor)) },
      ...functions.map((one) => functionFigure(one, timesOf(times, one.script), floor)),
      ...parts.map((one) => partFigure(one, timesOf(times, one.script), floor)),
      ...functions.map(contentFigure),
    ];
  });
}

function bundled(sources: readonly Source[], folder: string): Promise<Bundle[]> {
  return Promise.all(sources.map(({ name, source }) => bundle(name, source, folder)));
}

/** Loads each script once a round, so that a machine whose speed drifts slows all of them. */
function inTurn(scripts: readonly string[], folder: string): ReadonlyMap<string, Times> {
  const times = new Map(scripts.map((script) => [script, [] as number[]]));
  for (const script of scripts) load(script, folder); // the first time reads from the disk
  for (let round = 0; round < ROUNDS; round++) {
    for (const [script, ofScript] of times) ofScript.push(timed(() => load(script, folder)));
  }
  return times;
}

/** Starts a process that loads the script and ends. */
function load(script: string, folder: string): void {
  const { status, stderr } = spawnSync(process.execPath, ['-e', `require(${JSON.stringify(script)})`], {
    env: { ...ENVIRONMENT, LAMBDA_TASK_ROOT: folder },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${script} does not load: ${stderr}`);
}

function timesOf(times: ReadonlyMap<string, Times>, script: string): Times {
  return times.get(script) ?? [];
}

function functionFigure({ name, bytes }: Bundle, times: Times, floor: Times): Figure {
  const ratio = pairedRatio(times, floor);
  return {
    what: name,
    value: `${ratio.toFixed(2)}×  (${formatMilliseconds(median(times))}, ${kilobytes(bytes)})`,
    ...(IN_THE_BACKGROUND.has(name) ? {} : { aim: { text: `≤${AIM}×`, met: ratio <= AIM } }),
  };
}

function partFigure({ name, bytes }: Bundle, times: Times, floor: Times): Figure {
  const more = median(times.map((time, n) => time - (floor[n] ?? Number.NaN)));
  const share = pairedRatio(times, floor) - 1;
  return {
    what: `  ${name}`,
    value: `${signed(share)}×  (${formatMilliseconds(more)}, ${kilobytes(bytes)})`,
  };
}

/** A part so small that the noise hides it may show below nothing. */
function signed(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.abs(share).toFixed(2)}`;
}

function contentFigure({ name, packages }: Bundle): Figure {
  const largest = packages.slice(0, 5).map(([it, bytes]) => `${it} ${kilobytes(bytes)}`);
  return { what: `largest in ${name}`, value: largest.join(', ') };
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
