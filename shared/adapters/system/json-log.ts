import { formatInstant } from '../../domain/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';

/** One line of JSON for each entry; in Lambda standard output is the function's log. */
export function jsonLog(
  clock: Clock,
  write: (line: string) => void = (line) => process.stdout.write(line),
): Log {
  return (level, event, facts) => {
    const entry = { time: formatInstant(clock()), level, event };
    write(`${JSON.stringify({ ...entry, ...facts, ...entry })}\n`); // no fact takes the place of time, level or event
  };
}
