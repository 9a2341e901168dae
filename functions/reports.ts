import { readFileSync } from 'node:fs';
import { loadAccess } from '../shared/adapters/access-file/load.ts';
import { s3ReportArchive } from '../shared/adapters/s3/report-archive.ts';
import { sqsReportQueue } from '../shared/adapters/sqs/report-queue.ts';
import { systemClock as clock } from '../shared/adapters/system/clock.ts';
import { jsonLog } from '../shared/adapters/system/json-log.ts';
import type { ReportDesk } from '../shared/app/reports.ts';
import { reportsConfig } from '../shared/config.ts';
import { api } from '../shared/http/api.ts';
import { callersAt } from '../shared/http/caller.ts';
import { reportRoutes } from '../shared/http/report-routes.ts';
import { filesOfManifest } from '../shared/report/manifest.ts';

const { accessFile, reportsBucket, reportQueue, iamDoorMfa } = reportsConfig(process.env);
const access = loadAccess(JSON.parse(readFileSync(accessFile, 'utf8')));
const log = jsonLog(clock);

const desk: ReportDesk = {
  ...{ access, clock },
  archive: s3ReportArchive(reportsBucket),
  queue: sqsReportQueue(reportQueue),
  filesOf: filesOfManifest,
};

/** Lists and shows reports, and takes wishes for them; `report` makes them. */
export const handler = api(
  { access, clock, log, callerOf: callersAt({ access, iamDoorMfa }) },
  reportRoutes(desk),
);
