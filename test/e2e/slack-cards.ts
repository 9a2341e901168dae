import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { SlackMessage } from '../../sandbox/slack/conversations.ts';
import { byToken, pending } from './elevation.ts';
import { textOf } from './slack-hands.ts';
import { cardOf } from './telling.ts';

/** Who may approve what David asks for. */
export const RUTH = 'U0RUTH';

/** A request that waits, or lives, and its card as it is now. */
export async function shown(
  sandbox: Sandbox,
  asking = pending,
): Promise<{ readonly id: string; readonly card: SlackMessage }> {
  const id = await asking(sandbox);
  await sandbox.settle();
  return { id, card: cardOf(sandbox, id) };
}

/** Writes a comment into the form that a button has opened, and sends it: what is read then. */
export async function comment(sandbox: Sandbox, user: string, text: string): Promise<string> {
  const person = sandbox.slack.as(user);
  await person.fill('comment', text);
  const { form, trouble } = await person.submit();
  await person.cancel();
  return trouble ?? textOf(form?.view.blocks ?? []);
}

/** Ends an elevation, whether it waits or lives: only so many of a person may wait at once. */
export async function ended(sandbox: Sandbox, id: string): Promise<void> {
  const ruth = await byToken(sandbox, 'ruth', 0);
  for (const way of ['denial', 'revocation']) await ruth('POST', `/elevations/${id}/${way}`);
}
