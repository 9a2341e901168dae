/** One cell: texts are always quoted, numbers never, and what is absent is empty. */
export type Cell = string | number | undefined;

/**
 * What a spreadsheet takes for the beginning of a formula, also in the wide forms of East Asian input:
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

/** A table as RFC 4180 writes it, in UTF-8 with CRLF; no text of it can be run as a formula. */
export function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join()}\r\n`).join('');
}

function cell(value: Cell): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return `"${harmless.toWellFormed().replaceAll('"', '""')}"`;
}
