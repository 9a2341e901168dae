import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Random, seeded } from './random.ts';
import { eventOf, OUR_SHARE, roleArn } from './trail-events.ts';

/** Events in a file, as in the logs of a real account: 1,000,000 events are about 19,000 files. */
const EVENTS_A_FILE = 53;

/** Log files of a trail, written into a folder. */
export type TrailSet = { readonly files: readonly string[]; readonly events: number; readonly ours: number };

/** The ARNs of so many roles of a catalog, in fifty accounts. */
export function catalogOf(roles: number): readonly string[] {
  return Array.from({ length: roles }, (_, n) => roleArn(n));
}

/**
 * Writes log files with so many events, of which one in a hundred is of a session of ours, evenly spread. The same number
 * gives the same files.
 */
export function writeTrail(events: number, folder: string): TrailSet {
  const random = seeded(4);
  const files: string[] = [];
  let ours = 0;
  for (let from = 0; from < events; from += EVENTS_A_FILE) {
    const count = Math.min(EVENTS_A_FILE, events - from);
    const records = Array.from({ length: count }, (_, n) => {
      const isOurs = (from + n) % OUR_SHARE === 0;
      if (isOurs) ours++;
      return eventOf(from + n, isOurs, random);
    });
    files.push(writeFile(records, files.length, folder, random));
  }
  return { files, events, ours };
}

function writeFile(records: readonly string[], n: number, folder: string, random: Random): string {
  const day = join(folder, String(n % 30).padStart(2, '0'));
  if (n < 30) mkdirSync(day, { recursive: true });
  const path = join(day, `999999999999_CloudTrail_us-east-1_${n}_${random(2 ** 31)}.json.gz`);
  writeFileSync(path, gzipSync(`{"Records":[${records.join()}]}`));
  return path;
}
