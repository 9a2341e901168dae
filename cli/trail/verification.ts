import type { Instant } from '../../shared/domain/instant.ts';
import type { ChainBreak, DigestVerdict } from '../../shared/domain/trail/digest-chain.ts';
import type { Span } from '../../shared/domain/trail/digest-hours.ts';

/** What is wrong with a trail's files. */
export type TrailFault =
  | {
      readonly kind: 'digest';
      readonly key: string;
      readonly verdict: Exclude<DigestVerdict, 'valid' | 'unsigned'>;
    }
  | { readonly kind: 'digest-unreadable'; readonly key: string; readonly detail: string }
  | { readonly kind: 'chain'; readonly broken: ChainBreak }
  | {
      readonly kind: 'log';
      readonly key: string;
      readonly state: 'altered' | 'missing' | 'unreadable' | 'unlisted';
    };

/** One chain: the digest files that one trail delivered for one account and Region. */
export type ChainVerified = {
  readonly account: string;
  readonly region: string;
  /** As the names of its files have it: the trail's, and its home Region. */
  readonly trail: string;
  /** Digest files that CloudTrail makes afterwards form a chain of their own. */
  readonly afterwards: boolean;
  readonly digests: Readonly<Record<DigestVerdict | 'unreadable', number>>;
  /** Absent where nothing is proved. */
  readonly proved?: Span;
  /** The digest file that its first one names and that is not here: older than what was asked for, or removed. */
  readonly begins?: { readonly after: string };
  /** What of the period no valid digest file covers. */
  readonly gaps: readonly Span[];
};

/** What came of verifying a trail. */
export type TrailVerification = {
  readonly asked: { readonly from?: Instant; readonly until?: Instant };
  readonly chains: readonly ChainVerified[];
  readonly logFiles: {
    readonly valid: number;
    readonly altered: number;
    readonly missing: number;
    readonly unreadable: number;
    /** Delivered while digest files were, and named by none. */
    readonly unlisted: number;
    /** Named only by digest files that are not proved themselves. */
    readonly unproved: number;
  };
  /** The first of them, and how many there are. */
  readonly faults: readonly TrailFault[];
  readonly faultCount: number;
  /** Whether more log files were listed than can be remembered, so that unlisted ones were not looked for. */
  readonly tooMany: boolean;
};

/** Whether something is wrong: a fault, or an hour without a valid digest file. */
export function isBroken({ faultCount, chains }: TrailVerification): boolean {
  return faultCount > 0 || chains.some(({ gaps }) => gaps.length > 0);
}

/** Whether everything that was asked for is proved whole and unaltered: nothing is wrong, and nothing is left open. */
export function isWhole(found: TrailVerification): boolean {
  const { chains, logFiles } = found;
  const isOpen = chains.some(({ digests, proved }) => digests.unsigned > 0 || proved === undefined);
  return chains.length > 0 && !isBroken(found) && !isOpen && logFiles.unproved === 0;
}
