import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFunction } from '../sandbox/lambda/start-function.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import type { Seen } from '../sandbox/slack/seen.ts';
import { bundle } from './bundles.ts';
import { FUNCTIONS } from './parts.ts';
import type { Figure } from './report.ts';
import { formatMilliseconds, median } from './statistics.ts';
import { timedAsync } from './stopwatch.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

const ROUNDS = 12;
/** Slack gives up after 3 s; this is what is wanted of it here. */
const AIM_MS = 1000;

/** What somebody does in Slack, each the first call of a new environment. */
const DEEDS: readonly { readonly what: string; readonly doing: (sandbox: Sandbox) => Promise<Seen> }[] = [
  { what: '/drawbridge help', doing: ({ slack }) => slack.as('U0DAVID').command('help') },
  { what: '/drawbridge: a form is opened', doing: ({ slack }) => slack.as('U0DAVID').command('') },
  {
    what: '/drawbridge read-billing 30m …: it is asked for',
    doing: ({ slack }) => slack.as('U0TESS').command('read-billing 30m Look at the costs'),
  },
  {
    what: '/drawbridge return: it is given back',
    doing: ({ slack }) => slack.as('U0TESS').command('return'),
  },
];

/** How long Slack waits for the deployed bundle from cold: until it is loaded, and until its first answer is there. */
export function slackAnswers(): Promise<readonly Figure[]> {
  return inTemporaryFolder(async (folder) => {
    mkdirSync(join(folder, 'functions'));
    for (const { name, source } of FUNCTIONS) await bundle(name, source, join(folder, 'functions'));
    const sandbox = await startSandbox({ bundles: folder });
    try {
      const floor = await emptyStarts(folder);
      const figures = [
        {
          what: 'an empty handler, loaded',
          value: formatMilliseconds(median(floor)),
        },
      ];
      for (const { what, doing } of DEEDS) figures.push(await coldFigure(sandbox, what, doing));
      return figures;
    } finally {
      await sandbox.stop();
    }
  });
}

async function coldFigure(
  sandbox: Sandbox,
  what: string,
  doing: (sandbox: Sandbox) => Promise<Seen>,
): Promise<Figure> {
  const loaded: number[] = [];
  const answered: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const load = await timedAsync(() => sandbox.renew('slack'));
    const answer = await timedAsync(() => doing(sandbox));
    if (answer.value.trouble !== undefined) throw new Error(`${what}: ${answer.value.trouble}`);
    loaded.push(load.milliseconds);
    answered.push(load.milliseconds + answer.milliseconds);
  }
  const longest = Math.max(...answered);
  return {
    what,
    value: `${formatMilliseconds(median(answered))}, at most ${formatMilliseconds(longest)} (${formatMilliseconds(median(loaded))} of it to load)`,
    aim: { text: `≤${AIM_MS} ms at most, a third of Slack’s 3 s`, met: longest <= AIM_MS },
  };
}

/** The floor: what a new environment alone takes on this machine. */
async function emptyStarts(folder: string): Promise<readonly number[]> {
  const file = join(folder, 'empty.js');
  writeFileSync(file, 'exports.handler = async () => null;\n');
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { value, milliseconds } = await timedAsync(() =>
      startFunction({ name: 'empty', arn: 'arn:empty', file, environment: {} }),
    );
    await value.stop();
    times.push(milliseconds);
  }
  return times;
}
