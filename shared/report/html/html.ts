import { seen } from '../../slack/cards/text.ts';

/** Markup that is safe to show: only `html` makes it, and it escapes every text. */
export type Html = { readonly html: string };

/** What a template takes: texts are escaped, and nothing shows for what is absent. */
export type Content = Html | string | number | undefined | readonly Content[];

/** Markup with values in it. Values are for elements and quoted attributes; never for scripts, styles or URLs. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  const parts = strings.map((text, index) => `${text}${rendered(values[index])}`);
  return { html: parts.join('') };
}

/** What somebody typed, cut where it is too long to be read here; its direction cannot reach beyond it. */
export function typed(text: string, longest = 240): Html {
  const characters = [...text];
  const isLong = characters.length > longest;
  return html`<bdi>${isLong ? `${characters.slice(0, longest).join('')} …` : text}</bdi>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function rendered(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return seen(content).replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
  if (typeof content === 'number') return String(content);
  return 'html' in content ? content.html : content.map(rendered).join('');
}
