import { milliseconds } from './duration.ts';
import { type Elevation, waitsUntil } from './elevation.ts';
import { type Instant, instant } from './instant.ts';
import type { Reminders } from './slack.ts';

/** When the n-th reminder is due, counted from 1: each pause is twice the one before. */
function dueAt(requestedAt: Instant, { after }: Reminders, n: number): Instant {
  return instant(requestedAt + milliseconds(after) * (2 ** n - 1));
}

/** How many reminders of a waiting request are due by now: none once it is decided or has lapsed. */
export function remindersDue(elevation: Elevation, remind: Reminders | undefined, now: Instant): number {
  const until = waitsUntil(elevation.request);
  if (remind === undefined || elevation.state !== 'pending' || until === undefined || now > until) return 0;
  let due = 0;
  while (due < remind.most && dueAt(elevation.request.requestedAt, remind, due + 1) <= now) due += 1;
  return due;
}

/** When the clock alone brings something to tell: the next reminder, the lapse or the end; undefined for never. */
export function nextTelling(
  elevation: Elevation,
  remind: Reminders | undefined,
  now: Instant,
): Instant | undefined {
  if (elevation.state === 'approved') return later(elevation.window.until, now);
  const until = waitsUntil(elevation.request);
  if (elevation.state !== 'pending' || until === undefined || now > until) return undefined;
  const due = remindersDue(elevation, remind, now);
  if (remind === undefined || due >= remind.most) return later(until, now);
  const next = dueAt(elevation.request.requestedAt, remind, due + 1);
  return next < until ? next : later(until, now);
}

/** The first instant after an end that is included. */
function later(until: Instant, now: Instant): Instant | undefined {
  return now > until ? undefined : instant(until + 1);
}
