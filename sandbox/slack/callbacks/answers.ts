import * as z from 'zod';
import { identified, MessageBlocks } from '../block-kit/blocks.ts';
import { OPTION_GROUPS, OPTIONS, type Option } from '../block-kit/elements.ts';
import { check } from '../block-kit/problems.ts';
import type { View } from '../block-kit/view.ts';
import { viewOf } from '../web-api/views.ts';
import type { Workspace } from '../workspace.ts';

/** A message in an answer, or at a response URL. */
const SentNote = z.object({
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  text: z.string().default(''),
  blocks: MessageBlocks.default([]),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  thread_ts: z.string().optional(),
});

/** A message that answers a command or a click. */
export type SentNote = z.output<typeof SentNote>;

/** What an answer holds; or why Slack would not take it. */
export type Read<T> = { readonly read: T } | { readonly wrong: string };

/** The message in a JSON body. */
export function noteIn(body: string): Read<SentNote> {
  const checked = check(SentNote, json(body), '');
  return checked.good ? { read: checked.value } : { wrong: checked.problems.join('; ') };
}

/** An answer to a slash command: nothing, plain text, or a message in JSON. */
export function commandAnswer(contentType: string, body: string): Read<SentNote | undefined> {
  if (body.trim() === '') return { read: undefined };
  if (contentType.startsWith('application/json')) return noteIn(body);
  return { read: SentNote.parse({ text: body }) };
}

/** What a view's submission is answered by. */
export type SubmissionAnswer =
  | { readonly action: 'close' | 'clear' }
  | { readonly action: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly action: 'update' | 'push'; readonly view: View };

const Errors = z.record(z.string(), z.string().min(1)).refine((errors) => Object.keys(errors).length > 0, {
  message: 'must name a block',
});
const SentSubmissionAnswer = z.discriminatedUnion('response_action', [
  z.strictObject({ response_action: z.literal('clear') }),
  z.strictObject({ response_action: z.literal('errors'), errors: Errors }),
  z.strictObject({ response_action: z.enum(['update', 'push']), view: z.unknown() }),
]);

/** An answer to a submission; errors may name nothing but the view's input blocks. */
export function submissionAnswer(body: string, of: View, workspace: Workspace): Read<SubmissionAnswer> {
  if (body.trim() === '' || body.trim() === '{}') return { read: { action: 'close' } };
  const checked = check(SentSubmissionAnswer, json(body), '');
  if (!checked.good) return { wrong: checked.problems.join('; ') };
  const sent = checked.value;
  switch (sent.response_action) {
    case 'clear':
      return { read: { action: 'clear' } };
    case 'errors':
      return errorsOf(sent.errors, of);
    case 'update':
    case 'push': {
      const shown = viewOf(sent.view, workspace);
      if ('problems' in shown) return { wrong: shown.problems.join('; ') };
      return { read: { action: sent.response_action, view: shown.view } };
    }
    default:
      return sent satisfies never;
  }
}

function errorsOf(errors: Readonly<Record<string, string>>, { blocks }: View): Read<SubmissionAnswer> {
  const inputs = blocks.filter(({ type }) => type === 'input').map(({ block_id: id }) => id);
  const stray = Object.keys(errors).find((id) => !inputs.includes(id));
  if (stray !== undefined) return { wrong: `errors name ${stray}, which is no input block of the view` };
  return { read: { action: 'errors', errors } };
}

const SentOptions = z.union([
  z.strictObject({ options: OPTIONS.or(z.array(z.never())) }),
  z.strictObject({ option_groups: OPTION_GROUPS }),
]);

/** The options in an answer for an external select: at most 100, in groups or not. */
export function optionsIn(body: string): Read<readonly Option[]> {
  const parsed = SentOptions.safeParse(json(body));
  if (!parsed.success) return { wrong: z.prettifyError(parsed.error) };
  if ('options' in parsed.data) return { read: parsed.data.options };
  return { read: parsed.data.option_groups.flatMap(({ options }) => options) };
}

/** A message's blocks with ids. */
export function noteBlocks({ blocks }: SentNote, { nextId }: Workspace) {
  return identified(blocks, nextId);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
