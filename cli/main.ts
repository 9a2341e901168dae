import { readFile } from 'node:fs/promises';
import { actionCatalogue } from '../shared/adapters/action-catalogue/catalogue.ts';
import { localTrail } from '../shared/adapters/digests/local-trail.ts';
import { operatorCloudTrail, operatorS3 } from '../shared/adapters/digests/operator-clients.ts';
import { listedKeys, writtenKeys } from '../shared/adapters/digests/public-keys.ts';
import { s3Trail } from '../shared/adapters/digests/s3-trail.ts';
import { sha256 } from '../shared/adapters/system/crypto.ts';
import { embeddedActions, embeddedVersion } from './embedded.ts';
import { runCommandLine } from './program.ts';
import { terminalOf } from './terminal.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // whoever read the output has seen enough, as `| head` does
  throw error;
});

const readText = (path: string) => readFile(path, 'utf8');

const ended = runCommandLine(process.argv.slice(2), {
  terminal: terminalOf({ stdout: process.stdout, stderr: process.stderr, env: process.env }),
  now: Date.now,
  sha256,
  version: embeddedVersion(),
  audit: {
    catalogue: () => actionCatalogue(embeddedActions()),
    readText,
  },
  trail: {
    local: localTrail,
    bucket: (at, part) => s3Trail({ client: operatorS3(), ...at }, part),
    writtenKeys,
    readText,
    listedKeys: () => listedKeys(operatorCloudTrail),
  },
});

void ended.then((code) => {
  process.exitCode = code;
});
