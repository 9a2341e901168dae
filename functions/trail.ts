import { readFileSync } from 'node:fs';
import { loadAccess } from '../shared/adapters/access-file/load.ts';
import { actionCatalogue } from '../shared/adapters/action-catalogue/catalogue.ts';
import { parseRecord } from '../shared/adapters/cloudtrail/parse-record.ts';
import { s3TrailFiles } from '../shared/adapters/cloudtrail/s3-trail-files.ts';
import { dynamoDbCheckMark } from '../shared/adapters/dynamodb/check-mark.ts';
import { dynamoDbClient } from '../shared/adapters/dynamodb/client.ts';
import { dynamoDbStore } from '../shared/adapters/dynamodb/dynamodb-store.ts';
import { dynamoDbUsage } from '../shared/adapters/dynamodb/usage-store.ts';
import { eventBridgeAlarms } from '../shared/adapters/eventbridge/alarms.ts';
import { kmsSeal } from '../shared/adapters/kms/kms-seal.ts';
import { sqsDeadLetters } from '../shared/adapters/sqs/dead-letters.ts';
import { systemClock as clock } from '../shared/adapters/system/clock.ts';
import { sha256 } from '../shared/adapters/system/crypto.ts';
import { jsonLog } from '../shared/adapters/system/json-log.ts';
import { checkSessions } from '../shared/app/check-sessions.ts';
import { type TrailTaker, takeFile, takeRecords } from '../shared/app/take-trail.ts';
import { trailConfig } from '../shared/config.ts';
import { issuerRoleArn } from '../shared/domain/hub-roles.ts';
import { watchedRoles } from '../shared/domain/trail/places.ts';
import { trailHandler } from '../shared/events/trail-handler.ts';

const config = trailConfig(process.env);
const access = loadAccess(JSON.parse(readFileSync(config.accessFile, 'utf8')));
const log = jsonLog(clock);
const client = dynamoDbClient();
const watched = watchedRoles(access);

const taker: TrailTaker = {
  ...{ access, clock, sha256, log, watched },
  issuerRoleArn: issuerRoleArn(access.hub),
  catalogue: actionCatalogue(JSON.parse(readFileSync(config.actionsFile, 'utf8'))),
  store: dynamoDbStore({ client, name: config.table }, sha256),
  seal: kmsSeal(config.sealKey),
  usage: dynamoDbUsage({ client, name: config.usageTable }, { keptDays: config.usageDays }),
  alarms: eventBridgeAlarms(config.eventBus, log),
};

const files = s3TrailFiles(watched, sha256);

/** Follows sessions through CloudTrail. It can keep what it sees and alarm, and change no elevation. */
export const handler = trailHandler({
  takeFile: (file) => takeFile({ ...taker, files }, file),
  async takeRecords(values) {
    const parsed = values.map((value) => parseRecord(value, sha256));
    await takeRecords(
      taker,
      parsed.filter((record) => 'id' in record),
    );
    return parsed.flatMap((record, n) =>
      'fault' in record
        ? [{ reason: 'bad-record', detail: record.fault, event: JSON.stringify(values[n]) }]
        : [],
    );
  },
  noteDeliveries: (deliveries) => taker.usage.noteDeliveries(deliveries),
  async checkSessions() {
    const store = dynamoDbStore({ client, name: config.table }, sha256);
    await checkSessions({ ...taker, store, mark: dynamoDbCheckMark({ client, name: config.usageTable }) });
  },
  deadLetters: sqsDeadLetters(config.deadLetters),
  log,
});
