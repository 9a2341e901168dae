import type { Brand } from '../brand.ts';
import { formatInstant, type Instant, instant, parseInstant } from '../instant.ts';
import type { Period } from './report.ts';

/** A report's id: its period, as `20261116T0000Z-20261123T0000Z`. Made again, it takes the place of the one before. */
export type ReportId = Brand<string, 'ReportId'>;

const ID = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z$/;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const WEEK_MS = 7 * DAY_MS;

/** A report on more is refused. */
const LONGEST_MS = 92 * DAY_MS;

/** 1970-01-05 was the first Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** The id of the report on a period of whole minutes. */
export function reportIdOf({ from, until }: Period): ReportId {
  return `${compact(from)}-${compact(until)}` as ReportId;
}

/** A report's id, or undefined where the text is none. */
export function parseReportId(text: string): ReportId | undefined {
  const period = periodIn(text);
  return period && period.from < period.until ? (text as ReportId) : undefined;
}

/** The period of a report by its id. */
export function periodOfReport(id: ReportId): Period {
  const period = periodIn(id);
  if (period === undefined) throw new TypeError(`Not the id of a report: ${id}`);
  return period;
}

/** The period that a report's id names; undefined where the text is none. */
export function periodNamed(text: string): Period | undefined {
  const id = parseReportId(text);
  return id && periodIn(id);
}

function periodIn(text: string): Period | undefined {
  const [, y1, m1, d1, h1, n1, y2, m2, d2, h2, n2] = ID.exec(text) ?? [];
  const from = parseInstant(`${y1}-${m1}-${d1}T${h1}:${n1}:00Z`);
  const until = parseInstant(`${y2}-${m2}-${d2}T${h2}:${n2}:00Z`);
  return from === undefined || until === undefined ? undefined : { from, until };
}

/** Why there can be no report on a period now, or undefined where there can. */
export function faultOfPeriod({ from, until }: Period, now: Instant): string | undefined {
  if (from % MINUTE_MS !== 0 || until % MINUTE_MS !== 0) return 'Begin and end a report at whole minutes.';
  if (from >= until) return 'Let the report end after it begins.';
  if (until - from > LONGEST_MS) return 'Ask for at most 92 days at once.';
  return until > now ? 'Let the report end by now: what is to come cannot be told.' : undefined;
}

/** The last week, Monday to Monday in UTC, that was over before then. */
export function weekBefore(moment: Instant): Period {
  const until = Math.floor((moment - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_MS;
  return { from: instant(until - WEEK_MS), until: instant(until) };
}

function compact(at: Instant): string {
  return `${formatInstant(at).slice(0, 16).replace(/[-:]/g, '')}Z`;
}
