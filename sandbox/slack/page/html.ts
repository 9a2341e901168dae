/** HTML that is safe to send: every text in it has been escaped. Made by `html` alone. */
export type Html = { readonly html: string };

type Part = Html | string | number | undefined | false | readonly Html[];

/** HTML from a template; texts are escaped, HTML is not, and what is undefined or false leaves nothing. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const written = literals.map((literal, index) => literal + asHtml(parts[index]));
  return { html: written.join('') };
}

function asHtml(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escaped(part);
  return 'html' in part ? part.html : part.map((one) => one.html).join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
