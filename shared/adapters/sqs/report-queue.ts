import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { reportIdOf } from '../../domain/report/order.ts';
import type { ReportQueue } from '../../ports/report-queue.ts';
import { sqsClient } from './client.ts';

/** Puts reports that are asked for into an SQS queue of this Region: a message is a report's id. */
export function sqsReportQueue(url: string): ReportQueue {
  const client = sqsClient();
  return {
    async add(period) {
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: reportIdOf(period) }));
    },
  };
}
