import * as z from 'zod';
import type { Mistake, Path } from './complaint.ts';

type Issue = z.core.$ZodIssue;

/** What the kinds of JSON Schema are called in YAML. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list, like [one, other]',
  object: 'a map, like { key: value }',
  record: 'a map, like { key: value }',
};

/** The value as its schema gives it, or everything that is wrong with it. */
export function parseAs<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { readonly data: z.output<Schema> } | { readonly mistakes: readonly Mistake[] } {
  const parsed = z.safeParse(schema, value, { error: describeIssue });
  return parsed.success ? { data: parsed.data } : { mistakes: mistakesOf(parsed.error.issues) };
}

/** The sentence for an issue whose schema brings none of its own. */
function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `Add ${String(issue.path?.at(-1) ?? 'the content')}: it is required.`
        : `Write ${KINDS[issue.expected] ?? issue.expected} here.`;
    case 'invalid_value':
      return `Write one of: ${issue.values.map(String).join(', ')}.`;
    case 'too_small':
      return issue.origin === 'array' ? 'Name at least one.' : `Write ${issue.minimum} or more.`;
    case 'too_big':
      return issue.origin === 'array' ? `Name ${issue.maximum} at most.` : `Write ${issue.maximum} or less.`;
    default:
      return undefined;
  }
}

/** One mistake for each thing that is wrong, with the whole path to it. */
function mistakesOf(issues: readonly Issue[], at: Path = []): Mistake[] {
  return issues.flatMap((issue): Mistake[] => {
    const path = [...at, ...issue.path];
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({
          path: [...path, key],
          sentence: `Remove "${key}" or correct its name: nothing here is called so.`,
        }));
      case 'invalid_union':
        return mistakesOf(nearest(issue.errors), path);
      case 'invalid_key':
        return mistakesOf(issue.issues, path);
      default:
        return [{ path, sentence: issue.message }];
    }
  });
}

/** The branch of a union that was probably meant: of the same kind, and with the fewest keys that it does not know. */
function nearest(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const [first = [], ...others] = branches;
  return others.reduce((best, branch) => (misfit(branch) < misfit(best) ? branch : best), first);
}

function misfit(issues: readonly Issue[]): number {
  const atItsOwnLevel = issues.filter(({ path }) => path.length === 0);
  if (atItsOwnLevel.some(({ code }) => code === 'invalid_type')) return Number.POSITIVE_INFINITY;
  return atItsOwnLevel.reduce(
    (sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0),
    0,
  );
}
