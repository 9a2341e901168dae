import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import type { SlackMessage } from '../../sandbox/slack/conversations.ts';
import { byToken, told } from './elevation.ts';

/** Where the cards of update-app and of all other roles are. */
export const PRODUCTION = 'C0PRODUCTION';
export const REQUESTS = 'C0REQUESTS';

/** The elevation's queue, its dead letters and those of the stream. */
export const QUEUES = {
  announce: 'arn:aws:sqs:us-east-1:222222222222:drawbridge-prod-announce',
  deadLetters: 'arn:aws:sqs:us-east-1:222222222222:drawbridge-prod-announce-dead-letters',
  streamDeadLetters: 'arn:aws:sqs:us-east-1:222222222222:drawbridge-prod-stream-dead-letters',
} as const;

/** Moves the time and tells all that is due then. */
export async function later(sandbox: Sandbox, minutes: number): Promise<void> {
  await sandbox.advance(minutes);
  await sandbox.settle();
}

/** Messages that tell of an elevation, in the order in which they were posted. */
export function messagesOf(sandbox: Sandbox, channelOrUser: string, id: string): readonly SlackMessage[] {
  return sandbox.slack
    .messages(channelOrUser)
    .filter(({ metadata }) => metadata?.event_payload['elevation'] === id);
}

/** Which messages there are of an elevation, by their keys. */
export function keysOf(sandbox: Sandbox, channelOrUser: string, id: string): readonly unknown[] {
  return messagesOf(sandbox, channelOrUser, id).map(({ metadata }) => metadata?.event_payload['key']);
}
