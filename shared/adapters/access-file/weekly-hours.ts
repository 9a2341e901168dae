import * as z from 'zod';
import type { WeeklyHours } from '../../domain/access.ts';
import { oneOrMany, parsed } from './values.ts';

/** In the order of ISO 8601, which counts Monday as 1. */
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const DaysText = parsed(parseDays, 'Write mon, tue, wed, thu, fri, sat or sun, or a range like mon-fri.');
const TimeOfDay = parsed(
  parseTimeOfDay,
  'Write a time from "00:00" to "24:00" in quotes, for example "09:00".',
);
const TimeZone = parsed(
  parseTimeZone,
  'Write the name of a time zone of the IANA database, for example Europe/Berlin.',
);

/** The hours of the week at which a rule holds, as the access file writes them. */
export const HoursEntry = z
  .strictObject({
    days: oneOrMany(DaysText).describe('Days, or ranges of them: mon-fri'),
    from: TimeOfDay.describe('The first minute, for example "09:00"'),
    to: TimeOfDay.describe('The minute after the last, for example "17:00"'),
    zone: TimeZone.describe('A name of the IANA database, for example Europe/Berlin'),
  })
  .refine(({ from, to }) => from < to, {
    path: ['to'],
    error: 'Write a time later than from. Hours over midnight are two rules.',
  })
  .refine(({ days }) => days.length > 0, { path: ['days'], error: 'Name at least one.' })
  .transform(({ days, from, to, zone }): WeeklyHours => {
    return { days: [...new Set(days.flat())].sort(), from, to, timeZone: zone };
  });

/** `fri-mon` runs over the weekend. */
function parseDays(text: string): readonly number[] | undefined {
  const [first, last, ...more] = text.split('-').map((day) => DAYS.indexOf(day));
  if (first === undefined || first < 0 || more.length > 0) return undefined;
  if (last === undefined) return [first + 1];
  if (last < 0) return undefined;
  const count = ((last - first + DAYS.length) % DAYS.length) + 1;
  return Array.from({ length: count }, (_, day) => ((first + day) % DAYS.length) + 1);
}

/** Minutes after midnight. */
function parseTimeOfDay(text: string): number | undefined {
  const [, hours, rest] = /^(\d\d):([0-5]\d)$/.exec(text) ?? [];
  const minute = Number(hours) * 60 + Number(rest);
  return minute <= 24 * 60 ? minute : undefined;
}

/** Offsets such as +01:00 know no summer time, so they are no zones here. */
function parseTimeZone(text: string): string | undefined {
  if (!/^[A-Za-z]/u.test(text)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: text }) && text;
  } catch {
    return undefined;
  }
}
