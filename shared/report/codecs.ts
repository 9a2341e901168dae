import * as z from 'zod';
import { formatInstant, type Instant, parseInstant } from '../domain/instant.ts';

// NB. A custom schema without a check takes undefined too, and is then run for members that are absent.
const isText = (value: unknown) => typeof value === 'string';
const isNumber = (value: unknown) => typeof value === 'number';

const DURATION = /^PT(\d{1,12})(?:\.(\d{3}))?S$/;

/** A word that only its own parser of the domain makes; anything else is refused. */
export function word<T extends string>(parse: (text: string) => T | undefined, what: string) {
  return z
    .codec(
      z.string().refine((text) => parse(text) !== undefined, `Not ${what}.`),
      z.custom<T>(isText),
      { decode: (text) => text as T, encode: (value) => value },
    )
    .describe(what);
}

/** An instant of the domain as RFC 3339 in UTC. */
export const time = z
  .codec(
    z.iso.datetime().refine((text) => parseInstant(text) !== undefined, 'No such time.'),
    z.custom<Instant>(isNumber),
    { decode: (text) => parseInstant(text) as Instant, encode: formatInstant },
  )
  .describe('RFC 3339, UTC');

/** Milliseconds as an ISO 8601 duration in seconds, to the millisecond: `PT330.500S`. */
export const duration = z
  .codec(z.string().regex(DURATION), z.number(), { decode: millisecondsOf, encode: isoDuration })
  .describe('ISO 8601, in seconds');

/** Milliseconds as ISO 8601 writes them, in seconds. */
export function isoDuration(milliseconds: number): string {
  const rest = milliseconds % 1000;
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`;
  return `PT${Math.floor(milliseconds / 1000)}${fraction}S`;
}

function millisecondsOf(text: string): number {
  const [, seconds = '0', fraction = '0'] = DURATION.exec(text) ?? [];
  return Number(seconds) * 1000 + Number(fraction);
}
