import type { Block } from './block-kit/blocks.ts';
import type { Option } from './block-kit/elements.ts';
import { optionsIn, type SubmissionAnswer, submissionAnswer } from './callbacks/answers.ts';
import type { AppDoor } from './callbacks/app-door.ts';
import {
  closedPayload,
  type Placed,
  placed,
  submissionPayload,
  suggestionPayload,
  viewActionPayload,
} from './callbacks/payloads.ts';
import { explained } from './callbacks/trouble.ts';
import { heldValue, isStateful, listedOptions, missing } from './form-state.ts';
import type { OpenView } from './modals.ts';
import type { Seen } from './seen.ts';
import type { SlackUser, Workspace } from './workspace.ts';

/** What somebody does with the form before them. */
export type FormHand = {
  /** What an external select offers for what is typed. */
  options(blockId: string, typed: string): Promise<readonly Option[]>;
  /** Puts a text, or the option of this value or text, into the block's element; a select asks the app where it must. */
  fill(blockId: string, text: string): Promise<Seen>;
  /** Puts texts, or options by their values, into the block's element, and tells nobody. */
  put(blockId: string, texts: readonly string[]): void;
  /** Tells the app what the block's element holds. */
  tell(blockId: string): Promise<Seen>;
  /** Presses a button within the form. */
  pressInForm(actionId: string): Promise<Seen>;
  submit(): Promise<Seen>;
  /** Closes the form without sending it. */
  cancel(): Promise<Seen>;
};

type Parts = {
  readonly user: SlackUser;
  readonly workspace: Workspace;
  readonly app: AppDoor;
  /** Tells what was seen of something done; what is done says what went wrong. */
  readonly watched: (act: () => Promise<string | undefined>) => Promise<Seen>;
};

/** Gives somebody their hand on forms. */
export function createFormHand(parts: Parts): FormHand {
  const { user, workspace, app } = parts;
  const { modals } = workspace;
  const interact = (payload: unknown) => app.send('interactions', { payload: JSON.stringify(payload) });
  const act = async (place: Placed) =>
    explained.action(await interact(viewActionPayload(user, opened(parts), place, workspace)));
  const inForm = (what: (open: OpenView) => Promise<string | undefined>) =>
    parts.watched(async () => {
      const open = opened(parts);
      const trouble = await what(open);
      modals.note(open.id, { trouble });
      return trouble;
    });
  return {
    options: (blockId, typed) => suggested(parts, opened(parts), blockId, typed),
    put: (blockId, texts) => put(parts, opened(parts), blockId, texts),
    tell: (blockId) => inForm((open) => act(inBlock(open, blockId))),
    fill: (blockId, text) =>
      inForm(async (open) => {
        const place = await choose(parts, open, blockId, text);
        return dispatches(place.block) ? act(place) : undefined;
      }),
    pressInForm: (actionId) =>
      inForm(async ({ view }) => {
        const place = placed(view.blocks, actionId);
        if (place === undefined) throw new Error(`The form has no button with the action id ${actionId}.`);
        return act(place);
      }),
    submit: () =>
      inForm(async (open) => {
        const refused = missing(open.view.blocks, open.state);
        modals.note(open.id, { errors: refused });
        if (Object.keys(refused).length > 0) return undefined;
        const delivery = await interact(submissionPayload(user, open, workspace));
        if (delivery.kind !== 'answered' || delivery.status !== 200) return explained.action(delivery);
        const answer = submissionAnswer(delivery.body, open.view, workspace);
        if ('wrong' in answer) return explained.answer(answer.wrong);
        follow(answer.read, open, parts);
        return undefined;
      }),
    cancel: () =>
      inForm(async (open) => {
        modals.close(user.id);
        if (open.view.notify_on_close !== true) return undefined;
        return explained.action(await interact(closedPayload(user, open, workspace)));
      }),
  };
}

function opened({ user, workspace }: Parts): OpenView {
  const open = workspace.modals.top(user.id);
  if (open === undefined) throw new Error(`${user.name} has no form open.`);
  return open;
}

function inBlock({ view }: OpenView, blockId: string): Placed {
  const block = view.blocks.find(({ block_id: id }) => id === blockId);
  const element =
    block?.type === 'input' ? block.element : block?.type === 'section' ? block.accessory : undefined;
  if (block !== undefined && element !== undefined) return { block, element };
  const known = view.blocks.filter(({ type }) => type === 'input').map(({ block_id: id }) => id);
  throw new Error(`The form has no block ${blockId} to put something into. It has ${known.join(', ')}.`);
}

/** Chooses an option, or types a text, as somebody would with a mouse and keys. */
async function choose(parts: Parts, open: OpenView, blockId: string, text: string): Promise<Placed> {
  const { block, element } = inBlock(open, blockId);
  if (element.type === 'external_select') await suggested(parts, open, blockId, text);
  const option = optionsOf(opened(parts), blockId).find(
    (one) => one.value === text || one.text.text === text,
  );
  if (element.type !== 'plain_text_input' && option === undefined) {
    throw new Error(`The block ${blockId} does not offer “${text}”.`);
  }
  put(parts, open, blockId, [option?.value ?? text]);
  return { block, element };
}

/** Puts a text, or options by their values, into the element of a block. */
function put({ workspace }: Parts, open: OpenView, blockId: string, texts: readonly string[]): void {
  const { element } = inBlock(open, blockId);
  if (!isStateful(element)) throw new Error(`The block ${blockId} has a button: press it.`);
  const { modals } = workspace;
  const value = heldValue(element, texts, optionsOf(modals.find(open.id) ?? open, blockId));
  modals.put(open.id, blockId, element.action_id ?? '', value);
}

/** What there is to choose from: what is listed, what the app has offered, and what is chosen already. */
export function optionsOf(open: OpenView, blockId: string): readonly Option[] {
  const { element } = inBlock(open, blockId);
  if (!isStateful(element)) return [];
  const held = open.state[blockId]?.[element.action_id ?? ''];
  const chosen = held !== undefined && 'selected_option' in held ? held.selected_option : null;
  const offered = [...listedOptions(element), ...(open.offered[blockId] ?? [])];
  if (chosen === null || offered.some(({ value }) => value === chosen.value)) return offered;
  return [chosen, ...offered];
}

/** An input tells the app of a change only where it is told to; everything else always does. */
function dispatches(block: Block): boolean {
  return block.type === 'input' ? block.dispatch_action === true : true;
}

async function suggested(
  { user, workspace, app }: Parts,
  open: OpenView,
  blockId: string,
  typed: string,
): Promise<readonly Option[]> {
  const place = inBlock(open, blockId);
  const payload = JSON.stringify(suggestionPayload(user, open, { ...place, typed }, workspace));
  const delivery = await app.send('options', { payload });
  if (delivery.kind !== 'answered' || delivery.status !== 200) {
    throw new Error(explained.action(delivery) ?? 'The app gives no options.');
  }
  const answer = optionsIn(delivery.body);
  if ('wrong' in answer) throw new Error(explained.answer(answer.wrong));
  workspace.modals.offer(open.id, blockId, answer.read);
  return answer.read;
}

function follow(answer: SubmissionAnswer, open: OpenView, { user, workspace }: Parts): void {
  const { modals } = workspace;
  switch (answer.action) {
    case 'close':
      modals.close(user.id);
      break;
    case 'clear':
      modals.clear(user.id);
      break;
    case 'errors':
      modals.note(open.id, { errors: answer.errors });
      break;
    case 'update':
      modals.update(open.id, answer.view);
      break;
    case 'push':
      modals.push(user.id, answer.view);
      break;
    default:
      answer satisfies never;
  }
}
