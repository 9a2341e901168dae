import { AwsRefusal } from '../aws.ts';

type Value = string | number | undefined;

/** One sentence per broken rule of a parameter; an absent one breaks only `required`. */
export type Violations = readonly string[];

/** The parameter must be there. */
export function required(at: string, value: Value): Violations {
  return value === undefined ? [violation('null', at, 'Member must not be null')] : [];
}

/** Its length must be within bounds. */
export function length(at: string, value: string | undefined, least: number, most: number): Violations {
  if (value === undefined) return [];
  if (value.length < least)
    return [violation(`'${value}'`, at, `Member must have length greater than or equal to ${least}`)];
  if (value.length > most)
    return [violation(`'${value}'`, at, `Member must have length less than or equal to ${most}`)];
  return [];
}

/** All of it must match; the pattern is shown as AWS shows it. */
export function pattern(at: string, value: string | undefined, shown: string): Violations {
  if (value === undefined || new RegExp(`^(?:${shown})$`).test(value)) return [];
  return [violation(`'${value}'`, at, `Member must satisfy regular expression pattern: ${shown}`)];
}

/** It must be a whole number within bounds. */
export function range(at: string, value: number | undefined, least: number, most: number): Violations {
  if (value === undefined) return [];
  if (!(value >= least))
    return [violation(`'${value}'`, at, `Member must have value greater than or equal to ${least}`)];
  if (value > most)
    return [violation(`'${value}'`, at, `Member must have value less than or equal to ${most}`)];
  return [];
}

/** Refuses with every violation in one message, as the AWS front end does. */
export function refuseViolations(...violations: readonly Violations[]): void {
  const all = violations.flat();
  if (all.length === 0) return;
  const count = all.length === 1 ? '1 validation error' : `${all.length} validation errors`;
  throw new AwsRefusal('ValidationError', `${count} detected: ${all.join('; ')}`, 400);
}

function violation(value: string, at: string, rule: string): string {
  return `Value ${value} at '${at}' failed to satisfy constraint: ${rule}`;
}
