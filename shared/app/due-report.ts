import { minutes } from '../domain/duration.ts';
import { before } from '../domain/instant.ts';
import { reportIdOf, weekBefore } from '../domain/report/order.ts';
import type { Period } from '../domain/report/report.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReportArchive } from '../ports/report-archive.ts';

/** Whether the last hour is whole is told by digests of the three hours after it, which come a while later. */
const DIGESTS_BY = minutes(4 * 60);

/** The last week that the trail vouches for by now, unless there is a report on it: so a run that failed is made up for. */
export async function duePeriod({
  archive,
  clock,
}: {
  readonly archive: Pick<ReportArchive, 'read'>;
  readonly clock: Clock;
}): Promise<Period | undefined> {
  const period = weekBefore(before(clock(), DIGESTS_BY));
  const manifest = await archive.read(reportIdOf(period), 'manifest.json');
  return manifest === undefined ? period : undefined;
}
