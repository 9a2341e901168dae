import { auditReport } from './audit-report.ts';
import { evaluator } from './evaluator.ts';
import { lifeCycles } from './life-cycles.ts';
import { loadTimes } from './load-time.ts';
import { operations } from './operations.ts';
import { type Figure, print } from './report.ts';
import { slackAnswers } from './slack-answers.ts';
import { trail } from './trail.ts';

type Measurement = { readonly title: string; measure(): Promise<readonly Figure[]> };

/** `npm run bench`, or `npm run bench -- evaluator operations`: measures, and says which aims are met. */
const MEASUREMENTS = new Map<string, Measurement>([
  [
    'load-time',
    { title: 'A process that loads a bundle, against one with an empty handler', measure: loadTimes },
  ],
  ['operations', { title: 'What one operation sends to AWS', measure: operations }],
  [
    'slack-answers',
    { title: 'Slack is answered from cold: a new environment, and its first call', measure: slackAnswers },
  ],
  ['evaluator', { title: 'An access file with 1,000 roles, 500 rules and 5,000 people', measure: evaluator }],
  ['trail', { title: 'Finding what is ours in a trail of 1,000,000 events', measure: trail }],
  [
    'audit-report',
    { title: 'The report on 10,000 elevations and 1,000,000 events of theirs', measure: auditReport },
  ],
  ['life-cycles', { title: 'Life cycles in the sandbox: ask, approve, issue, return', measure: lifeCycles }],
]);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !MEASUREMENTS.has(name));
if (unknown.length > 0) {
  console.error(
    `There is no measurement ${unknown.join(', ')}. There are ${[...MEASUREMENTS.keys()].join(', ')}.`,
  );
  process.exitCode = 1;
} else {
  for (const [name, { title, measure }] of MEASUREMENTS) {
    if (asked.length === 0 || asked.includes(name)) print(title, await measure());
  }
}
