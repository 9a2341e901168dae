import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileRead, UnreadableFile } from '../../ports/trail-files.ts';
import { type LogReading, readLog, readPlainLog } from './read-log.ts';

/** What came of a file: what it held, what is wrong with it, or that it holds no records and was not opened. */
export type LocalRead = { readonly path: string } & (
  | { readonly read: FileRead }
  | { readonly unreadable: UnreadableFile }
  | { readonly skipped: 'digest' | 'insight' }
);

const LOG = /\.json(?:\.gz)?$/;
/** CloudTrail's names have the product in the folder and in the file. */
const DIGEST = /(?:^|[/\\_])CloudTrail-Digest(?:[/\\_]|$)/;
const INSIGHT = /(?:^|[/\\_])CloudTrail-Insight(?:[/\\_]|$)/;
const CHUNK_BYTES = 256 * 1024;

/**
 * Reads log files, packed or not, and those in folders and the folders in them, one after the other, in the order of the
 * paths given and of the names. A file that was given by its name is read whatever its name.
 */
export async function* readLocal(paths: readonly string[], reading: LogReading): AsyncGenerator<LocalRead> {
  for (const path of paths) {
    for await (const file of filesUnder(path)) yield await readFile(file, reading);
  }
}

async function* filesUnder(path: string): AsyncGenerator<string> {
  if (!(await isFolder(path))) {
    yield path;
    return;
  }
  const entries = await readdir(path, { withFileTypes: true });
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) yield* filesUnder(inside);
    else if (LOG.test(entry.name)) yield inside;
  }
}

/** What is not there is no folder; that it is gone is said when it is read. */
async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(unlessGone);
  return found?.isDirectory() ?? false;
}

async function readFile(path: string, reading: LogReading): Promise<LocalRead> {
  if (DIGEST.test(path)) return { path, skipped: 'digest' };
  if (INSIGHT.test(path)) return { path, skipped: 'insight' };
  try {
    return { path, read: await readEither(path, reading) };
  } catch (error) {
    if (error instanceof UnreadableFile) return { path, unreadable: error };
    throw error;
  }
}

async function readEither(path: string, reading: LogReading): Promise<FileRead> {
  const isPacked = await beginsLikeGzip(path);
  const bytes: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  return isPacked ? readLog(bytes, reading) : readPlainLog(bytes, reading);
}

/** Names tell nothing: tools unpack files and leave them theirs. RFC 1952, section 2.3.1. */
async function beginsLikeGzip(path: string): Promise<boolean> {
  const file = await open(path).catch(unlessGone);
  if (file === undefined) throw new UnreadableFile('gone', 'There is no such file.');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
