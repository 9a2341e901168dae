/** The way to a value in the access file, from its root: `['roles', 'update-app', 'session']`. */
export type Path = readonly PropertyKey[];

/** What is wrong with the value at a path, as a sentence that says what to do. */
export type Mistake = { readonly path: Path; readonly sentence: string };

/** Where something stands in a file; lines and columns are counted from 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

/** A mistake with its place. */
export type Complaint = Mistake & Place;

/** The access file cannot be used; its message lists every complaint, one a line, as `file:line:column: path: sentence`. */
export class AccessFileError extends Error {
  override readonly name = 'AccessFileError';
  readonly complaints: readonly Complaint[];

  constructor(complaints: readonly Complaint[]) {
    const sorted = complaints.toSorted(inOrderOfTheFile);
    super(sorted.map(formatComplaint).join('\n'));
    this.complaints = sorted;
  }
}

/** A path as people write it: `rules[1].mfa.within`. */
export function formatPath(path: Path): string {
  return path
    .map((key, depth) => (typeof key === 'number' ? `[${key}]` : `${depth > 0 ? '.' : ''}${String(key)}`))
    .join('');
}

function formatComplaint({ file, line, column, path, sentence }: Complaint): string {
  const where = path.length === 0 ? '' : `${formatPath(path)}: `;
  return `${file}:${line}:${column}: ${where}${sentence}`;
}

function inOrderOfTheFile(one: Complaint, other: Complaint): number {
  return compare(one.file, other.file) || one.line - other.line || one.column - other.column;
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
