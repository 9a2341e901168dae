import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { actionCatalogue } from '../shared/adapters/action-catalogue/catalogue.ts';
import { candidatesFor } from '../shared/adapters/cloudtrail/candidates.ts';
import { readLog } from '../shared/adapters/cloudtrail/read-log.ts';
import { sha256 } from '../shared/adapters/system/crypto.ts';
import { parseRoleArn } from '../shared/domain/arn.ts';
import { observe } from '../shared/domain/trail/observe.ts';
import { placesOf, type Watched } from '../shared/domain/trail/places.ts';
import { catalogOf } from './trail-set.ts';

/**
 * A process of its own: reads the files that standard input names, a way that the argument names, in the turns that it says,
 * and answers with seconds of the processor and the most memory. `floor` reads and unpacks; `taken` keeps what is ours too.
 */
const { files, actions, way, rounds } = z
  .object({
    files: z.array(z.string()),
    actions: z.string(),
    way: z.enum(['floor', 'taken', 'both']),
    rounds: z.number(),
  })
  .parse(JSON.parse(readFileSync(0, 'utf8')));

const watched = watching(catalogOf(1000));
const only = candidatesFor(watched);
const catalogue = actionCatalogue(JSON.parse(readFileSync(actions, 'utf8')));
let kept = 0;

const cost = { floor: 0, taken: 0 };
const PART = Math.ceil(files.length / 50);
for (let round = 0; round < rounds; round++) {
  for (let from = 0; from < files.length; from += PART) {
    const part = files.slice(from, from + PART);
    if (way !== 'taken') cost.floor += await processorTime(() => unpackAll(part));
    if (way !== 'floor') cost.taken += await processorTime(() => takeAll(part));
  }
}
console.log(JSON.stringify({ ...cost, kept: kept / rounds, rss: process.resourceUsage().maxRSS * 1024 }));

async function unpackAll(part: readonly string[]): Promise<void> {
  for (const path of part) gunzipSync(readFileSync(path));
}

async function takeAll(part: readonly string[]): Promise<void> {
  for (const path of part) {
    await readLog(bytesOf(path), {
      only,
      sha256,
      take(record) {
        if (placesOf(observe(record, catalogue), watched).length > 0) kept++;
      },
    });
  }
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  yield readFileSync(path);
}

/** Seconds of the processor, in the program and the kernel. */
async function processorTime(act: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function watching(arns: readonly string[]): Watched {
  const roles = arns.map(parseRoleArn).filter((role) => role !== undefined);
  return {
    roles: new Set(arns),
    byName: new Map(roles.map(({ account, name, text }) => [`${account}/${name}`, text])),
  };
}
