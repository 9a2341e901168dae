import { readFileSync } from 'node:fs';
import { loadAccess } from '../shared/adapters/access-file/load.ts';
import { actionCatalogue } from '../shared/adapters/action-catalogue/catalogue.ts';
import { auditorRoleReader } from '../shared/adapters/auditor/role-reader.ts';
import { dynamoDbClient } from '../shared/adapters/dynamodb/client.ts';
import { dynamoDbStore } from '../shared/adapters/dynamodb/dynamodb-store.ts';
import { dynamoDbUsage } from '../shared/adapters/dynamodb/usage-store.ts';
import { kmsSeal } from '../shared/adapters/kms/kms-seal.ts';
import { s3ReportArchive } from '../shared/adapters/s3/report-archive.ts';
import { botToken } from '../shared/adapters/secrets/slack-secrets.ts';
import { slackMessenger } from '../shared/adapters/slack/messenger.ts';
import { systemClock as clock } from '../shared/adapters/system/clock.ts';
import { sha256 } from '../shared/adapters/system/crypto.ts';
import { jsonLog } from '../shared/adapters/system/json-log.ts';
import { dueReport } from '../shared/app/due-report.ts';
import { makeReport, type Reporter } from '../shared/app/make-report.ts';
import { type ReportTeller, tellOfReport } from '../shared/app/tell-of-report.ts';
import { reportConfig } from '../shared/config.ts';
import { periodNamed, reportIdOf } from '../shared/domain/report/order.ts';
import { reportHandler } from '../shared/events/report-handler.ts';
import { parseReport } from '../shared/report/json.ts';
import { reportFiles } from '../shared/report/report-files.ts';
import { slackSummary } from '../shared/report/slack-summary.ts';

const config = reportConfig(process.env);
const access = loadAccess(JSON.parse(readFileSync(config.accessFile, 'utf8')));
const log = jsonLog(clock);
const client = dynamoDbClient();
const archive = s3ReportArchive(config.reportsBucket);

const reporter: Reporter = {
  ...{ access, clock, sha256, log, archive, parseReport },
  catalogue: actionCatalogue(JSON.parse(readFileSync(config.actionsFile, 'utf8'))),
  store: dynamoDbStore({ client, name: config.table }, sha256),
  seal: kmsSeal(config.sealKey),
  usage: dynamoDbUsage({ client, name: config.usageTable }),
  roles: auditorRoleReader(clock, { bucket: config.trailBucket }),
  filesOf: (report) => reportFiles(report, sha256),
};

const teller: ReportTeller | undefined = access.slack && {
  archive,
  messenger: slackMessenger(botToken(config.botToken, clock, log)),
  channel: access.slack.channel,
  summaryOf: slackSummary,
};

/** Makes reports, stores them, and posts their summaries. It reads, and can change no elevation and no role. */
export const handler = reportHandler({
  async makeReport(period) {
    const report = await makeReport(reporter, period);
    log('info', 'report-made', { from: period.from, until: period.until, elevations: report.totals.asked });
    if (teller !== undefined) await tellOfReport(teller, report);
  },
  async tellOfReport(period) {
    const report = parseReport((await archive.read(reportIdOf(period), 'report.json')) ?? '');
    if (report === undefined) throw new Error('The stored report cannot be read. Ask for it again.');
    if (teller !== undefined) await tellOfReport(teller, report);
  },
  dueReport: () => dueReport({ archive, clock, tells: teller !== undefined }),
  periodOfMessage: periodNamed,
  log,
});
