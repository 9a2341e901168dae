import { formatInstant, type Instant } from '../domain/instant.ts';
import type { Period } from '../domain/report/report.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A whole number with its thousands apart: 12,345. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** So many of a thing: `1 call`, `12,345 calls`, `no calls`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count === 0 ? 'no' : grouped(count)} ${count === 1 ? one : many}`;
}

/** How often: `once`, `twice`, `12 times`. */
export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : counted(count, 'time');
}

/** `was` or `were`, after so many of a thing. */
export function was(count: number): string {
  return count === 1 ? 'was' : 'were';
}

/** Things in a row, as a sentence lists them; of a long list the beginning and how many more there are. */
export function listed(things: readonly string[], longest = 4): string {
  const shown = things.slice(0, things.length > longest ? longest - 1 : longest);
  const left = things.length - shown.length;
  const all = left > 0 ? [...shown, `${grouped(left)} more`] : shown;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** A length of time in its two largest units: `45 s`, `5 min`, `1 h 30 min`, `3 d 4 h`; less than a second is `< 1 s`. */
export function lengthWords(milliseconds: number): string {
  if (milliseconds < SECOND_MS) return '< 1 s';
  if (milliseconds < MINUTE_MS) return `${Math.round(milliseconds / SECOND_MS)} s`;
  if (milliseconds < HOUR_MS) return `${Math.round(milliseconds / MINUTE_MS)} min`;
  return milliseconds < DAY_MS
    ? twoUnits(milliseconds, [HOUR_MS, 'h'], [MINUTE_MS, 'min'])
    : twoUnits(milliseconds, [DAY_MS, 'd'], [HOUR_MS, 'h']);
}

/** Within which time: `within 5 min`, `in under a second`. */
export function withinWords(milliseconds: number): string {
  return milliseconds < SECOND_MS ? 'in under a second' : `within ${lengthWords(milliseconds)}`;
}

/** A day in UTC: 16 Nov 2026. */
export function dayWords(at: Instant): string {
  const [year = '', month = '', day = ''] = formatInstant(at).slice(0, 10).split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** A time in UTC to the minute: 16 Nov 2026, 09:00. */
export function timeWords(at: Instant): string {
  return `${dayWords(at)}, ${formatInstant(at).slice(11, 16)}`;
}

/** A period from and to, days alone where it has only whole ones: the last day is then the last in it. */
export function periodWords({ from, until }: Period): string {
  if (!isInDays({ from, until })) return `${timeWords(from)} to ${timeWords(until)} UTC`;
  const last = (until - DAY_MS) as Instant;
  return last === from ? dayWords(from) : `${dayWords(from)} to ${dayWords(last)}`;
}

/** The same, and that days are those of UTC. */
export function periodInUtc(period: Period): string {
  return isInDays(period) ? `${periodWords(period)}, in UTC` : periodWords(period);
}

function isInDays({ from, until }: Period): boolean {
  return from % DAY_MS === 0 && until % DAY_MS === 0;
}

/** A share in whole percent; what is not nothing is never 0 %, and what is not all never 100 %. */
export function percent(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %';
  if (part === whole) return '100 %';
  return `${Math.min(99, Math.max(1, Math.round((100 * part) / whole)))} %`;
}

type Unit = readonly [milliseconds: number, name: string];

function twoUnits(milliseconds: number, [large, largeName]: Unit, [small, smallName]: Unit): string {
  const smalls = Math.round(milliseconds / small);
  const inLarge = large / small;
  const rest = smalls % inLarge;
  return `${Math.floor(smalls / inLarge)} ${largeName}${rest > 0 ? ` ${rest} ${smallName}` : ''}`;
}
