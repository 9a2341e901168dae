import type { Block, InputBlock } from '../block-kit/blocks.ts';
import type { Element, Option, StatefulElement } from '../block-kit/elements.ts';
import { optionsOf } from '../form-hand.ts';
import type { StateValue } from '../form-state.ts';
import type { OpenView } from '../modals.ts';
import { blocksHtml, buttonHtml } from './blocks.ts';
import { type Html, html } from './html.ts';
import type { Names } from './mrkdwn.ts';

/** The view that somebody has before them. Its version changes when it has to be drawn anew. */
export function formHtml(
  open: OpenView,
  who: { readonly as: string; readonly in: string },
  names: Names,
): Html {
  const { view } = open;
  const controls = {
    names,
    element: (block: Block, element: Element) => elementHtml(open, block, element),
    input: (block: InputBlock) => inputHtml(open, block),
  };
  return html`<dialog open aria-labelledby="form-title">
<form method="post" action="/act" data-view="${open.id}">
<input type="hidden" name="as" value="${who.as}"><input type="hidden" name="in" value="${who.in}">
${view.submit !== undefined && DEFAULT_BUTTON}
<h2 id="form-title">${view.title.text}</h2>
${open.trouble !== undefined && html`<p role="alert">${open.trouble}</p>`}
${blocksHtml(view.blocks, controls)}
<div class="actions">
<button name="do" value="cancel" formnovalidate>${view.close?.text ?? 'Cancel'}</button>
${view.submit !== undefined && html`<button name="do" value="submit" class="primary">${view.submit.text}</button>`}
</div>
</form>
</dialog>`;
}

/** The first button of a form is the one that the Enter key presses. */
const DEFAULT_BUTTON = html`<button name="do" value="submit" hidden></button>`;

type TextInput = Extract<StatefulElement, { readonly type: 'plain_text_input' }>;

/** What the fields of the form are called. */
export function fieldName(blockId: string): string {
  return `block:${blockId}`;
}

function inputHtml(open: OpenView, block: InputBlock): Html {
  const id = `input-${block.block_id}`;
  const error = open.errors[block.block_id];
  const optional = block.optional === true && html` <small>(optional)</small>`;
  return html`<div class="input${error !== undefined && html` wrong`}">
${
  isChoice(block.element)
    ? html`<fieldset id="${id}"><legend>${block.label.text}${optional}</legend>${fieldHtml(open, block, block.element, id)}</fieldset>`
    : html`<label for="${id}">${block.label.text}${optional}</label>${fieldHtml(open, block, block.element, id)}`
}
${block.hint !== undefined && html`<small>${block.hint.text}</small>`}
${error !== undefined && html`<p role="alert">${error}</p>`}
</div>`;
}

function isChoice({ type }: StatefulElement): boolean {
  return type === 'radio_buttons' || type === 'checkboxes';
}

function elementHtml(open: OpenView, block: Block, element: Element): Html {
  if (element.type === 'button') {
    return buttonHtml(element, { name: 'do', value: `press:${element.action_id ?? ''}` });
  }
  return fieldHtml(open, block, element, `input-${block.block_id}`);
}

/** A field that tells the app of each choice says so: the page's script then does. */
function fieldHtml(open: OpenView, block: Block, element: StatefulElement, id: string): Html {
  const name = fieldName(block.block_id);
  const value = open.state[block.block_id]?.[element.action_id ?? ''];
  const tells =
    (block.type !== 'input' || block.dispatch_action === true) && html` data-tells="${block.block_id}"`;
  const options = optionsOf(open, block.block_id);
  switch (element.type) {
    case 'plain_text_input':
      return textHtml(element, value, html` id="${id}" name="${name}"${tells}`);
    case 'external_select':
      return html`<input type="search" aria-label="Search ${labelOf(block)}" placeholder="${element.placeholder?.text ?? 'Search'}" data-options-of="${block.block_id}" data-least="${element.min_query_length ?? 3}">
<select id="${id}" name="${name}"${tells}><option value=""></option>${options.map((one) => optionHtml(one, value))}</select>`;
    case 'static_select':
      return html`<select id="${id}" name="${name}"${tells}><option value="">${element.placeholder?.text ?? ''}</option>${options.map((one) => optionHtml(one, value))}</select>`;
    case 'radio_buttons':
    case 'checkboxes':
      return html`${options.map((one) => choiceHtml(one, { element, name, value, tells }))}`;
    default:
      return element satisfies never;
  }
}

function textHtml(element: TextInput, value: StateValue | undefined, attributes: Html): Html {
  const text = value?.type === 'plain_text_input' ? (value.value ?? '') : '';
  const hint = html` placeholder="${element.placeholder?.text ?? ''}"`;
  return element.multiline === true
    ? html`<textarea rows="3"${attributes}${hint}>${text}</textarea>`
    : html`<input type="text" value="${text}"${attributes}${hint}>`;
}

function labelOf(block: Block): string {
  return block.type === 'input' ? block.label.text : 'options';
}

function optionHtml({ value, text }: Option, held: StateValue | undefined): Html {
  return html`<option value="${value}"${isHeld(value, held) && html` selected`}>${text.text}</option>`;
}

function choiceHtml(
  option: Option,
  of: {
    readonly element: StatefulElement;
    readonly name: string;
    readonly value: StateValue | undefined;
    readonly tells: Html | false;
  },
): Html {
  const type = of.element.type === 'checkboxes' ? 'checkbox' : 'radio';
  return html`<label><input type="${type}" name="${of.name}" value="${option.value}"${of.tells}${isHeld(option.value, of.value) && html` checked`}> ${option.text.text}</label>`;
}

function isHeld(value: string, held: StateValue | undefined): boolean {
  if (held === undefined || held.type === 'plain_text_input') return false;
  if (held.type === 'checkboxes') return held.selected_options.some((one) => one.value === value);
  return held.selected_option?.value === value;
}
