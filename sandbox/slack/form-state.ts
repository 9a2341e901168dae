import { type Block, elementsOf } from './block-kit/blocks.ts';
import type { Element, Option, StatefulElement } from './block-kit/elements.ts';

/** What was put into an element, as `state.values` has it. */
export type StateValue =
  | { readonly type: 'plain_text_input'; readonly value: string | null }
  | {
      readonly type: 'static_select' | 'external_select' | 'radio_buttons';
      readonly selected_option: Option | null;
    }
  | { readonly type: 'checkboxes'; readonly selected_options: readonly Option[] };

/** Values by block id and action id. */
export type FormState = Readonly<Record<string, Readonly<Record<string, StateValue>>>>;

/** The state of newly shown blocks; what was put into an element of the same ids and kind stays. */
export function formState(blocks: readonly Block[], before: FormState = {}): FormState {
  const held = blocks.flatMap((block) => {
    const entries = elementsOf(block)
      .filter(isStateful)
      .map((element): readonly [string, StateValue] => {
        const old = before[block.block_id]?.[element.action_id ?? ''];
        return [element.action_id ?? '', old?.type === element.type ? old : initialValue(element)];
      });
    return entries.length === 0 ? [] : [[block.block_id, Object.fromEntries(entries)] as const];
  });
  return Object.fromEntries(held);
}

/** Whether an element remembers what was put into it; a button does not. */
export function isStateful(element: Element): element is StatefulElement {
  return element.type !== 'button';
}

function initialValue(element: StatefulElement): StateValue {
  switch (element.type) {
    case 'plain_text_input':
      return { type: element.type, value: element.initial_value ?? null };
    case 'checkboxes':
      return { type: element.type, selected_options: element.initial_options ?? [] };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type: element.type, selected_option: element.initial_option ?? null };
    default:
      return element satisfies never;
  }
}

/** The options that an element itself lists; an external select lists none. */
export function listedOptions(element: StatefulElement): readonly Option[] {
  switch (element.type) {
    case 'plain_text_input':
    case 'external_select':
      return [];
    case 'static_select':
      return element.options ?? element.option_groups?.flatMap(({ options }) => options) ?? [];
    case 'radio_buttons':
    case 'checkboxes':
      return element.options;
    default:
      return element satisfies never;
  }
}

/** What the element holds once this was put into it: a text, or the values of options. */
export function heldValue(
  element: StatefulElement,
  put: readonly string[],
  options: readonly Option[],
): StateValue {
  const chosen = options.filter(({ value }) => put.includes(value));
  switch (element.type) {
    case 'plain_text_input':
      return { type: element.type, value: put[0] === undefined || put[0] === '' ? null : put[0] };
    case 'checkboxes':
      return { type: element.type, selected_options: chosen };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type: element.type, selected_option: chosen[0] ?? null };
    default:
      return element satisfies never;
  }
}

/** What Slack itself refuses before a form is sent, by block id. The sentences are the sandbox's own. */
export function missing(blocks: readonly Block[], state: FormState): Readonly<Record<string, string>> {
  const refused = blocks.flatMap((block) => {
    if (block.type !== 'input') return [];
    const value = state[block.block_id]?.[block.element.action_id ?? ''];
    const sentence = objection(block.element, value, block.optional === true);
    return sentence === undefined ? [] : [[block.block_id, sentence] as const];
  });
  return Object.fromEntries(refused);
}

function objection(element: Element, value: StateValue | undefined, optional: boolean): string | undefined {
  if (value === undefined || isEmpty(value)) return optional ? undefined : 'This field is required.';
  if (element.type !== 'plain_text_input' || value.type !== 'plain_text_input') return undefined;
  const length = value.value?.length ?? 0;
  const { min_length: least = 0, max_length: most = 3000 } = element;
  if (length < least) return `Write at least ${least} characters.`;
  return length > most ? `Write at most ${most} characters.` : undefined;
}

function isEmpty(value: StateValue): boolean {
  switch (value.type) {
    case 'plain_text_input':
      return value.value === null;
    case 'checkboxes':
      return value.selected_options.length === 0;
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return value.selected_option === null;
    default:
      return value satisfies never;
  }
}
