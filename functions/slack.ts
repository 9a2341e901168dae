import { readFileSync } from 'node:fs';
import { loadAccess } from '../shared/adapters/access-file/load.ts';
import { dynamoDbClient } from '../shared/adapters/dynamodb/client.ts';
import { dynamoDbRate } from '../shared/adapters/dynamodb/dynamodb-rate.ts';
import { dynamoDbStore } from '../shared/adapters/dynamodb/dynamodb-store.ts';
import { dynamoDbSeenRequests } from '../shared/adapters/dynamodb/seen-requests.ts';
import { dynamoDbSlackLinks } from '../shared/adapters/dynamodb/slack-links.ts';
import { kmsSeal } from '../shared/adapters/kms/kms-seal.ts';
import { botToken, signingSecrets } from '../shared/adapters/secrets/slack-secrets.ts';
import { slackDesk } from '../shared/adapters/slack/desk.ts';
import { systemClock as clock } from '../shared/adapters/system/clock.ts';
import { randomBytes, sha256 } from '../shared/adapters/system/crypto.ts';
import { jsonLog } from '../shared/adapters/system/json-log.ts';
import { slackConfig } from '../shared/config.ts';
import { peopleBySlackUser } from '../shared/domain/identities.ts';
import { slackHandler } from '../shared/slack/handler.ts';

const config = slackConfig(process.env);
const access = loadAccess(JSON.parse(readFileSync(config.accessFile, 'utf8')));
const log = jsonLog(clock);
const table = { client: dynamoDbClient(), name: config.table };

/** Answers Slack: the command, the form and the buttons. Cards and messages are announced, not posted here. */
export const handler = slackHandler({
  broker: {
    ...{ access, clock, randomBytes, sha256, log },
    store: dynamoDbStore(table, sha256),
    rate: dynamoDbRate(table),
    seal: kmsSeal(config.sealKey),
    links: dynamoDbSlackLinks(table),
    usersOfFile: peopleBySlackUser(access),
  },
  signingSecrets: signingSecrets(config.signingSecret, clock, log),
  seen: dynamoDbSeenRequests(table),
  desk: slackDesk(botToken(config.botToken, clock, log), clock),
  apiUrl: config.apiUrl,
});
