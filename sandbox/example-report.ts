import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleReport } from './example/report.ts';

/** `npm run example-report`: writes docs/example-report/, the report on a week of the story. */
const FOLDER = new URL('../docs/example-report', import.meta.url).pathname;

mkdirSync(FOLDER, { recursive: true });
for (const { name, body } of await exampleReport()) writeFileSync(join(FOLDER, name), body);
