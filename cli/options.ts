import { InvalidArgumentError } from 'commander';
import { type Instant, parseInstant } from '../shared/domain/instant.ts';

/** A time of the command line: RFC 3339, or a date, which is its beginning in UTC. */
export function timeOption(text: string): Instant {
  const at = parseInstant(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (at === undefined) throw new InvalidArgumentError('Write 2026-11-24, or 2026-11-24T09:00:00Z.');
  return at;
}

/** An account's number. */
export function accountOption(text: string, before: readonly string[] = []): readonly string[] {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError('An account number has 12 digits.');
  return [...before, text];
}

/** An AWS Region. */
export function regionOption(text: string, before: readonly string[] = []): readonly string[] {
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(text))
    throw new InvalidArgumentError('Write a Region like eu-central-1.');
  return [...before, text];
}

/** A whole number from 1. */
export function countOption(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new InvalidArgumentError('Write a whole number from 1.');
  return count;
}
