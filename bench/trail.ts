import { spawnSync } from 'node:child_process';
import * as z from 'zod';
import { writeActions } from '../infra/write-actions.ts';
import { bundle } from './bundles.ts';
import type { Figure } from './report.ts';
import { inTemporaryFolder } from './temporary-folder.ts';
import { type TrailSet, writeTrail } from './trail-set.ts';

const EVENTS = Number(process.env['DRAWBRIDGE_BENCH_EVENTS'] ?? 1_000_000);
const AIM = 2.5;
const MOST_MEMORY = 200 * 1024 * 1024;

const Result = z.object({ floor: z.number(), taken: z.number(), kept: z.number(), rss: z.number() });
type Result = z.infer<typeof Result>;

/** What following sessions through log files costs, against reading and unpacking the same files, on one core. */
export function trail(): Promise<readonly Figure[]> {
  return inTemporaryFolder(async (folder) => {
    const actions = await writeActions(folder);
    const set = writeTrail(EVENTS, folder);
    const { script } = await bundle('trail-reader', READER, folder);
    const [speed, few, all] = [
      inProcess(script, { files: set.files, actions, way: 'both' }),
      inProcess(script, { files: set.files.slice(0, set.files.length / 10), actions, way: 'taken' }),
      inProcess(script, { files: set.files, actions, way: 'taken' }),
    ];
    return [...speedFigures(set, speed), ...memoryFigures(few, all)];
  });
}

/** Bundled like a function: the memory is what one takes. */
const READER = `import { measureReading } from './bench/trail-reader.ts'; measureReading();`;

/** NB. Without a bound, V8 lets garbage lie as long as the machine has memory, and what is needed does not show. */
const HEAP = '--max-old-space-size=64';

/** Reads files in a process of its own; see trail-reader.ts. */
function inProcess(script: string, work: object): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [HEAP, script], {
    input: JSON.stringify(work),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The files cannot be read: ${stderr}`);
  return Result.parse(JSON.parse(stdout));
}

function speedFigures({ files, events, ours }: TrailSet, { floor, taken, kept }: Result): readonly Figure[] {
  if (kept !== ours) throw new Error(`${kept} events were kept of ${ours} that are ours.`);
  const ratio = taken / floor;
  return [
    { what: 'files, events, ours', value: [files.length, events, ours].map(withCommas).join(', ') },
    { what: 'read and unpacked', value: perSecond(events, floor) },
    {
      what: 'and what is ours found',
      value: `${ratio.toFixed(2)}×  (${perSecond(events, taken)})`,
      aim: { text: `≤${AIM}×`, met: ratio <= AIM },
    },
  ];
}

function memoryFigures(few: Result, all: Result): readonly Figure[] {
  return [
    { what: 'memory, a tenth of the files', value: megabytes(few.rss) },
    {
      what: 'memory, all files',
      value: megabytes(all.rss),
      aim: { text: `≤${megabytes(MOST_MEMORY)}`, met: all.rss <= MOST_MEMORY },
    },
  ];
}

function perSecond(events: number, seconds: number): string {
  return `${withCommas(Math.round(events / seconds / 1000))},000 events/s`;
}

function withCommas(count: number): string {
  return count.toLocaleString('en-US');
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
