import { readFileSync } from 'node:fs';
import { loadAccess } from '../shared/adapters/access-file/load.ts';
import { dynamoDbClient } from '../shared/adapters/dynamodb/client.ts';
import { dynamoDbRate } from '../shared/adapters/dynamodb/dynamodb-rate.ts';
import { dynamoDbStore } from '../shared/adapters/dynamodb/dynamodb-store.ts';
import { dynamoDbSlackLinks } from '../shared/adapters/dynamodb/slack-links.ts';
import { kmsSeal } from '../shared/adapters/kms/kms-seal.ts';
import { systemClock as clock } from '../shared/adapters/system/clock.ts';
import { randomBytes, sha256 } from '../shared/adapters/system/crypto.ts';
import { jsonLog } from '../shared/adapters/system/json-log.ts';
import type { Broker } from '../shared/app/broker.ts';
import type { LinkingBroker } from '../shared/app/link-slack.ts';
import { elevationsConfig } from '../shared/config.ts';
import { peopleBySlackUser } from '../shared/domain/identities.ts';
import { api } from '../shared/http/api.ts';
import { callersAt } from '../shared/http/caller.ts';
import { elevationRoutes } from '../shared/http/elevation-routes.ts';

const { accessFile, table: name, sealKey, iamDoorMfa } = elevationsConfig(process.env);
const access = loadAccess(JSON.parse(readFileSync(accessFile, 'utf8')));
const log = jsonLog(clock);
const table = { client: dynamoDbClient(), name };

const broker: Broker & LinkingBroker = {
  ...{ access, clock, randomBytes, sha256, log },
  store: dynamoDbStore(table, sha256),
  rate: dynamoDbRate(table),
  seal: kmsSeal(sealKey),
  links: dynamoDbSlackLinks(table),
  usersOfFile: peopleBySlackUser(access),
};

/** Ask, list, read, approve, deny, withdraw, return and revoke; it can assume nothing. */
export const handler = api(
  { access, clock, log, callerOf: callersAt({ access, iamDoorMfa }) },
  elevationRoutes(broker),
);
