import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { leakedSecrets } from './leaked-secrets.ts';

/**
 * `npm test`: the static checks, then every test, then a search of all output for every secret that was issued. It
 * stops at the first static check that fails. The last line counts everything: `N passed, N failed, N skipped`.
 */
const CHECKS = [
  { name: 'types', script: 'types' },
  { name: 'lint and format', script: 'lint' },
  { name: 'dependency rules', script: 'deps' },
  { name: 'dead code', script: 'dead' },
] as const;

const JEST = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
const Summary = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
});

type Count = { readonly passed: number; readonly failed: number; readonly skipped: number };

if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `These tests run on Node 24, the functions' runtime; this is ${process.version}. Use: npm test`,
  );
}

const words = process.argv.slice(2);
const evidence = mkdtempSync(join(tmpdir(), 'drawbridge-test-'));
try {
  const checks = await staticChecks();
  const counts = checks.failed > 0 ? [checks] : [checks, await tests(words), secretsInOutput(words)];
  const total = counts.reduce((sum, one) => ({
    passed: sum.passed + one.passed,
    failed: sum.failed + one.failed,
    skipped: sum.skipped + one.skipped,
  }));
  process.exitCode = total.failed === 0 ? 0 : 1;
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
} finally {
  rmSync(evidence, { recursive: true, force: true });
}

async function staticChecks(): Promise<Count> {
  for (const [passed, { name, script }] of CHECKS.entries()) {
    const status = await run(process.execPath, ['--run', script]);
    process.stdout.write(`${status === 0 ? 'PASS' : 'FAIL'} ${name}\n`);
    if (status === 0) continue;
    const skipped = CHECKS.length - passed - 1;
    process.stdout.write(`Stopped at "${name}" (npm run ${script}): mend that first, no test was run.\n`);
    return { passed, failed: 1, skipped };
  }
  return { passed: CHECKS.length, failed: 0, skipped: 0 };
}

async function tests(words: readonly string[]): Promise<Count> {
  const results = join(evidence, 'results.json');
  const status = await run(process.execPath, [...JEST, '--json', `--outputFile=${results}`, ...words]);
  if (!existsSync(results)) return { passed: 0, failed: 1, skipped: 0 };
  const summary = Summary.parse(JSON.parse(readFileSync(results, 'utf8')));
  const failed = summary.numFailedTests + summary.numRuntimeErrorTestSuites;
  const passed = summary.numPassedTests;
  return { passed, failed: status === 0 ? failed : Math.max(1, failed), skipped: summary.numPendingTests };
}

/**
 * All that was printed and all that the functions have logged, searched for every secret that the sandbox issued. None
 * issued is a failure of the whole suite: then nothing was proved. A part of the tests may issue none.
 */
function secretsInOutput(part: readonly string[]): Count {
  const read = (name: string) => {
    const file = join(evidence, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  const secrets = read('secrets.txt')
    .split('\n')
    .filter((secret) => secret !== '');
  if (secrets.length === 0 && part.length > 0) {
    process.stdout.write('SKIP no secret in any output: these tests issue none\n');
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const leaked = leakedSecrets(secrets, [read('output.txt'), read('logs.txt')]);
  const isProved = secrets.length > 0 && leaked.length === 0;
  process.stdout.write(
    `${isProved ? 'PASS' : 'FAIL'} no secret in any output: ${secrets.length} issued, ${leaked.length} found\n`,
  );
  return { passed: isProved ? 1 : 0, failed: isProved ? 0 : 1, skipped: 0 };
}

/** Runs a command, keeps what it prints, and shows it. */
function run(command: string, words: readonly string[]): Promise<number> {
  const output = createWriteStream(join(evidence, 'output.txt'), { flags: 'a' });
  const child = spawn(command, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DRAWBRIDGE_TEST_EVIDENCE: evidence },
  });
  for (const [from, to] of [
    [child.stdout, process.stdout] as const,
    [child.stderr, process.stderr] as const,
  ]) {
    from.on('data', (chunk: Buffer) => {
      output.write(chunk);
      to.write(chunk);
    });
  }
  return new Promise((resolve) => {
    child.on('close', (status) => output.end(() => resolve(status ?? 1)));
  });
}
