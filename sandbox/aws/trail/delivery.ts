import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { World } from '../../world/world.ts';
import type { Clock, WorldTrail } from '../aws.ts';
import type { Randomness } from '../identifiers.ts';
import type { DeliveredFile } from './delivered-file.ts';
import { Digests } from './digests.ts';
import { logFilesOf } from './log-files.ts';
import { selects } from './selectors.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { Trail, TrailRecord } from './trail.ts';

/** When the trail last delivered, in milliseconds since 1970, and why it could not. */
export type DeliveryStatus = {
  readonly logFiles?: number;
  readonly digests?: number;
  /** The code of S3's refusal. */
  readonly error?: 'NoSuchBucket';
};

/** The work of a trail. */
export type Delivery = { deliver(): Promise<readonly string[]>; status(): DeliveryStatus };

/** What delivers; `put` puts an object into a bucket of the world, and says whether there is such a bucket. */
export type DeliveryParts = {
  readonly world: World;
  readonly trail: Trail;
  readonly keys: SigningKeys;
  readonly since: number;
  readonly clock: Clock;
  readonly random: Randomness;
  /** A folder of this machine that gets the files too. */
  readonly folder?: string;
  readonly put: (bucket: string, file: DeliveredFile) => Promise<boolean>;
};

/** Delivers each record once, into the trail's bucket and the folder; without a trail, all records, and no digests. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { world, clock, random } = parts;
  const prefix = world.trail === undefined ? 'AWSLogs/' : `AWSLogs/${world.trail.organization}/`;
  const digests = world.trail && new Digests(digestsOf(parts, world.trail, prefix));
  let status: DeliveryStatus = {};
  let taken = 0;

  async function deliver(): Promise<readonly string[]> {
    const now = clock();
    const ended = (await digests?.due(now)) ?? [];
    const records = parts.trail
      .records()
      .slice(taken)
      .filter((it) => isSelected(world.trail, it));
    taken = parts.trail.records().length;
    const logFiles = logFilesOf(records, prefix, now, random);
    for (const file of logFiles) digests?.note(file, now);
    const files = [...ended, ...logFiles];
    for (const file of files) status = after(status, await placed(parts, file));
    if (ended.length > 0) status = { ...status, digests: now };
    if (logFiles.length > 0) status = { ...status, logFiles: now };
    return files.map(({ key }) => key);
  }

  let last: Promise<unknown> = Promise.resolve();
  return {
    status: () => status,
    deliver() {
      const delivered = last.then(deliver); // one after the other, or hours would get two digests
      last = delivered.catch(() => undefined);
      return delivered;
    },
  };
}

function digestsOf({ world, keys, since }: DeliveryParts, trail: WorldTrail, prefix: string) {
  return {
    trail,
    accounts: world.accounts.map(({ id }) => id),
    prefix,
    homeRegion: world.region,
    since,
    keys,
  };
}

function isSelected(trail: WorldTrail | undefined, record: TrailRecord): boolean {
  return trail === undefined || selects(trail.selectors, record);
}

/** Puts a file where it goes; says whether the bucket took it. */
async function placed({ world, folder, put }: DeliveryParts, file: DeliveredFile): Promise<boolean> {
  if (folder !== undefined) {
    const path = join(folder, file.key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.body);
  }
  return world.trail === undefined || put(world.trail.bucket, file);
}

function after({ error: _, ...status }: DeliveryStatus, taken: boolean): DeliveryStatus {
  return taken ? status : { ...status, error: 'NoSuchBucket' };
}
