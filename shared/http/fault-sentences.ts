import type * as z from 'zod/mini';

/** What to do about a fault that the schema itself has no sentence for. */
export function sentenceOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'This field is missing. Send it.'
        : `Send ${KINDS[issue.expected] ?? issue.expected} here.`;
    case 'invalid_value':
      return `Write one of: ${issue.values.filter((value) => value !== '').join(', ')}.`;
    case 'too_big':
      return `Send at most ${issue.maximum}${unitOf(issue.origin)}.`;
    case 'too_small':
      return `Send at least ${issue.minimum}${unitOf(issue.origin)}.`;
    default:
      return 'This cannot be used. See /v1/openapi.json for what is expected.';
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a JSON object',
};

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}
