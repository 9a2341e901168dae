import type { Instant } from '../../domain/instant.ts';
import { parseTrailKey } from '../../domain/trail/file-name.ts';
import type { TrailPart } from './trail-copy.ts';

const HOUR_MS = 3_600_000;

/** The two kinds of files: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html */
export type TrailKind = 'log' | 'digest';

/** When the file of that key was delivered, if it is of that kind and in the part. */
export function deliveryIn(part: TrailPart, kind: TrailKind, key: string): Instant | undefined {
  const name = parseTrailKey(key);
  if (name?.kind !== kind) return undefined;
  if (part.accounts !== undefined && !part.accounts.includes(name.account)) return undefined;
  if (part.regions !== undefined && !part.regions.includes(name.region)) return undefined;
  return isWithin(part, kind, name.at) ? name.at : undefined;
}

/** A digest file is named for the end of its hour: the one that ends after the period holds the period's last part. */
function isWithin({ from, until }: TrailPart, kind: TrailKind, at: Instant): boolean {
  const latest = until === undefined ? Number.POSITIVE_INFINITY : until + (kind === 'digest' ? HOUR_MS : 0);
  return at >= (from ?? 0) && at <= latest;
}
