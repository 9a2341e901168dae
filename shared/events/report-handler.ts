import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { DueReport } from '../app/due-report.ts';
import type { Period } from '../domain/report/report.ts';
import type { Log } from '../ports/log.ts';

/** What the handler works with. */
export type ReportEdge = {
  /** Makes a report and tells people of it. */
  readonly makeReport: (period: Period) => Promise<void>;
  /** Tells people of a report that is there. */
  readonly tellOfReport: (period: Period) => Promise<void>;
  /** What is due by the schedule; undefined where nothing is. */
  readonly dueReport: () => Promise<DueReport | undefined>;
  /** The period in a message of the queue; undefined where it holds none. */
  readonly periodOfMessage: (body: string) => Period | undefined;
  readonly log: Log;
};

/** Makes reports that the schedule brings, and those that somebody has asked for. */
export function reportHandler(
  edge: ReportEdge,
): (event: SQSEvent | object) => Promise<SQSBatchResponse | undefined> {
  return async (event) => {
    if (!('Records' in event)) {
      await doWhatIsDue(edge);
      return undefined;
    }
    const failed: string[] = [];
    for (const { messageId, body } of event.Records) {
      if (!(await isMade(edge, body))) failed.push(messageId);
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

async function doWhatIsDue(edge: ReportEdge): Promise<void> {
  const due = await edge.dueReport();
  if (due?.todo === 'make') await edge.makeReport(due.period);
  if (due?.todo === 'tell') await edge.tellOfReport(due.period);
}

/** NB. A message that names no period is answered as failed, and ends among the dead letters. */
async function isMade({ makeReport, periodOfMessage, log }: ReportEdge, body: string): Promise<boolean> {
  const period = periodOfMessage(body);
  if (period === undefined) {
    log('error', 'no-period', {});
    return false;
  }
  try {
    await makeReport(period);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'Something that is no error was thrown.';
    log('error', 'report-failed', { from: period.from, until: period.until, reason });
    return false;
  }
}
