import { foreseeDecision } from '../app/decide-elevation.ts';
import type { Caller } from '../domain/caller.ts';
import { checked } from '../http/request.ts';
import { Ending } from '../http/request-schemas.ts';
import type { ButtonValue } from './button.ts';
import { type Commented, commentForm } from './comment-form.ts';
import { commandOf, decideInSlack, refusalNote } from './decisions.ts';
import { detailsNote } from './details-note.ts';
import type { SlackEdge } from './edge.ts';
import { textOf } from './filled.ts';
import { errorsUnder } from './form-errors.ts';
import { note } from './note.ts';
import { type SlackAnswer, tell } from './reply.ts';
import type { SlackRequest } from './request.ts';

type Click = SlackRequest & { readonly kind: 'click' };
type CommentSent = SlackRequest & { readonly kind: 'comment-sent' };

const NOT_OURS = note(
  'This button is too old to be understood. Type /drawbridge pending or /drawbridge mine.',
);

/** Somebody has clicked a button: the table decides, and the clicker alone reads what came of it. */
export async function clicked(edge: SlackEdge, by: Caller, click: Click): Promise<SlackAnswer> {
  const { action, button } = click;
  if (button === undefined) return tell(edge, click, NOT_OURS);
  switch (action) {
    case 'approve':
    case 'return':
    case 'withdraw':
      return tell(edge, click, await decideInSlack(edge, button.id, commandOf(action, by, button)));
    case 'deny':
    case 'revoke':
      return commentWanted(edge, by, click, action, button);
    case 'details':
      return tell(edge, click, await detailsNote(edge, by, button.id));
    default:
      return action satisfies never;
  }
}

/** Whoever could not deny or revoke is told so at once; nobody fills in a form in vain. */
async function commentWanted(
  edge: SlackEdge,
  by: Caller,
  click: Click,
  action: Commented,
  button: ButtonValue,
): Promise<SlackAnswer> {
  const found = await foreseeDecision(edge.broker, button.id, commandOf(action, by, button));
  if ('refusal' in found) return tell(edge, click, await refusalNote(edge, button.id, by, found.refusal));
  await edge.desk.openView(click.trigger, commentForm(action, found.value));
  return undefined;
}

/** The form of a denial or a revocation was sent: only now it is decided, on what the table says now. */
export async function commentSent(edge: SlackEdge, by: Caller, sent: CommentSent): Promise<SlackAnswer> {
  const { action, button, filled } = sent;
  if (button === undefined) return tell(edge, sent, NOT_OURS);
  const body = checked({ comment: textOf(filled, 'comment') }, Ending);
  if ('refusal' in body) return errorsUnder(filled, body.refusal);
  return tell(
    edge,
    sent,
    await decideInSlack(edge, button.id, commandOf(action, by, button, body.value.comment)),
  );
}
