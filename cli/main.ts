import { readFile, rename, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { actionCatalogue } from '../shared/adapters/action-catalogue/catalogue.ts';
import { codeOf } from '../shared/adapters/digests/error-code.ts';
import { localTrail } from '../shared/adapters/digests/local-trail.ts';
import { operatorCloudTrail, operatorS3 } from '../shared/adapters/digests/operator-clients.ts';
import { listedKeys, writtenKeys } from '../shared/adapters/digests/public-keys.ts';
import { s3Trail } from '../shared/adapters/digests/s3-trail.ts';
import { dynamoDbStore } from '../shared/adapters/dynamodb/dynamodb-store.ts';
import { dynamoDbUsage } from '../shared/adapters/dynamodb/usage-store.ts';
import { cloudTrailLookup } from '../shared/adapters/event-lookup/cloudtrail-lookup.ts';
import { operatorDynamoDb } from '../shared/adapters/event-lookup/operator-dynamodb.ts';
import { sha256 } from '../shared/adapters/system/crypto.ts';
import { readAccess } from './access.ts';
import { embeddedActions, embeddedVersion } from './embedded.ts';
import { runCommandLine } from './program.ts';
import { terminalOf } from './terminal.ts';
import type { CheckSources } from './trail/check.ts';
import { eventIn } from './trail/looked-up-event.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // whoever read the output has seen enough, as `| head` does
  throw error;
});

const readText = (path: string) => readFile(path, 'utf8');
const catalogue = () => actionCatalogue(embeddedActions());

const check: CheckSources = {
  access: (path) => readAccess(path, readText),
  elevations: ({ table, region }) => dynamoDbStore({ client: operatorDynamoDb(region), name: table }, sha256),
  usage: ({ table, region, keptDays }) =>
    dynamoDbUsage({ client: operatorDynamoDb(region), name: table }, { keptDays }),
  lookup: (region) =>
    cloudTrailLookup({ client: operatorCloudTrail(region), parse: (json) => eventIn(json, sha256), sleep }),
  catalogue,
  readState: (path) =>
    readText(path).catch((error) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }),
  async writeState(path, text) {
    await writeFile(`${path}.part`, text);
    await rename(`${path}.part`, path);
  },
};

const ended = runCommandLine(process.argv.slice(2), {
  terminal: terminalOf({ stdout: process.stdout, stderr: process.stderr, env: process.env }),
  now: Date.now,
  sha256,
  version: embeddedVersion(),
  audit: { catalogue, readText },
  trail: {
    local: localTrail,
    bucket: (at, part) => s3Trail({ client: operatorS3(), ...at }, part),
    writtenKeys,
    readText,
    listedKeys: () => listedKeys(operatorCloudTrail),
  },
  check,
});

void ended.then((code) => {
  process.exitCode = code;
});
