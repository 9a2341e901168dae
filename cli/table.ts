import { fitted } from './words.ts';

/** On which side of its column a text stands. */
export type Align = 'start' | 'end';

const GAP = '  ';

/** Rows as lines of at most that width: columns as wide as they need to be, and the first gives way. */
export function table(
  rows: readonly (readonly string[])[],
  aligns: readonly Align[],
  columns: number,
): readonly string[] {
  const widths = aligns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const rest = widths.slice(1).reduce((sum, width) => sum + width + GAP.length, GAP.length);
  const first = Math.max(12, Math.min(widths[0] ?? 0, columns - rest));
  const fit = [first, ...widths.slice(1)];
  return rows.map((row) =>
    (GAP + row.map((cell, column) => aligned(cell, fit[column] ?? 0, aligns[column])).join(GAP)).trimEnd(),
  );
}

function aligned(text: string, width: number, align: Align | undefined): string {
  const cell = fitted(text, width);
  return align === 'end' ? cell.padStart(width) : cell.padEnd(width);
}
