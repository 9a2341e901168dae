import { formatInstant, type Instant } from '../../domain/instant.ts';
import { timeWords } from '../words.ts';
import { type Content, type Html, html } from './html.ts';

/** A part of the page with its heading; the id is what links lead to. */
export function section(id: string, heading: string, ...content: readonly Content[]): Html {
  return html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${heading}</h2>
${content}
</section>`;
}

/** A time in UTC to the minute; a machine reads it to the millisecond. */
export function time(at: Instant | undefined): Html | undefined {
  return at === undefined ? undefined : html`<time datetime="${formatInstant(at)}">${timeWords(at)}</time>`;
}

/** A mark that says by shape what the words after it say: for the eye alone. */
export function mark(kind: string, shape: string, words: Content): Html {
  return html`<span class="mark ${kind}"><span aria-hidden="true">${shape}</span> ${words}</span>`;
}

/** Says that there is nothing, where nothing is good news. */
export function nothing(sentence: string): Html {
  return html`<p class="nothing">${sentence}</p>`;
}
