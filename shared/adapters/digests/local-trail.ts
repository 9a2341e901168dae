import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import * as z from 'zod/mini';
import { contentHash } from './content-hash.ts';
import { type DigestMetadata, digestRead } from './digest-object.ts';
import { codeOf } from './error-code.ts';
import type { FileAt, TrailCopy, TrailPart } from './trail-copy.ts';
import { deliveryIn, type TrailKind } from './trail-part.ts';

/** Where in a path the key of an object begins, whatever the bucket's prefix was. */
const KEYS_BEGIN = 'AWSLogs/';

/**
 * A trail that was copied to a folder, as `aws s3 sync` does. Beside a digest file may lie what
 * `aws s3api head-object` says of it, named like it with `.head.json` at the end: it has the signature, which a copy
 * loses.
 */
export function localTrail(folder: string, part: TrailPart): TrailCopy {
  const roots = new Set<string>();
  const files = async function* (kind: TrailKind): AsyncIterable<FileAt> {
    for await (const path of pathsUnder(resolve(folder))) {
      const [root, key] = rootAndKey(path);
      if (key === undefined || deliveryIn(part, kind, key) === undefined) continue;
      roots.add(root);
      yield { key };
    }
  };
  return {
    digests: () => files('digest'),
    logs: () => files('log'),
    async readDigest({ key }) {
      const path = await firstOf(roots, key, async (one) => [one, await readFile(one)] as const);
      return path === undefined
        ? { fault: 'It was there, and is no longer.' }
        : digestRead(path[1], await metadataBeside(path[0]));
    },
    async hashOf({ key }) {
      const tail = rootAndKey(key)[1] ?? key;
      const hashed = await firstOf(roots, tail, async (path) => ({
        hash: await contentHash(createReadStream(path)),
      }));
      if (hashed === undefined) return 'missing';
      return hashed.hash === undefined ? 'unreadable' : { hash: hashed.hash };
    },
  };
}

/** What is made of the file of that key, in the first of the folders that has it. */
async function firstOf<T>(
  roots: Iterable<string>,
  key: string,
  read: (path: string) => Promise<T>,
): Promise<T | undefined> {
  for (const root of roots) {
    try {
      return await read(join(root, ...key.split('/')));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  return undefined;
}

/** The files under a folder, those of a folder in the order of their names. */
async function* pathsUnder(folder: string): AsyncIterable<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* pathsUnder(path);
    else if (entry.isFile()) yield path;
  }
}

function rootAndKey(path: string): readonly [root: string, key: string | undefined] {
  const slashed = path.split(sep).join('/');
  const begin = slashed.startsWith(KEYS_BEGIN) ? 0 : slashed.lastIndexOf(`/${KEYS_BEGIN}`) + 1;
  if (begin === 0 && !slashed.startsWith(KEYS_BEGIN)) return [path, undefined];
  return [path.slice(0, begin), slashed.slice(begin)];
}

const Head = z.object({ Metadata: z.record(z.string(), z.string()) });

async function metadataBeside(path: string): Promise<DigestMetadata> {
  const beside = `${path}.head.json`;
  try {
    return Head.parse(JSON.parse(await readFile(beside, 'utf8'))).Metadata;
  } catch (error) {
    if (isMissing(error)) return {};
    throw new Error(`${beside} is not what \`aws s3api head-object\` writes. Write it again, or remove it.`);
  }
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}
