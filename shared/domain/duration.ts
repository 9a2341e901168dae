import type { Brand } from './brand.ts';

/** A length of time in whole minutes, at least one. */
export type Minutes = Brand<number, 'Minutes'>;

/** A year: nothing that Drawbridge times lasts longer. */
const LONGEST_MINUTES = 366 * 24 * 60;

const SHORT = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?$/;
const ISO_8601 = /^P(?:(\d{1,3})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?)?$/;

/** A number of minutes that the code itself states; anything but a whole number from 1 is a bug. */
export function minutes(count: number): Minutes {
  if (!isLength(count)) throw new TypeError(`Not a number of minutes: ${count}`);
  return count as Minutes;
}

/** `45m`, `1h30m`, or ISO 8601 in days, hours and minutes (`PT1H30M`); undefined where the text is none. */
export function parseDuration(text: string): Minutes | undefined {
  const short = SHORT.exec(text);
  const iso = ISO_8601.exec(text);
  const count = short ? total('0', short[1], short[2]) : iso ? total(iso[1], iso[2], iso[3]) : 0;
  return isLength(count) && !text.endsWith('T') ? (count as Minutes) : undefined;
}

/** As people write it: `45m`, `1h`, `1h30m`. */
export function formatDuration(length: Minutes): string {
  const hours = Math.floor(length / 60);
  const rest = length % 60;
  return `${hours > 0 ? `${hours}h` : ''}${rest > 0 ? `${rest}m` : ''}`;
}

/** The same length in milliseconds. */
export function milliseconds(length: Minutes): number {
  return length * 60_000;
}

/** The same length in seconds. */
export function seconds(length: Minutes): number {
  return length * 60;
}

function total(days = '0', hours = '0', rest = '0'): number {
  return Number(days) * 24 * 60 + Number(hours) * 60 + Number(rest);
}

function isLength(count: number): boolean {
  return Number.isInteger(count) && count >= 1 && count <= LONGEST_MINUTES;
}
