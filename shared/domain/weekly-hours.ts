import type { WeeklyHours } from './access.ts';
import type { Instant } from './instant.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Whether the instant lies in the hours, on the wall clock of their time zone; throws where there is no such zone. */
export function isWithin(hours: WeeklyHours, at: Instant): boolean {
  const { day, minute } = wallClock(at, hours.timeZone);
  return hours.days.includes(day) && minute >= hours.from && minute < hours.to;
}

/** A formatter takes far longer to make than to use, and a file names few time zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const made =
    formatters.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formatters.set(timeZone, made);
  return made;
}

function wallClock(at: Instant, timeZone: string): { readonly day: number; readonly minute: number } {
  const parts = formatterOf(timeZone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  return {
    day: DAYS.indexOf(part('weekday')) + 1,
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}
