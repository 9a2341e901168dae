import { readFileSync } from 'node:fs';
import { loadAccess } from '../shared/adapters/access-file/load.ts';
import { dynamoDbClient } from '../shared/adapters/dynamodb/client.ts';
import { dynamoDbStore } from '../shared/adapters/dynamodb/dynamodb-store.ts';
import { kmsSeal } from '../shared/adapters/kms/kms-seal.ts';
import { stsClient } from '../shared/adapters/sts/client.ts';
import { stsIssuer } from '../shared/adapters/sts/issuer.ts';
import { systemClock as clock } from '../shared/adapters/system/clock.ts';
import { sha256 } from '../shared/adapters/system/crypto.ts';
import { jsonLog } from '../shared/adapters/system/json-log.ts';
import { credentialsConfig } from '../shared/config.ts';
import { api } from '../shared/http/api.ts';
import { callersAt } from '../shared/http/caller.ts';
import { credentials } from '../shared/http/credential-handlers.ts';

const { accessFile, table: name, sealKey, iamDoorMfa } = credentialsConfig(process.env);
const access = loadAccess(JSON.parse(readFileSync(accessFile, 'utf8')));
const log = jsonLog(clock);
const table = { client: dynamoDbClient(), name };

const broker = {
  ...{ access, clock, sha256, log },
  store: dynamoDbStore(table, sha256),
  seal: kmsSeal(sealKey),
  issuer: stsIssuer(stsClient()),
};

/** Issues credentials. NB. The only function whose role may assume roles of the catalog. */
export const handler = api(
  { access, clock, log, callerOf: callersAt({ access, iamDoorMfa }) },
  { forPeople: { issueCredentials: (call) => credentials(broker, call) }, open: {} },
);
