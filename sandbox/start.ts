import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeEndpoints, handbook } from './handbook.ts';
import { type Ports, startSandbox } from './sandbox.ts';

/**
 * `npm start`: keeps the sandbox and the API running until Ctrl-C, and writes where things are to
 * `.sandbox/endpoints.json`. Ports: `--api 4010 --aws 4566 --idp 4011 --slack 4012`, or 0 for any free one.
 */
const ports = portsOf(process.argv.slice(2));
const FOLDER = '.sandbox';
const ENDPOINTS = join(FOLDER, 'endpoints.json');

try {
  const sandbox = await startSandbox({ ports, onLog: (line) => process.stdout.write(`${line}\n`) });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(ENDPOINTS, `${JSON.stringify(describeEndpoints(sandbox), null, 2)}\n`, { mode: 0o600 });
  process.stdout.write(handbook(sandbox, ENDPOINTS));
  const end = () => {
    rmSync(ENDPOINTS, { force: true });
    void sandbox.stop();
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
} catch (error) {
  const port = takenPort(error);
  if (port === undefined) throw error;
  process.stderr.write(
    `Port ${port} is taken. Choose another, for example: npm start -- --api 0 --aws 0 --idp 0 --slack 0\n`,
  );
  process.exitCode = 1;
}

/** The port that somebody else has; the parts say so in their own ways. */
function takenPort(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) return Number(error.port);
  const port = /EADDRINUSE.*:(\d+)/.exec(error.message)?.[1];
  return port === undefined ? takenPort(error.cause) : Number(port);
}

function portsOf(words: readonly string[]): Ports {
  const { values } = parseArgs({
    args: [...words],
    options: {
      api: { type: 'string', default: '4010' },
      aws: { type: 'string', default: '4566' },
      idp: { type: 'string', default: '4011' },
      slack: { type: 'string', default: '4012' },
    },
  });
  return {
    api: portOf(values.api),
    aws: portOf(values.aws),
    idp: portOf(values.idp),
    slack: portOf(values.slack),
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`${text} is not a port. Give a number from 0 to 65535.`);
}
