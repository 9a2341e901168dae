import { Readable } from 'node:stream';
import { parseDigest } from '../../shared/adapters/digests/parse-digest.ts';
import type { PublicKeys } from '../../shared/adapters/digests/public-keys.ts';
import type { FileAt, TrailCopy } from '../../shared/adapters/digests/trail-copy.ts';
import type { Sha256 } from '../../shared/domain/hash.ts';
import type { FoundDigest, ListedLogFile } from '../../shared/domain/trail/digest.ts';
import type { Span } from '../../shared/domain/trail/digest-hours.ts';
import { type Ledger, ledger } from './ledger.ts';
import type { TrailVerification } from './verification.ts';

/** What verifying needs. */
export type VerifyTrailDeps = {
  readonly copy: TrailCopy;
  readonly keys: PublicKeys;
  readonly sha256: Sha256;
  /** Told after each file what has been read so far. */
  readonly progress: (read: { readonly digests: number; readonly logs: number }) => void;
};

/** How many files are read at a time: enough to hide S3's answer times, little enough for a laptop. */
const AT_A_TIME = 8;

/**
 * Verifies the digest files of each chain, then the log files that valid ones name, then looks for log files that none
 * names. Holds the files at hand, one digest file of each chain, and 64 bits for each log file.
 */
export async function verifyTrail(deps: VerifyTrailDeps, asked: Partial<Span>): Promise<TrailVerification> {
  const book = ledger(deps.sha256);
  let logs = 0;
  const listed = Readable.from(listedLogs(deps, book, () => logs));
  const checked: AsyncIterable<CheckedLog> = listed.map((file) => checkedLog(deps.copy, file), {
    concurrency: AT_A_TIME,
  });
  for await (const { file, state } of checked) {
    logs += 1;
    book.log(file, state);
  }
  for await (const { key } of deps.copy.logs()) book.delivered(key);
  return book.result(asked);
}

type CheckedLog = {
  readonly file: ListedLogFile;
  readonly state: 'valid' | 'altered' | 'missing' | 'unreadable';
};

async function checkedLog(copy: TrailCopy, file: ListedLogFile): Promise<CheckedLog> {
  const found = await copy.hashOf(file);
  if (typeof found === 'string') return { file, state: found };
  return { file, state: found.hash === file.hash ? 'valid' : 'altered' };
}

/** The log files that valid digest files name, while the digest files are read and judged. */
async function* listedLogs(
  deps: VerifyTrailDeps,
  book: Ledger,
  logs: () => number,
): AsyncIterable<ListedLogFile> {
  const found: AsyncIterable<Opened> = Readable.from(deps.copy.digests()).map((at) => opened(deps, at), {
    concurrency: AT_A_TIME,
  });
  let digests = 0;
  for await (const one of found) {
    digests += 1;
    deps.progress({ digests, logs: logs() });
    yield* 'fault' in one ? book.unreadable(one.key, one.fault) : book.digest(one);
  }
  yield* book.endOfDigests();
}

type Opened = FoundDigest | { readonly key: string; readonly fault: string };

async function opened({ copy, keys }: VerifyTrailDeps, at: FileAt): Promise<Opened> {
  const read = await copy.readDigest(at);
  if ('fault' in read) return { key: at.key, fault: read.fault };
  const digest = parseDigest(read.content);
  if ('fault' in digest) return { key: at.key, fault: digest.fault };
  const verify = await keys.keyOf(digest.fingerprint, regionOf(at.key), read.madeAt ?? digest.until);
  return {
    ...{ at, digest, hash: read.hash },
    ...(read.signature === undefined ? {} : { signature: read.signature }),
    ...(verify === undefined ? {} : { verify }),
  };
}

/** Digest files are signed with a key of the Region that they are about. */
function regionOf(key: string): string {
  return /\/CloudTrail-Digest\/([a-z0-9-]+)\//.exec(key)?.[1] ?? '';
}
