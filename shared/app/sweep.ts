import type { AnnounceQueue } from '../ports/announce-queue.ts';
import type { Announcements } from '../ports/announcements.ts';
import type { Clock } from '../ports/clock.ts';

/** How many are handed over in one run; what is left is the oldest of the next run. */
const MOST = 500;

/** Hands over what is due by the clock alone: reminders, lapses, ends, and what could not be told before. */
export async function sweep(broker: {
  readonly announcements: Pick<Announcements, 'due'>;
  readonly queue: AnnounceQueue;
  readonly clock: Clock;
}): Promise<number> {
  const due = await broker.announcements.due(broker.clock(), MOST);
  for (const subject of due) await broker.queue.add(subject, 0);
  return due.length;
}
