import { parseSessionName, sourceIdentityOf } from '../domain/credential-spec.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import type { Instant } from '../domain/instant.ts';
import type { Handle } from '../domain/names.ts';
import type { Period } from '../domain/report/report.ts';
import type { SessionRecord } from '../ports/elevation-store.ts';

/** A session that the issuer's role began, as AWS recorded it. */
export type RecordedIssue = {
  /** CloudTrail's eventID. */
  readonly id: string;
  readonly at: Instant;
  readonly name: string;
  readonly roleArn: string;
  /** Absent where the record does not tell. */
  readonly accessKeyId?: string;
};

/** What an elevation says of its issues; nothing where its record is damaged. */
export type Issuing =
  | { readonly damaged: ElevationId }
  | {
      readonly id: ElevationId;
      readonly person: Handle;
      readonly roleArn: string;
      /** The numbers of all issues that were meant, also of those that STS refused. */
      readonly intended: ReadonlySet<number>;
      readonly sessions: readonly SessionRecord[];
    };

/** A session that was issued, by its name in CloudTrail. */
export type IssuedHere = {
  readonly elevation: ElevationId;
  readonly n: number;
  readonly at: Instant;
  readonly name: string;
};

/**
 * Why Drawbridge did not begin a session: its name is none of ours; no elevation has its id; the elevation's record is
 * damaged; the elevation never meant it; it is of another role; or that issue was another session.
 */
export type WhyNotIssued =
  | 'false-name'
  | 'no-elevation'
  | 'damaged'
  | 'no-intent'
  | 'other-role'
  | 'issued-otherwise';

/** What the comparison of a period found, each list in the order of time. */
export type IssueComparison = {
  readonly issued: number;
  readonly recorded: number;
  /** Issued, and AWS recorded nothing of it: somebody wrote the session's record, or STS was asked elsewhere. */
  readonly notRecorded: readonly IssuedHere[];
  /** The same of sessions so young that their events may be on the way. */
  readonly notYetRecorded: readonly IssuedHere[];
  /** Recorded, and not issued by Drawbridge: somebody else had the issuer's role. */
  readonly notIssued: readonly (RecordedIssue & { readonly why: WhyNotIssued })[];
  /** Elevations whose records are not whole, so that nothing is said of what they issued. */
  readonly damaged: readonly ElevationId[];
};

/** Compares what a period's elevations issued with what AWS recorded; events come in until `completeUntil`. */
export function compareIssues(
  elevations: readonly Issuing[],
  recorded: readonly RecordedIssue[],
  period: Period,
  completeUntil: Instant,
): IssueComparison {
  const isInPeriod = ({ at }: { readonly at: Instant }) => at >= period.from && at < period.until;
  const issued = elevations.flatMap(issuedBy).filter(isInPeriod);
  const byName = Map.groupBy(recorded, ({ name }) => name);
  const missing = inTime(
    issued.filter(({ name, accessKeyId }) => !byName.get(name)?.some(hasKey(accessKeyId))),
  ).map(({ accessKeyId: _, ...session }) => session);
  return {
    issued: issued.length,
    recorded: recorded.filter(isInPeriod).length,
    notRecorded: missing.filter(({ at }) => at < completeUntil),
    notYetRecorded: missing.filter(({ at }) => at >= completeUntil),
    notIssued: notIssued(elevations, recorded).filter(isInPeriod),
    damaged: elevations.flatMap((one) => ('damaged' in one ? [one.damaged] : [])).toSorted(),
  };
}

type IssuedWithKey = IssuedHere & { readonly accessKeyId: string };

function issuedBy(elevation: Issuing): readonly IssuedWithKey[] {
  if ('damaged' in elevation) return [];
  const { id, sessions } = elevation;
  return sessions.map(({ n, issuedAt: at, accessKeyId }) => ({
    ...{ elevation: id, n, at, accessKeyId },
    name: nameOf(elevation, n),
  }));
}

function nameOf({ person, id }: Exclude<Issuing, { damaged: ElevationId }>, n: number): string {
  return `${sourceIdentityOf(person, id)}+${n}`;
}

function hasKey(accessKeyId: string): (recorded: RecordedIssue) => boolean {
  return (recorded) => recorded.accessKeyId === undefined || recorded.accessKeyId === accessKeyId;
}

function notIssued(
  elevations: readonly Issuing[],
  recorded: readonly RecordedIssue[],
): IssueComparison['notIssued'] {
  const byId = new Map(elevations.map((one) => ['damaged' in one ? one.damaged : one.id, one]));
  const lost = new Set<string>();
  return inTime(recorded).flatMap((one) => {
    const why = whyNotIssued(one, byId, lost);
    return why === undefined ? [] : [{ ...one, why }];
  });
}

/**
 * Undefined where Drawbridge began the session. An intent whose result was `lost` in a crash explains one event, the
 * first: nothing is issued twice under one number.
 */
function whyNotIssued(
  recorded: RecordedIssue,
  byId: ReadonlyMap<ElevationId, Issuing>,
  lost: Set<string>,
): WhyNotIssued | undefined {
  const { id, n = 0 } = parseSessionName(recorded.name) ?? {};
  if (id === undefined) return 'false-name';
  const elevation = byId.get(id);
  if (elevation === undefined) return 'no-elevation';
  if ('damaged' in elevation) return 'damaged';
  if (recorded.name !== nameOf(elevation, n) || !elevation.intended.has(n)) return 'no-intent';
  if (recorded.roleArn !== elevation.roleArn) return 'other-role';
  const session = elevation.sessions.find((one) => one.n === n);
  if (session !== undefined) return hasKey(session.accessKeyId)(recorded) ? undefined : 'issued-otherwise';
  if (lost.has(recorded.name)) return 'issued-otherwise';
  lost.add(recorded.name);
  return undefined;
}

type Timed = { readonly at: Instant; readonly name: string; readonly id?: string };

/** In an order that does not depend on that of the lookup. */
function inTime<T extends Timed>(all: readonly T[]): readonly T[] {
  const text = ({ name, id = '' }: Timed) => `${name} ${id}`;
  return all.toSorted((one, other) => one.at - other.at || (text(one) < text(other) ? -1 : 1));
}
