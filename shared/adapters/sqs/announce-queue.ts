import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { type ElevationId, parseElevationId } from '../../domain/elevation-id.ts';
import { jsonIn } from '../../domain/json-in.ts';
import type { Subject } from '../../domain/subject.ts';
import type { AnnounceQueue } from '../../ports/announce-queue.ts';
import { sqsClient } from './client.ts';

/** API_SendMessage: "Valid values: 0 to 900. Maximum: 15 minutes." */
const LONGEST_DELAY_SECONDS = 900;

/**
 * Puts subjects into an SQS queue of this Region.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function sqsAnnounceQueue(url: string): AnnounceQueue {
  const client = sqsClient();
  return {
    async add(subject, delaySeconds) {
      if (!(delaySeconds >= 0 && delaySeconds <= LONGEST_DELAY_SECONDS)) {
        throw new RangeError(`A message waits 0 to ${LONGEST_DELAY_SECONDS} s, not ${delaySeconds}.`);
      }
      await client.send(
        new SendMessageCommand({
          QueueUrl: url,
          MessageBody: canonicalJson(subject),
          DelaySeconds: Math.ceil(delaySeconds),
        }),
      );
    },
  };
}

const elevation = z.strictObject({
  kind: z.literal('elevation'),
  id: z.custom<ElevationId>((id) => typeof id === 'string' && parseElevationId(id) !== undefined),
});

const slackLink = z.strictObject({
  kind: z.literal('slack-link'),
  of: z.strictObject({
    team: z.string().check(z.regex(/^[TE][A-Z0-9]{2,20}$/)),
    user: z.string().check(z.regex(/^[UW][A-Z0-9]{2,20}$/)),
  }),
});

const subject = z.discriminatedUnion('kind', [elevation, slackLink]);

/** The subject that the body of a message names; undefined where it is anything else than what the queue is given. */
export function parseSubject(body: string): Subject | undefined {
  const parsed = subject.safeParse(jsonIn(body));
  return parsed.success ? parsed.data : undefined;
}
