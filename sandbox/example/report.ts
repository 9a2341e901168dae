import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileAccess } from '../../infra/compile-access.ts';
import { writeActions } from '../../infra/write-actions.ts';
import { loadAccess } from '../../shared/adapters/access-file/load.ts';
import { actionCatalogue } from '../../shared/adapters/action-catalogue/catalogue.ts';
import { parseRecord } from '../../shared/adapters/cloudtrail/parse-record.ts';
import { memoryRate } from '../../shared/adapters/memory/memory-rate.ts';
import { memorySeal } from '../../shared/adapters/memory/memory-seal.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { memoryReportArchive } from '../../shared/adapters/memory/report-archive.ts';
import { memoryUsage } from '../../shared/adapters/memory/usage-store.ts';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import type { Broker } from '../../shared/app/broker.ts';
import { makeReport } from '../../shared/app/make-report.ts';
import { takeRecords } from '../../shared/app/take-trail.ts';
import { issuerRoleArn } from '../../shared/domain/hub-roles.ts';
import { type Instant, instant, parseInstant } from '../../shared/domain/instant.ts';
import type { ActionCatalogue } from '../../shared/domain/trail/catalogue.ts';
import { watchedRoles } from '../../shared/domain/trail/places.ts';
import type { ReportFile } from '../../shared/ports/report-archive.ts';
import { parseReport } from '../../shared/report/json.ts';
import { reportFiles } from '../../shared/report/report-files.ts';
import { type ExampleCloud, seededRandomness, startExampleCloud } from './cloud.ts';
import { play } from './play.ts';
import { WEEK } from './week.ts';

const PERIOD = { from: at('16 00:00'), until: at('23 00:00') };
/** The trail begins an hour before the period, so that the first hour has its digests too. */
const BEGINS_AT = at('15 23:00');
const MADE_AT = at('23 05:00');
const ACCESS_FILE = new URL('access.yml', import.meta.url).pathname;

/**
 * The files of the example report: the use cases, the sandbox's AWS and its trail, with everything in memory and a clock
 * that goes from one deed of the week to the next. Every run gives the same bytes.
 */
export async function exampleReport(): Promise<readonly ReportFile[]> {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-example-'));
  const jsonIn = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  try {
    await compileAccess(ACCESS_FILE, folder);
    await writeActions(folder);
    const clock = { now: BEGINS_AT };
    const cloud = await startExampleCloud(jsonIn('deployment.json'), () => clock.now);
    try {
      const catalogue = actionCatalogue(jsonIn('actions.json'));
      return await reportOnWeek(brokerOf(jsonIn('access.json'), clock), clock, cloud, catalogue);
    } finally {
      await cloud.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type MovingClock = { now: Instant };

function brokerOf(access: Parameters<typeof loadAccess>[0], clock: MovingClock): Broker {
  return {
    ...{ access: loadAccess(access), sha256, log: () => undefined, clock: () => clock.now },
    ...{ store: memoryStore(), seal: memorySeal('the key of the example'), rate: memoryRate() },
    randomBytes: seededRandomness('elevations'),
  };
}

async function reportOnWeek(
  broker: Broker,
  clock: MovingClock,
  cloud: ExampleCloud,
  catalogue: ActionCatalogue,
): Promise<readonly ReportFile[]> {
  const usage = memoryUsage();
  const wait = (seconds: number) => {
    clock.now = instant(clock.now + seconds * 1000);
  };
  const goTo = async (moment: Instant) => {
    clock.now = moment;
    await usage.noteDeliveries(await cloud.deliver());
  };
  const stage = { broker, cloud, wait, elevations: new Map(), sessions: new Map() };
  for (const deed of WEEK) {
    await goTo(at(deed.at));
    await play(stage, deed);
  }
  await goTo(MADE_AT);
  await takeAll({ broker, cloud, catalogue, usage });
  const filesOf = (report: Parameters<typeof reportFiles>[0]) => reportFiles(report, sha256);
  const reporter = { ...broker, catalogue, usage, roles: cloud.roles, archive: memoryReportArchive() };
  return [...filesOf(await makeReport({ ...reporter, filesOf, parseReport }, PERIOD))];
}

/** Follows the sessions through the trail. */
async function takeAll({
  broker,
  cloud,
  ...parts
}: {
  readonly broker: Broker;
  readonly cloud: ExampleCloud;
  readonly catalogue: ActionCatalogue;
  readonly usage: ReturnType<typeof memoryUsage>;
}): Promise<void> {
  const taker = {
    ...{ ...broker, ...parts, alarms: { raise: async () => undefined } },
    ...{ watched: watchedRoles(broker.access), issuerRoleArn: issuerRoleArn(broker.access.hub) },
  };
  const parsed = cloud.records().map((record) => parseRecord(record, sha256));
  await takeRecords(
    taker,
    parsed.filter((record) => 'id' in record),
  );
}

/** A time of the week, as `16 09:02`. */
function at(time: string): Instant {
  const parsed = parseInstant(`2026-11-${time.replace(' ', 'T')}:00Z`);
  if (parsed === undefined) throw new Error(`${time} is no time of the week; write it as 16 09:02.`);
  return parsed;
}
