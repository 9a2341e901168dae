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
import type { TrailRecord } from '../shared/domain/trail/record.ts';
import { catalogOf } from './trail-set.ts';

const Work = z.object({
  files: z.array(z.string()),
  /** The file of the action catalogue. */
  actions: z.string(),
  way: z.enum(['taken', 'both']),
});
type Take = (path: string) => Promise<void>;

/** So many parts of the files are read both ways in turn, so that a machine whose speed drifts slows both. */
const PARTS = 50;

/**
 * What a process of its own does: reads the files that standard input names, and answers with the seconds of the processor that it took to
 * read and unpack them (`floor`) and to find what is ours in them (`taken`), with how much that was, and the most memory.
 */
export async function measureReading(): Promise<void> {
  const { files, actions, way } = Work.parse(JSON.parse(readFileSync(0, 'utf8')));
  let kept = 0;
  const take = taker(JSON.parse(readFileSync(actions, 'utf8')), () => kept++);
  const cost = { floor: 0, taken: 0 };
  const size = Math.ceil(files.length / PARTS);
  for (let from = 0; from < files.length; from += size) {
    const part = files.slice(from, from + size);
    if (way === 'both')
      cost.floor += await processorTime(part, async (path) => void gunzipSync(readFileSync(path)));
    cost.taken += await processorTime(part, take);
  }
  console.log(JSON.stringify({ ...cost, kept, rss: process.resourceUsage().maxRSS * 1024 }));
}

/** Reads a file as the function that follows the trail does, up to what it keeps. */
function taker(actions: unknown, keep: () => void): Take {
  const watched = watching(catalogOf(1000));
  const only = candidatesFor(watched);
  const catalogue = actionCatalogue(actions);
  const take = (record: TrailRecord) => {
    if (placesOf(observe(record, catalogue), watched).length > 0) keep();
  };
  return async (path) => void (await readLog(bytesOf(path), { only, sha256, take }));
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  yield readFileSync(path);
}

/** Seconds of the processor, in the program and the kernel. */
async function processorTime(paths: readonly string[], act: Take): Promise<number> {
  const before = process.cpuUsage();
  for (const path of paths) await act(path);
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
