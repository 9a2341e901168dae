import { counted, grouped } from '../words.ts';
import { type Content, type Html, html } from './html.ts';

/** A table in one order; of many rows the first, and where all of them are. */
export function plainTable(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Content[])[],
  most = 100,
): Html {
  const note =
    rows.length > most
      ? html`<p class="note">The first ${grouped(most)} of ${counted(rows.length, 'row')}; <code>report.json</code> has all.</p>`
      : undefined;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.slice(0, most).map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody>
</table></div>${note}`;
}
