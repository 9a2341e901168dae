import { elementsOf } from '../block-kit/blocks.ts';
import { isStateful } from '../form-state.ts';
import type { OpenView } from '../modals.ts';
import type { Parts } from '../parts.ts';
import type { SlackPerson } from '../person.ts';
import { fieldName } from './form.ts';

/** Does what a form of the page asks for. A sentence is thrown where it cannot be done. */
export async function act(form: URLSearchParams, { workspace, as }: Parts): Promise<void> {
  const person = as(form.get('as') ?? '');
  const what = form.get('do') ?? '';
  if (what === 'command') return command(person, form);
  if (what === 'press') return press(person, form, workspace);
  const open = person.form();
  // The form may be gone by now: closed in another window, or by the app.
  if (open === undefined) return;
  takeValues(person, open, form);
  const [kind, id = ''] = split(what);
  if (kind === 'cancel') await person.cancel();
  else if (kind === 'submit') await person.submit();
  else if (kind === 'press') await person.pressInForm(id);
  else if (kind === 'tell') await person.tell(id);
  else throw new Error(`The page does not know how to do ${what}.`);
}

async function command(person: SlackPerson, form: URLSearchParams): Promise<void> {
  const text = /^\s*\/drawbridge(?:\s+(.*))?$/s.exec(form.get('text') ?? '');
  if (text === null)
    throw new Error('Write a command that begins with /drawbridge: nothing else is read here.');
  await person.command((text[1] ?? '').trim(), form.get('in') ?? undefined);
}

async function press(
  person: SlackPerson,
  form: URLSearchParams,
  { conversations }: Parts['workspace'],
): Promise<void> {
  const ts = form.get('ts') ?? '';
  const message =
    conversations.message(form.get('in') ?? '', ts) ?? person.replies().find((note) => note.ts === ts);
  if (message === undefined) throw new Error('This message is gone. Go back and look again.');
  await person.press(form.get('action') ?? '', message);
}

function takeValues(person: SlackPerson, { view }: OpenView, form: URLSearchParams): void {
  for (const block of view.blocks) {
    if (elementsOf(block).some(isStateful))
      person.put(block.block_id, form.getAll(fieldName(block.block_id)));
  }
}

/** `press:<action id>` in its two parts. */
function split(what: string): readonly [string, string | undefined] {
  const colon = what.indexOf(':');
  return colon < 0 ? [what, undefined] : [what.slice(0, colon), what.slice(colon + 1)];
}
