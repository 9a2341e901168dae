import type { Block, InputBlock } from '../block-kit/blocks.ts';
import type { Button, Element } from '../block-kit/elements.ts';
import type { Text } from '../block-kit/text.ts';
import { type Html, html } from './html.ts';
import { formatted, type Names, unformatted } from './mrkdwn.ts';

/** How the elements of blocks are shown: as buttons of a message, or as parts of a form. */
export type Controls = {
  readonly names: Names;
  /** An element in an actions block or beside a section. */
  element(block: Block, element: Element): Html;
  /** An input block. */
  input(block: InputBlock): Html;
};

/** Blocks as people see them. */
export function blocksHtml(blocks: readonly Block[], controls: Controls): Html {
  return html`${blocks.map((block) => blockHtml(block, controls))}`;
}

function blockHtml(block: Block, controls: Controls): Html {
  const text = (one: Text) => textHtml(one, controls.names);
  switch (block.type) {
    case 'header':
      return html`<h3>${text(block.text)}</h3>`;
    case 'divider':
      return html`<hr>`;
    case 'context':
      return html`<p class="context">${block.elements.map((one) => html`<span>${text(one)}</span> `)}</p>`;
    case 'actions':
      return html`<div class="actions">${block.elements.map((one) => controls.element(block, one))}</div>`;
    case 'section':
      return html`<div class="section"><div>${block.text !== undefined && html`<p>${text(block.text)}</p>`}${
        block.fields !== undefined &&
        html`<ul class="fields">${block.fields.map((one) => html`<li>${text(one)}</li>`)}</ul>`
      }</div>${block.accessory !== undefined && controls.element(block, block.accessory)}</div>`;
    case 'input':
      return controls.input(block);
    default:
      return block satisfies never;
  }
}

/** A text object as people see it. */
export function textHtml(text: Text, names: Names): Html {
  return text.type === 'mrkdwn' ? formatted(text.text, names) : unformatted(text.text);
}

/** A button that submits its form; where it wants to be confirmed, the page's script asks first. */
export function buttonHtml(button: Button, submits: { readonly name: string; readonly value: string }): Html {
  const { confirm, style, text, accessibility_label: label } = button;
  return html`<button name="${submits.name}" value="${submits.value}" class="${style ?? 'plain'}"${
    label !== undefined && html` aria-label="${label}"`
  }${
    confirm !== undefined &&
    html` data-confirm="${confirm.title.text}" data-confirm-text="${confirm.text.text}" data-confirm-yes="${confirm.confirm.text}" data-confirm-no="${confirm.deny.text}"`
  }>${unformatted(text.text)}</button>`;
}
