import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Period } from '../domain/report/report.ts';
import type { Log } from '../ports/log.ts';

/** What the handler works with. */
export type ReportEdge = {
  readonly makeReport: (period: Period) => Promise<void>;
  /** The period of the report that is due by the schedule; undefined where it is there already. */
  readonly duePeriod: () => Promise<Period | undefined>;
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
      const period = await edge.duePeriod();
      if (period !== undefined) await edge.makeReport(period);
      return undefined;
    }
    const failed: string[] = [];
    for (const { messageId, body } of event.Records) {
      if (!(await isMade(edge, body))) failed.push(messageId);
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
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
