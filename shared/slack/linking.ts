import { newLinkCode, unlinkSlack } from '../app/link-slack.ts';
import type { Caller } from '../domain/caller.ts';
import type { SlackUser } from '../domain/slack.ts';
import type { MessageContent } from '../ports/messenger.ts';
import { linkCalls } from './cards/calls.ts';
import type { SlackEdge } from './edge.ts';
import type { Member } from './member.ts';
import { note, noteWithCalls } from './note.ts';
import { sentencesOf } from './refusal-sentences.ts';

/** What somebody reads whom nobody has linked to a person yet. */
export const LINK_FIRST = note(
  'Drawbridge does not know yet who you are. Type /drawbridge link and confirm the code that you get.',
);

/** A one-time code, and the calls that confirm it at a door that knows the person. */
export async function link(edge: SlackEdge, { user, caller }: Member): Promise<MessageContent> {
  if (caller !== undefined)
    return note(`You are ${caller.person} here already. To change that, type /drawbridge unlink first.`);
  const { code } = await newLinkCode(edge.broker, user);
  return noteWithCalls(
    [
      `Your code is ${code}. It can be used once, within 10 minutes.`,
      'NB. Confirm only a code that you have asked for yourself: whoever asked for it will act in Slack as whoever confirms it.',
      'Confirm it with one of these calls:',
    ],
    linkCalls(edge.broker.access, code, edge.apiUrl),
  );
}

/** Undoes the link of whoever asks for it. */
export async function unlink(edge: SlackEdge, by: Caller, user: SlackUser): Promise<MessageContent> {
  const undone = await unlinkSlack(edge.broker, by, user);
  if ('refusal' in undone) return note(...sentencesOf(undone.refusal));
  return note(
    `You are no longer linked to ${by.person}. Nothing can be asked or decided from here as ${by.person}.`,
  );
}
