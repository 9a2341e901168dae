import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Visitor, withToken } from '../sandbox/client/api.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { type Life, type Lost, live, STEPS } from './life.ts';
import { faultsOf } from './reconcile.ts';
import type { Figure } from './report.ts';
import { formatMilliseconds, median, quantile } from './statistics.ts';
import { timedAsync } from './stopwatch.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

const AT_ONCE = 200;
const ONE_BY_ONE = 20;

/** Several, since no more than 50 requests of one person may wait. */
const ASKERS = ['david', 'tess', 'rob', 'ada', 'omar'] as const;

/** 200 life cycles at once, against some that are lived one after the other. */
export function lifeCycles(): Promise<readonly Figure[]> {
  return inTemporaryFolder(async (folder) => {
    const sandbox = await startSandbox({ accessFile: roomyAccessFile(folder), onLog: () => undefined });
    try {
      return await measured(sandbox);
    } finally {
      await sandbox.stop();
    }
  });
}

async function measured(sandbox: Sandbox): Promise<readonly Figure[]> {
  const visitor = async (person: string) =>
    withToken(sandbox.endpoints.api, await sandbox.accessToken(person, { mfa: true }));
  const [approver, auditor] = [await visitor('ruth'), await visitor('omar')];
  const askers = await Promise.all(ASKERS.map(visitor));
  const lifeOf = (n: number) => live(askers[n % askers.length] ?? auditor, approver);
  const first = await lifeOf(0); // compiles the code
  const alone = await timedAsync(() => oneByOne(ONE_BY_ONE, lifeOf));
  const together = await timedAsync(() => Promise.all(Array.from({ length: AT_ONCE }, (_, n) => lifeOf(n))));
  const all = [first, ...alone.value, ...together.value];
  return [
    ...speed(`${ONE_BY_ONE} one after the other`, alone),
    ...speed(`${AT_ONCE} at once`, together),
    {
      what: 'at once against one by one',
      value: `${(rateOf(together) / rateOf(alone)).toFixed(2)}× as many a second`,
    },
    ...(await books(sandbox, auditor, all)),
  ];
}

type Lived = { readonly value: readonly (Life | Lost)[]; readonly milliseconds: number };

function speed(what: string, lived: Lived): Figure[] {
  const lives = lived.value.filter(isLived);
  return [
    { what, value: `${rateOf(lived).toFixed(1)} lives a second` },
    { what: '  calls made again', value: counted(lives.flatMap(({ repeated }) => repeated)) },
    ...STEPS.map((step) => ({ what: `  ${step}`, value: spread(lives.map((life) => life.steps[step])) })),
  ];
}

function rateOf({ value, milliseconds }: Lived): number {
  return (value.filter(isLived).length * 1000) / milliseconds;
}

function counted(answers: readonly string[]): string {
  const counts = Map.groupBy(answers, (answer) => answer);
  const said = [...counts].map(([answer, all]) => `${all.length} after ${answer}`);
  return said.length === 0 ? 'none' : said.join(', ');
}

function spread(times: readonly number[]): string {
  const at = (share: number) => formatMilliseconds(quantile(times, share));
  return times.length === 0
    ? 'none'
    : `p50 ${formatMilliseconds(median(times))}, p95 ${at(0.95)}, p99 ${at(0.99)}`;
}

async function books(
  sandbox: Sandbox,
  auditor: Visitor,
  outcomes: readonly (Life | Lost)[],
): Promise<Figure[]> {
  const lives = outcomes.filter(isLived);
  const lost = outcomes.flatMap((outcome) => (isLived(outcome) ? [] : [outcome.lost]));
  const faults = [...lost, ...(await faultsOf(sandbox, auditor, lives))];
  return [
    {
      what: 'nothing lost, nothing double',
      value: `${lives.length} of ${outcomes.length} lives ended, ${faults.length} faults in the books`,
      aim: { text: '0 faults', met: faults.length === 0 },
    },
    ...faults.slice(0, MOST_FAULTS_SHOWN).map((fault) => ({ what: '  fault', value: fault })),
  ];
}

const MOST_FAULTS_SHOWN = 5;

function isLived(outcome: Life | Lost): outcome is Life {
  return 'id' in outcome;
}

/** The access file of the story, in which more people may ask, and more often. */
function roomyAccessFile(folder: string): string {
  const story = readFileSync('sandbox/access.yml', 'utf8');
  const roomy = story
    .replace(/^limits:.*$/m, 'limits: { pending: 50, requests: { count: 1000, per: 1h } }')
    .replace('developers: [david]', `developers: [${ASKERS.join(', ')}]`)
    .replace('deny: [group:testers]', 'deny: [person:ruth]');
  const file = join(folder, 'access.yml');
  writeFileSync(file, roomy);
  return file;
}

async function oneByOne<T>(times: number, act: (n: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (let n = 0; n < times; n++) done.push(await act(n));
  return done;
}
