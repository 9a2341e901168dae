import type { Access, AllowRule } from '../domain/access.ts';
import type { Caller } from '../domain/caller.ts';
import { parseDuration } from '../domain/duration.ts';
import { allowing } from '../domain/evaluation.ts';
import { parseRoleName } from '../domain/names.ts';
import { LONGEST } from '../domain/text-limits.ts';

/** What was typed behind the slash command. */
export type Typed =
  | { readonly verb: 'form' }
  | { readonly verb: 'help' | 'mine' | 'pending' | 'link' | 'unlink' }
  | { readonly verb: 'return'; readonly id: string | undefined }
  | { readonly verb: 'ask'; readonly role: string; readonly duration: string; readonly rest: string }
  | { readonly verb: 'unclear' };

const VERBS = ['help', 'mine', 'pending', 'link', 'unlink'] as const;

/** What is meant. Two words with a duration as the second are an ask, also of a role that is called like a verb. */
export function parseCommand(text: string): Typed {
  const [, first = '', second = '', rest = ''] = /^\s*(\S*)\s*(\S*)\s*(.*)$/su.exec(text) ?? [];
  if (first === '') return { verb: 'form' };
  if (parseDuration(second) !== undefined)
    return { verb: 'ask', role: first, duration: second, rest: rest.trim() };
  const verb = VERBS.find((one) => one === first);
  if (verb !== undefined && second === '') return { verb };
  if (first === 'return' && rest === '')
    return { verb: 'return', id: second === '' ? undefined : second.toUpperCase() };
  return { verb: 'unclear' };
}

/**
 * Which part of the rest is a ticket, and which is the reason. The first word is a ticket where a rule under which the
 * person may ask for the role takes it for one, or where every such rule demands one.
 */
export function ticketAndReason(
  access: Access,
  caller: Caller,
  { role, rest }: Typed & { readonly verb: 'ask' },
): { readonly ticket?: string; readonly reason: string } {
  const name = parseRoleName(role);
  const rules = name === undefined ? [] : allowing(access, caller, name);
  const [, word = '', behind = ''] = /^(\S+)\s*(.*)$/su.exec(rest) ?? [];
  const isTicket =
    rules.some((rule) => takes(rule, word)) || (rules.length > 0 && rules.every(demandsTicket));
  return isTicket && word !== '' ? { ticket: word, reason: behind } : { reason: rest };
}

function takes({ ticket }: AllowRule, word: string): boolean {
  // NB. No ticket is longer, and a pattern of the file can take long over what is.
  return (
    ticket !== undefined && word.length <= LONGEST.ticket && new RegExp(`^(?:${ticket})$`, 'u').test(word)
  );
}

function demandsTicket({ ticket }: AllowRule): boolean {
  return ticket !== undefined;
}
