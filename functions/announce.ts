import { readFileSync } from 'node:fs';
import { loadAccess } from '../shared/adapters/access-file/load.ts';
import { dynamoDbAnnouncements } from '../shared/adapters/dynamodb/announcements.ts';
import { auditLogOrder } from '../shared/adapters/dynamodb/audit-log-order.ts';
import { dynamoDbClient } from '../shared/adapters/dynamodb/client.ts';
import { dynamoDbStore } from '../shared/adapters/dynamodb/dynamodb-store.ts';
import { subjectOfKey } from '../shared/adapters/dynamodb/keys.ts';
import { dynamoDbSlackLinks } from '../shared/adapters/dynamodb/slack-links.ts';
import { eventBridgeBus } from '../shared/adapters/eventbridge/event-bus.ts';
import { kmsSeal } from '../shared/adapters/kms/kms-seal.ts';
import { s3LogStorage } from '../shared/adapters/s3/log-storage.ts';
import { botToken } from '../shared/adapters/secrets/slack-secrets.ts';
import { slackMessenger } from '../shared/adapters/slack/messenger.ts';
import { parseSubject, sqsAnnounceQueue } from '../shared/adapters/sqs/announce-queue.ts';
import { systemClock as clock } from '../shared/adapters/system/clock.ts';
import { sha256 } from '../shared/adapters/system/crypto.ts';
import { jsonLog } from '../shared/adapters/system/json-log.ts';
import { type Announcer, announce } from '../shared/app/announce.ts';
import { auditLogOf } from '../shared/app/audit-log-of.ts';
import { announceConfig } from '../shared/config.ts';
import { approversOf } from '../shared/domain/entitlement.ts';
import { peopleBySlackUser } from '../shared/domain/identities.ts';
import { announceHandler } from '../shared/events/announce-handler.ts';
import { slackMessages } from '../shared/slack/messages.ts';

const config = announceConfig(process.env);
const access = loadAccess(JSON.parse(readFileSync(config.accessFile, 'utf8')));
const log = jsonLog(clock);
const table = { client: dynamoDbClient(), name: config.table };

/** More are not mentioned by a card. */
const MOST_APPROVERS = 20;

const slack: Announcer['slack'] = access.slack && {
  messenger: slackMessenger(botToken(config.botToken, clock, log)),
  messagesOf: slackMessages({ access, apiUrl: config.apiUrl }),
  peopleOf: ({ request }) => [request.person, ...approversOf(access, request, MOST_APPROVERS)],
};

const announcer: Announcer = {
  ...{ access, clock, sha256, log },
  store: dynamoDbStore(table, sha256),
  seal: kmsSeal(config.sealKey),
  links: dynamoDbSlackLinks(table),
  usersOfFile: peopleBySlackUser(access),
  announcements: dynamoDbAnnouncements(table),
  auditLog: auditLogOf(auditLogOrder(table), s3LogStorage(config.auditBucket)),
  bus: eventBridgeBus(config.eventBus),
  ...(slack === undefined ? {} : { slack }),
};

/** Tells what the table's stream and the queue name: to the audit log, to the event bus, and to people in Slack. */
export const handler = announceHandler({
  announce: (subject) => announce(announcer, subject),
  queue: sqsAnnounceQueue(config.queue),
  subjectOfKey,
  subjectOfMessage: parseSubject,
  log,
});
