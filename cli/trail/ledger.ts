import type { Sha256 } from '../../shared/domain/hash.ts';
import { compactSet } from '../../shared/domain/survey/compact-set.ts';
import type { FoundDigest, ListedLogFile } from '../../shared/domain/trail/digest.ts';
import type { JudgedDigest } from '../../shared/domain/trail/digest-chain.ts';
import type { Span } from '../../shared/domain/trail/digest-hours.ts';
import { parseTrailKey } from '../../shared/domain/trail/file-name.ts';
import { type ChainTally, chainOf, chainTally } from './chain-tally.ts';
import type { TrailFault, TrailVerification } from './verification.ts';

/** What has been found so far. */
export type Ledger = {
  /** Takes the next digest file; the log files that are proved by what it tells of the one before it. */
  digest(found: FoundDigest): readonly ListedLogFile[];
  unreadable(key: string, detail: string): readonly ListedLogFile[];
  endOfDigests(): readonly ListedLogFile[];
  log(file: ListedLogFile, state: 'valid' | 'altered' | 'missing' | 'unreadable'): void;
  /** A log file that is there, after all digest files have been read. */
  delivered(key: string): void;
  result(asked: Partial<Span>): TrailVerification;
};

/** How many faults are named; all are counted. */
const MOST_NAMED = 10_000;

/** How many log files are remembered, in some 23 bytes each. */
const MOST_LISTED = 20_000_000;

/** An empty ledger. */
export function ledger(sha256: Sha256): Ledger {
  const chains = new Map<string, ChainTally>();
  const listed = compactSet(MOST_LISTED, sha256);
  const logFiles = { valid: 0, altered: 0, missing: 0, unreadable: 0, unlisted: 0, unproved: 0 };
  const faults: TrailFault[] = [];
  let faultCount = 0;
  const note = (fault: TrailFault): void => {
    faultCount += 1;
    if (faults.length < MOST_NAMED) faults.push(fault);
  };
  const chainAt = (key: string): ChainTally => {
    const name = chainOf(key);
    const tally = chains.get(name) ?? chainTally(key);
    chains.set(name, tally);
    return tally;
  };
  const proved = (tally: ChainTally, judged: JudgedDigest | undefined): readonly ListedLogFile[] => {
    if (judged === undefined) return [];
    tally.judged(judged);
    for (const fault of faultsOf(tally, judged)) note(fault);
    for (const { key } of judged.digest.logFiles) listed.add(nameOf(key));
    if (judged.verdict === 'valid') return judged.digest.logFiles;
    logFiles.unproved += judged.digest.logFiles.length;
    return [];
  };
  return {
    digest(found) {
      const tally = chainAt(found.at.key);
      return proved(tally, tally.chain.next(found));
    },
    unreadable(key, detail) {
      chainAt(key).unreadable(key);
      note({ kind: 'digest-unreadable', key, detail });
      return [];
    },
    endOfDigests: () => [...chains.values()].flatMap((tally) => proved(tally, tally.chain.end())),
    log(file, state) {
      logFiles[state] += 1;
      if (state !== 'valid') note({ kind: 'log', key: file.key, state });
    },
    delivered(key) {
      if (listed.overflowed || !isOfSome(chains.values(), key) || !listed.add(nameOf(key))) return;
      logFiles.unlisted += 1;
      note({ kind: 'log', key, state: 'unlisted' });
    },
    result: (asked) => ({
      ...{ asked, logFiles, faults, faultCount, tooMany: listed.overflowed },
      chains: [...chains.values()].map((tally) => tally.result(asked)),
    }),
  };
}

function faultsOf(tally: ChainTally, { digest, verdict, broken }: JudgedDigest): readonly TrailFault[] {
  const faults: TrailFault[] = [];
  if (verdict !== 'valid' && verdict !== 'unsigned')
    faults.push({ kind: 'digest', key: digest.key, verdict });
  if (broken !== undefined && !tally.isUnreadable(broken.previous)) faults.push({ kind: 'chain', broken });
  return faults;
}

function isOfSome(chains: Iterable<ChainTally>, key: string): boolean {
  const name = parseTrailKey(key);
  if (name === undefined) return false;
  return [...chains].some((chain) => chain.covers(name.account, name.region, name.at));
}

/** The last part of a key names account, Region and time, and is unique by its random end. */
function nameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}
