import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where the test command wants to find what was issued and what was logged: it searches all output for every secret.
 * Nothing is written elsewhere, and outside the test command nothing at all.
 */
const FOLDER = process.env['DRAWBRIDGE_TEST_EVIDENCE'] || undefined;

/** Remembers a secret that was issued, so that the test command can look for it in all output. */
export function recordSecret(secret: string): void {
  if (FOLDER !== undefined) appendFileSync(join(FOLDER, 'secrets.txt'), `${secret}\n`);
}

/** Remembers a line that a function has logged. */
export function recordLog(line: string): void {
  if (FOLDER !== undefined) appendFileSync(join(FOLDER, 'logs.txt'), `${line}\n`);
}
