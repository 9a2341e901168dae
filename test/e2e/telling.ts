import type { SandboxQueue } from '../../sandbox/aws/aws.ts';
import { recordLog } from '../../sandbox/evidence.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import type { SlackMessage } from '../../sandbox/slack/conversations.ts';
import { byToken, told } from './elevation.ts';

/** The channel of update-app's cards. */
export const CHANNEL = 'C0PRODUCTION';

/** David's direct messages. */
export const DAVID = 'U0DAVID';

/** A sandbox, with what its functions have logged. */
export async function startTelling(): Promise<{
  readonly sandbox: Sandbox;
  readonly log: readonly string[];
}> {
  const log: string[] = [];
  const onLog = (line: string) => {
    log.push(line);
    recordLog(line);
  };
  return { sandbox: await startSandbox({ onLog }), log };
}

/**
 * Moves the time, and tells all that is due by then. What is under way ends first: a function that time jumps over would
 * find its subject taken by another.
 */
export async function later(sandbox: Sandbox, minutes: number): Promise<void> {
  await sandbox.settle();
  await sandbox.advance(minutes);
  await sandbox.settle();
}

/** The id of a new elevation by a rule that wants no approval. */
export async function lent(sandbox: Sandbox): Promise<string> {
  const david = await byToken(sandbox, 'david');
  const ask = { role: 'read-billing', duration: '30m', reason: 'Monthly costs' };
  const { id, status, code } = told(await david('POST', '/elevations', ask));
  if (id === undefined) throw new Error(`David could not ask: ${status} ${code}`);
  return id;
}

/** What somebody does to an elevation through the API: the state that comes of it. */
export async function does(
  sandbox: Sandbox,
  person: string,
  what: 'approval' | 'denial' | 'revocation' | 'return' | 'withdrawal' | 'credentials',
  id: string,
): Promise<void> {
  const visitor = await byToken(sandbox, person, 0);
  const { status, code } = told(await visitor('POST', `/elevations/${id}/${what}`));
  if (status !== 200) throw new Error(`${person} could not do that (${what}): ${status} ${code}`);
}

/** What Slack shows of an elevation in a channel or to a user, oldest first. */
export function messagesOf(sandbox: Sandbox, place: string, id: string): readonly SlackMessage[] {
  return sandbox.slack.messages(place).filter(({ metadata }) => metadata?.event_payload['elevation'] === id);
}

/** Which messages these are: the keys in their metadata. */
export function keysOf(sandbox: Sandbox, place: string, id: string): readonly unknown[] {
  return messagesOf(sandbox, place, id).map(({ metadata }) => metadata?.event_payload['key']);
}

/** The card of an elevation; throws where there is not exactly one. */
export function cardOf(sandbox: Sandbox, id: string, channel = CHANNEL): SlackMessage {
  const [card, ...more] = messagesOf(sandbox, channel, id).filter(
    ({ metadata }) => metadata?.event_payload['key'] === 'card',
  );
  if (card === undefined || more.length > 0)
    throw new Error(`There are ${card ? 1 + more.length : 0} cards.`);
  return card;
}

/** The buttons of a message, by their action ids. */
export function buttonsOf({ blocks }: SlackMessage): readonly unknown[] {
  return blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements.map((element) => element.action_id) : [],
  );
}

/** The types of an elevation's events on the bus, in the order in which they came. */
export function sentOf(sandbox: Sandbox, id: string): readonly string[] {
  return sandbox.aws
    .events()
    .filter(({ detail }) => Object(Object(detail).subject).id === id)
    .map(({ detailType }) => detailType);
}

/** A queue of the hub by the end of its name. */
export function queue(sandbox: Sandbox, end: string): SandboxQueue {
  const found = [...sandbox.aws.queues.values()].filter(({ arn }) => arn.endsWith(`-${end}`));
  const [one] = found.toSorted((a, b) => a.arn.length - b.arn.length);
  if (one === undefined) throw new Error(`The hub has no queue …-${end}.`);
  return one;
}
