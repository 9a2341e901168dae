import { minutes } from '../domain/duration.ts';
import { before } from '../domain/instant.ts';
import { reportIdOf, weekBefore } from '../domain/report/order.ts';
import type { Period } from '../domain/report/report.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReportArchive } from '../ports/report-archive.ts';
import { isTold } from './tell-of-report.ts';

/** A report that is not there yet, or that is there and nobody was told of. */
export type DueReport = { readonly period: Period; readonly todo: 'make' | 'tell' };

/** Whether the last hour is whole is told by digests of the three hours after it, which come a while later. */
const DIGESTS_BY = minutes(4 * 60);

/**
 * What is left to do about the last week that the trail vouches for by now; undefined where there is nothing. So a run that
 * failed, before or after the report was stored, is made up for by the next.
 */
export async function dueReport({
  archive,
  clock,
  tells,
}: {
  readonly archive: Pick<ReportArchive, 'read'>;
  readonly clock: Clock;
  /** Whether people are told of reports. */
  readonly tells: boolean;
}): Promise<DueReport | undefined> {
  const period = weekBefore(before(clock(), DIGESTS_BY));
  const id = reportIdOf(period);
  if ((await archive.read(id, 'manifest.json')) === undefined) return { period, todo: 'make' };
  return tells && !(await isTold(archive, id)) ? { period, todo: 'tell' } : undefined;
}
