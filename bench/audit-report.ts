import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { writeActions } from '../infra/write-actions.ts';
import type { Figure } from './report.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

const ELEVATIONS = 10_000;
const EVENTS = Number(process.env['DRAWBRIDGE_BENCH_EVENTS'] ?? 1_000_000);
const MOST_SECONDS = 60;
const MOST_MEMORY = 512 * 1024 * 1024;

/**
 * NB. Without a bound, V8 lets garbage lie as long as the machine has memory, and what is needed does not show. In the
 * small space that it has for what is young by itself, the report takes about a sixth longer.
 */
const HEAP = ['--max-old-space-size=224', '--max-semi-space-size=32'];

const Tables = z.object({ url: z.url(), items: z.number() });
const Cost = { seconds: z.number(), processor: z.number(), rss: z.number() };
const Made = z.object({ ...Cost, elevations: z.number(), events: z.number(), damaged: z.number() });
const Repeated = z.object({ ...Cost, asked: z.record(z.string(), z.number()) });

/** What a report costs, against asking the tables the same and doing nothing with the answers. */
export function auditReport(): Promise<readonly Figure[]> {
  return inTemporaryFolder(async (folder) => {
    const actions = await writeActions(folder);
    const tables = started(['bench/audit-report-tables.ts'], { elevations: ELEVATIONS, events: EVENTS });
    try {
      const { url, items } = Tables.parse(await firstLineOf(tables));
      const made = Made.parse(await said({ way: 'report', url, actions }));
      const floor = Repeated.parse(await said({ way: 'floor', url, actions }));
      return figures(items, made, floor);
    } finally {
      tables.kill();
    }
  });
}

function started(script: readonly string[], work: object): ChildProcess {
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  return spawn(process.execPath, [...script, JSON.stringify(work)], { stdio: [...stdio] });
}

async function firstLineOf({ stdout }: ChildProcess): Promise<unknown> {
  if (stdout === null) throw new Error('The tables say nothing.');
  for await (const line of createInterface(stdout)) return JSON.parse(line);
  throw new Error('The tables did not come up.');
}

async function said(work: object): Promise<unknown> {
  const child = started([...HEAP, 'bench/audit-report-maker.ts'], work);
  if (child.stdout === null) throw new Error('The process says nothing.');
  const [output, [status]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (status !== 0) throw new Error('The report was not made.');
  return JSON.parse(output);
}

function figures(
  items: number,
  made: z.infer<typeof Made>,
  { asked, ...floor }: z.infer<typeof Repeated>,
): readonly Figure[] {
  const { elevations, events, damaged, seconds, processor, rss } = made;
  if (elevations !== ELEVATIONS || events < EVENTS || damaged > 0)
    throw new Error(
      `The report tells of ${elevations} elevations and ${events} events; ${damaged} are damaged.`,
    );
  const scans = Object.entries(asked).filter(
    ([operation]) => operation !== 'BatchGetItem' && operation !== 'Query',
  );
  return [
    {
      what: 'elevations, events, items of usage',
      value: [elevations, events, items].map(withCommas).join(', '),
    },
    {
      what: 'the report',
      value: `${seconds.toFixed(1)} s, ${withCommas(Math.round(events / seconds))} events/s`,
      aim: { text: `≤${MOST_SECONDS} s`, met: seconds <= MOST_SECONDS },
    },
    { what: 'of the processor', value: `${processor.toFixed(1)} s` },
    {
      what: 'against the same answers, read and parsed',
      value: `${(processor / floor.processor).toFixed(1)}×`,
    },
    {
      what: 'memory',
      value: `${Math.round(rss / 1024 / 1024)} MB`,
      aim: { text: `≤${MOST_MEMORY / 1024 / 1024} MB`, met: rss <= MOST_MEMORY },
    },
    {
      what: 'requests to the tables',
      value: Object.entries(asked)
        .map(([operation, count]) => `${operation} ${withCommas(count)}`)
        .join(', '),
      aim: { text: 'no scan', met: scans.length === 0 },
    },
  ];
}

function withCommas(count: number): string {
  return count.toLocaleString('en-US');
}
