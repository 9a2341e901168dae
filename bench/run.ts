import { evaluator } from './evaluator.ts';
import { lifeCycles } from './life-cycles.ts';
import { loadTimes } from './load-time.ts';
import { operations } from './operations.ts';
import { type Figure, print } from './report.ts';

/** `npm run bench`, or `npm run bench -- evaluator operations`: measures, and says which aims are met. */
const MEASUREMENTS: Readonly<
  Record<string, readonly [title: string, measure: () => Promise<readonly Figure[]>]>
> = {
  'load-time': ['Load time of a fresh process with a bundle, against an empty handler', loadTimes],
  operations: ['What one operation costs', operations],
  evaluator: ['An access file with 1,000 roles, 500 rules and 5,000 people', evaluator],
  'life-cycles': ['Life cycles in the sandbox: ask, approve, credentials, return', lifeCycles],
};

const asked = process.argv.slice(2);
for (const [name, [title, measure]] of Object.entries(MEASUREMENTS)) {
  if (asked.length === 0 || asked.includes(name)) print(title, await measure());
}
