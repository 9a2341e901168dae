import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { Block } from '../../sandbox/slack/block-kit/blocks.ts';
import type { Seen } from '../../sandbox/slack/seen.ts';
import { byToken, told } from './elevation.ts';

/** What somebody reads of what they did: the app's answer for them alone, or what Slack complains of. */
export function said({ trouble, replies }: Seen): string {
  return trouble ?? replies.at(-1)?.text ?? 'nothing';
}

/** All that the app's answer for somebody alone says, a text a line. */
export function saidInFull({ replies }: Seen): string {
  return textOf(replies.at(-1)?.blocks ?? []);
}

/** All that the form before somebody says outside its fields, a text a line. */
export function formOf({ form }: Seen): string {
  return textOf(form?.view.blocks ?? []);
}

/** The texts of blocks as people read them, a text a line. */
export function textOf(blocks: readonly Block[]): string {
  return blocks.flatMap(textsIn).join('\n');
}

/** The commands to copy that blocks hold, as people copy them: with what Slack escapes as it is shown. */
export function commandsIn(blocks: readonly Block[]): readonly string[] {
  return [...textOf(blocks).matchAll(/```\n(.*?)\n```/gs)].map(([, command = '']) =>
    command.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  );
}

function textsIn(block: Block): readonly string[] {
  switch (block.type) {
    case 'section':
      return [...(block.text === undefined ? [] : [block.text]), ...(block.fields ?? [])].map(
        ({ text }) => text,
      );
    case 'header':
      return [block.text.text];
    case 'context':
      return block.elements.map(({ text }) => text);
    case 'divider':
    case 'actions':
    case 'input':
      return [];
    default:
      return block satisfies never;
  }
}

/** Links Rob, whom the access file does not know in Slack, as he would himself. */
export async function linkRob(sandbox: Sandbox): Promise<void> {
  const code = /[0-9A-Z]{16}/.exec(saidInFull(await sandbox.slack.as('U0ROB').command('link')))?.[0];
  const rob = await byToken(sandbox, 'rob', 0);
  const { status } = told(await rob('POST', '/slack-links', { code }));
  if (status !== 201) throw new Error(`Rob could not confirm his code: ${status}.`);
}

/** The state of an elevation and the types of its events, as the one who asked for it reads them. */
export async function readBy(
  sandbox: Sandbox,
  person: string,
  id: string,
): Promise<{ readonly state: string | undefined; readonly events: readonly string[] }> {
  const visitor = await byToken(sandbox, person);
  const answer = await visitor('GET', `/elevations/${id}`);
  const history: readonly unknown[] = Object(answer.body).history ?? [];
  return { state: told(answer).state, events: history.map((event) => String(Object(event).type)) };
}

/** The ids of all that somebody has asked for, newest first. */
export async function askedBy(sandbox: Sandbox, person: string): Promise<readonly string[]> {
  const visitor = await byToken(sandbox, person);
  const { body } = await visitor('GET', '/elevations?mine');
  const listed: readonly unknown[] = Object(body).elevations ?? [];
  return listed.map((one) => String(Object(one).id));
}
