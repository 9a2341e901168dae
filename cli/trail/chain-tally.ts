import { type Instant, instant } from '../../shared/domain/instant.ts';
import { type DigestChain, digestChain, type JudgedDigest } from '../../shared/domain/trail/digest-chain.ts';
import { type Span, uncovered, withSpan } from '../../shared/domain/trail/digest-hours.ts';
import type { ChainVerified } from './verification.ts';

/** A chain while its digest files are read. */
export type ChainTally = {
  readonly chain: DigestChain;
  /** Counts a digest file that has been judged. */
  judged(digest: JudgedDigest): void;
  unreadable(key: string): void;
  isUnreadable(key: string): boolean;
  /** Whether a log file of that time must be in a digest file of this chain. */
  covers(account: string, region: string, at: Instant): boolean;
  result(asked: Partial<Span>): ChainVerified;
};

/** The parts of a digest file's name, but for its time. */
const NAME = /(\d{12})_CloudTrail-Digest_([a-z0-9-]+)_(.+)_\d{8}T\d{6}Z(_backfill)?\.json\.gz$/;

/** CloudTrail names a log file for the minute of its delivery, rounded: at the edges a digest file may lack it. */
const EDGE_MS = 15 * 60_000;

/** The name of the chain of a digest file: all of its own name but the time. */
export function chainOf(key: string): string {
  return NAME.exec(key)?.slice(1).join('_') ?? key;
}

/** A chain of which no digest file has been read yet; `key` is that of any of its files. */
export function chainTally(key: string): ChainTally {
  const [, account = '', region = '', trail = '', backfill] = NAME.exec(key) ?? [];
  const digests = { valid: 0, moved: 0, 'signature-false': 0, 'key-unknown': 0, unsigned: 0, unreadable: 0 };
  const unreadable = new Set<string>();
  let spans: readonly Span[] = [];
  let begins: ChainVerified['begins'];
  let isFirst = true;
  return {
    chain: digestChain(),
    judged({ digest, verdict }) {
      if (isFirst && digest.previous !== undefined) begins = { after: digest.previous.key };
      isFirst = false;
      digests[verdict] += 1;
      if (verdict === 'valid') spans = withSpan(spans, digest);
    },
    unreadable(one) {
      digests.unreadable += 1;
      unreadable.add(nameOf(one));
    },
    isUnreadable: (one) => unreadable.has(nameOf(one)),
    covers: (ofAccount, ofRegion, at) =>
      account === ofAccount &&
      region === ofRegion &&
      spans.some(({ from, until }) => at >= from + EDGE_MS && at <= until - EDGE_MS),
    result(asked) {
      const proved = provedOf(spans);
      const period = { from: asked.from ?? proved?.from, until: asked.until ?? proved?.until };
      return {
        ...{ account, region, trail, digests, afterwards: backfill !== undefined },
        ...(proved === undefined ? {} : { proved }),
        ...(begins === undefined ? {} : { begins }),
        gaps: backfill === undefined ? gapsIn(spans, period) : [],
      };
    },
  };
}

/** The last part of a key; copies on a disk may lack the first. */
function nameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

function provedOf(spans: readonly Span[]): Span | undefined {
  const [first, last] = [spans[0], spans.at(-1)];
  return first && last && { from: first.from, until: last.until };
}

function gapsIn(
  spans: readonly Span[],
  { from, until }: { from?: Instant | undefined; until?: Instant | undefined },
) {
  return from === undefined || until === undefined ? [] : uncovered(spans, { from, until: instant(until) });
}
