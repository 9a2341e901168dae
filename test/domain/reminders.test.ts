import type { Elevation } from '../../shared/domain/elevation.ts';
import { after, type Instant, instant } from '../../shared/domain/instant.ts';
import { nextTelling, remindersDue } from '../../shared/domain/reminders.ts';
import type { Reminders } from '../../shared/domain/slack.ts';
import { asked, requestFor } from './record.ts';
import { NOW } from './story.ts';
import { duration } from './values.ts';

/** After 15 minutes, then 30 later, then an hour later; the request waits for two hours. */
const REMIND: Reminders = { after: duration('15m'), most: 3 };
const PENDING = asked(requestFor(1)).elevation;
const APPROVED = asked(requestFor(0)).elevation;
const LAPSE = after(NOW, duration('2h'));

const minute = (n: number): Instant => instant(NOW + n * 60_000);
const past = (at: Instant): Instant => instant(at + 1);
const justBefore = (at: Instant): Instant => instant(at - 1);

test.each([
  [NOW, 0],
  [justBefore(minute(15)), 0],
  [minute(15), 1],
  [justBefore(minute(45)), 1],
  [minute(45), 2],
  [minute(105), 3],
  [LAPSE, 3],
  [past(LAPSE), 0],
])('at %d so many reminders are due: %d', (now, due) => {
  expect(remindersDue(PENDING, REMIND, now)).toBe(due);
});

test.each<[string, Elevation, Reminders | undefined]>([
  ['what is decided', APPROVED, REMIND],
  ['a file without reminders', PENDING, undefined],
  ['a file that wants none', PENDING, { ...REMIND, most: 0 }],
])('no reminder for %s', (_, elevation, remind) => {
  expect(remindersDue(elevation, remind, minute(60))).toBe(0);
});

test.each<[string, Elevation, Reminders | undefined, Instant, Instant | undefined]>([
  ['the first reminder', PENDING, REMIND, NOW, minute(15)],
  ['the second', PENDING, REMIND, minute(15), minute(45)],
  ['the lapse, after the last reminder', PENDING, REMIND, minute(105), past(LAPSE)],
  ['the lapse, where it comes before a reminder', PENDING, { ...REMIND, most: 9 }, minute(105), past(LAPSE)],
  ['the lapse, where nobody is reminded', PENDING, undefined, NOW, past(LAPSE)],
  ['nothing once it has lapsed', PENDING, REMIND, past(LAPSE), undefined],
  ['the end of the window', APPROVED, REMIND, NOW, past(after(NOW, duration('1h')))],
  ['nothing once it has ended', APPROVED, REMIND, past(after(NOW, duration('1h'))), undefined],
])('next comes %s', (_, elevation, remind, now, due) => {
  expect(nextTelling(elevation, remind, now)).toBe(due);
});

test('every reminder that comes next is due then, and none before', () => {
  let now: Instant = NOW;
  const times: number[] = [];
  for (;;) {
    const next = nextTelling(PENDING, REMIND, now);
    if (next === undefined || next > LAPSE) break;
    expect(remindersDue(PENDING, REMIND, next)).toBe(remindersDue(PENDING, REMIND, justBefore(next)) + 1);
    times.push((next - NOW) / 60_000);
    now = next;
  }
  expect(times).toEqual([15, 45, 105]);
});
