import { listElevations } from '../app/list-elevations.ts';
import type { Caller } from '../domain/caller.ts';
import { parseElevationId } from '../domain/elevation-id.ts';
import type { MessageContent } from '../ports/messenger.ts';
import { askForm } from './ask-form.ts';
import { askTyped } from './asks.ts';
import { parseCommand, type Typed } from './command-text.ts';
import { decideInSlack } from './decisions.ts';
import type { SlackEdge } from './edge.ts';
import { LINK_FIRST, link, unlink } from './linking.ts';
import { mine, pending, returnable } from './lists.ts';
import type { Member } from './member.ts';
import { note } from './note.ts';
import { sentencesOf } from './refusal-sentences.ts';
import { type SlackAnswer, tell } from './reply.ts';
import type { SlackRequest } from './request.ts';

type Command = SlackRequest & { readonly kind: 'command' };

/** The slash command was typed; whoever is not linked yet can only link themselves. */
export async function commanded(edge: SlackEdge, member: Member, command: Command): Promise<SlackAnswer> {
  const typed = parseCommand(command.text);
  if (typed.verb === 'link') return tell(edge, command, await link(edge, member));
  const { caller } = member;
  if (caller === undefined) return tell(edge, command, LINK_FIRST);
  if (typed.verb === 'form') {
    await edge.desk.openView(command.trigger, askForm(undefined));
    return undefined;
  }
  return tell(edge, command, await answerTo(edge, { ...member, caller }, typed));
}

type Known = Member & { readonly caller: Caller };
type Answered = Exclude<Typed, { readonly verb: 'form' }>;

async function answerTo(edge: SlackEdge, member: Known, typed: Answered): Promise<MessageContent> {
  const { caller, user } = member;
  switch (typed.verb) {
    case 'ask':
      return askTyped(edge, caller, typed);
    case 'mine':
      return mine(edge, caller);
    case 'pending':
      return pending(edge, caller);
    case 'return':
      return giveBack(edge, caller, typed.id);
    case 'link':
      return link(edge, member);
    case 'unlink':
      return unlink(edge, caller, user);
    case 'help':
      return HELP;
    case 'unclear':
      return UNCLEAR;
    default:
      return typed satisfies never;
  }
}

/** Without an id the one elevation that lives is meant; where there are several, they are shown to choose from. */
async function giveBack(edge: SlackEdge, by: Caller, idText: string | undefined): Promise<MessageContent> {
  if (idText !== undefined) {
    const id = parseElevationId(idText);
    if (id === undefined) return note(`${idText} is not the id of a request. Type /drawbridge mine.`);
    return decideInSlack(edge, id, { type: 'return', by });
  }
  const listed = await listElevations(edge.broker, by, { mine: true, state: 'approved', limit: 10 });
  if ('refusal' in listed) return note(...sentencesOf(listed.refusal));
  const { elevations } = listed.value;
  const [only] = elevations;
  if (only === undefined) return note('You hold no role, so there is nothing to give back.');
  if (elevations.length > 1) return returnable(elevations);
  return decideInSlack(edge, only.request.id, { type: 'return', by });
}

const USAGE = [
  '/drawbridge: opens the form to ask for a role',
  '/drawbridge update-app 1h OPS-12 fix the banner: asks in one line, with role, duration, ticket where one is needed, and reason',
  '/drawbridge mine: your newest requests',
  '/drawbridge pending: what waits for your decision',
  '/drawbridge return: gives back what you hold; with an id, that one',
  '/drawbridge link and /drawbridge unlink: who you are',
].join('\n');

const HELP = note('Drawbridge lends AWS roles for minutes.', USAGE);
const UNCLEAR = note('That is no command. These are:', USAGE);
