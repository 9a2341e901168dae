import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { DeadLetters } from '../../ports/dead-letters.ts';
import { sqsClient } from './client.ts';

/** Lays letters aside in an SQS queue of this Region, as JSON. */
export function sqsDeadLetters(url: string): DeadLetters {
  const client = sqsClient();
  return {
    async add(letter) {
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: canonicalJson(letter) }));
    },
  };
}
