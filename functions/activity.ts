import { readFileSync } from 'node:fs';
import { loadAccess } from '../shared/adapters/access-file/load.ts';
import { dynamoDbClient } from '../shared/adapters/dynamodb/client.ts';
import { dynamoDbStore } from '../shared/adapters/dynamodb/dynamodb-store.ts';
import { dynamoDbUsage } from '../shared/adapters/dynamodb/usage-store.ts';
import { kmsSeal } from '../shared/adapters/kms/kms-seal.ts';
import { systemClock as clock } from '../shared/adapters/system/clock.ts';
import { sha256 } from '../shared/adapters/system/crypto.ts';
import { jsonLog } from '../shared/adapters/system/json-log.ts';
import { activityConfig } from '../shared/config.ts';
import { activity } from '../shared/http/activity-handlers.ts';
import { api } from '../shared/http/api.ts';
import { callersAt } from '../shared/http/caller.ts';

const { accessFile, table, usageTable, sealKey, iamDoorMfa } = activityConfig(process.env);
const access = loadAccess(JSON.parse(readFileSync(accessFile, 'utf8')));
const log = jsonLog(clock);
const client = dynamoDbClient();

const reader = {
  ...{ access, clock, sha256, log },
  store: dynamoDbStore({ client, name: table }, sha256),
  seal: kmsSeal(sealKey),
  usage: dynamoDbUsage({ client, name: usageTable }),
};

/** Shows what the sessions of an elevation did; it can change nothing. */
export const handler = api(
  { access, clock, log, callerOf: callersAt({ access, iamDoorMfa }) },
  { forPeople: { readActivity: (call) => activity(reader, call) }, open: {} },
);
