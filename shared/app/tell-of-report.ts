import { type ReportId, reportIdOf } from '../domain/report/order.ts';
import type { Report } from '../domain/report/report.ts';
import type { MessageContent, Messenger } from '../ports/messenger.ts';
import type { ReportArchive } from '../ports/report-archive.ts';

/** Where and how people are told that there is a report. */
export type ReportTeller = {
  readonly messenger: Messenger;
  readonly channel: string;
  readonly summaryOf: (report: Report) => MessageContent;
  /** Remembers that it was told of. */
  readonly archive: Pick<ReportArchive, 'put'>;
};

/** Is beside the files of a report that people were told of, and in no manifest. */
const TOLD = 'told.json';

/** Whether people were told of a report. */
export async function isTold(archive: Pick<ReportArchive, 'read'>, id: ReportId): Promise<boolean> {
  return (await archive.read(id, TOLD)) !== undefined;
}

/**
 * Posts the summary of a report, or brings the one that was posted up to date. It is looked for first, so that a report
 * which is made again is not told of twice; throws where Slack does not do it.
 */
export async function tellOfReport(
  { messenger, channel, summaryOf, archive }: ReportTeller,
  report: Report,
): Promise<void> {
  const id: ReportId = reportIdOf(report.period);
  const mark = { report: id, key: 'summary' } as const;
  const content = summaryOf(report);
  const found = await messenger.find({ channel, mark, since: report.period.until });
  if ('failed' in found)
    throw new Error(`Slack does not tell whether the report was told of: ${found.failed}.`);
  const told =
    found.value === undefined
      ? await messenger.post({ channel, mark, content })
      : await messenger.update({ channel, ts: found.value, mark, content });
  if ('failed' in told) throw new Error(`Slack does not take the summary of the report: ${told.failed}.`);
  await archive.put(id, [{ name: TOLD, mediaType: 'application/json', body: '{}' }]);
}
