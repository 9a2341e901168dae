import type * as z from 'zod';

/** What was sent and found good, or what is wrong with it in Slack's words. */
export type Checked<T> =
  | { readonly good: true; readonly value: T }
  | { readonly good: false; readonly problems: readonly string[] };

/** Checks a value that stands at a JSON pointer of the call, such as `/blocks`. */
export function check<S extends z.ZodType>(schema: S, value: unknown, pointer: string): Checked<z.output<S>> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return { good: true, value: parsed.data };
  return { good: false, problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, pointer)) };
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue, root: string): readonly string[] {
  const path = issue.path.map(String);
  const at = (steps: readonly string[]) => `[json-pointer:${[root, ...steps].join('/')}]`;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => `invalid additional property: ${key} ${at(path)}`);
    case 'invalid_type':
      if (issue.input !== undefined) return [`must be a valid ${issue.expected} ${at(path)}`];
      return [`missing required field: ${path.at(-1) ?? root.slice(1)} ${at(path.slice(0, -1))}`];
    case 'invalid_union':
      return [`unsupported type: ${typeOf(issue.input)} ${at(path)}`];
    default:
      return [`${issue.message} ${at(path)}`];
  }
}

function typeOf(input: unknown): string {
  if (typeof input !== 'object' || input === null || !('type' in input)) return typeof input;
  return String(input.type);
}
