import { parseArgs } from 'node:util';
import { castOf } from './demo/cast.ts';
import { narrator, StoryDiffers } from './demo/narrator.ts';
import { play } from './demo/story.ts';
import { startSandbox } from './sandbox.ts';

/**
 * `npm run demo`: plays the story; exits 0 when every step is as told, and 1 at the first that is not. With
 * `--access <file>` it is played under another access file.
 */
const REPORT = '.build/demo-report';
const began = Date.now();
const write = (line: string) => process.stdout.write(`${line}\n`);
write('Drawbridge lends AWS roles for minutes. The story, on this machine, with no AWS account:');
const { values } = parseArgs({ options: { access: { type: 'string' } } });
const sandbox = await startSandbox(values.access === undefined ? {} : { accessFile: values.access });
try {
  const tell = narrator(write);
  await play(castOf(sandbox, tell), REPORT);
  write(`\nThe report is in ${REPORT}/: open report.html.`);
  write(`\nAll ${tell.steps()} steps are as told, in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
} catch (error) {
  if (!(error instanceof StoryDiffers)) throw error;
  write(`\n${error.message}`);
  process.exitCode = 1;
} finally {
  await sandbox.stop();
}
