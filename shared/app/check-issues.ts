import { sourceIdentityOf } from '../domain/credential-spec.ts';
import { minutes } from '../domain/duration.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import { after, before, earlier, type Instant } from '../domain/instant.ts';
import type { Period } from '../domain/report/report.ts';
import { assumptionOf } from '../domain/trail/assumption.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { ElevationStore } from '../ports/elevation-store.ts';
import type { EventLookup } from '../ports/event-lookup.ts';
import { elevationsOf } from './elevation-stories.ts';

/** What comparing issued sessions with AWS's own record works with. */
export type IssueCheck = {
  readonly store: Pick<ElevationStore, 'read' | 'list' | 'sessionsOf'>;
  readonly lookup: EventLookup;
  /** The only role that may assume those of the catalog. */
  readonly issuerRoleArn: string;
  /** Where events go as well that have not come by a log file. */
  readonly backfill?: (records: readonly TrailRecord[]) => Promise<void>;
  /** Told after each hour; what is passed can be handed in again, and then these hours are not looked up again. */
  readonly onProgress: (progress: IssueCheckProgress) => Promise<void>;
};

/** How far the check has come: everything before `until` was looked up, and these issues were found. */
export type IssueCheckProgress = {
  readonly period: Period;
  readonly until: Instant;
  /** Names of sessions that AWS recorded, of the issuer alone. */
  readonly recorded: readonly string[];
};

/** A session that was issued, by its name in CloudTrail. */
export type IssuedHere = {
  readonly elevation: ElevationId;
  readonly n: number;
  readonly at: Instant;
  readonly name: string;
};

/** What the comparison found. */
export type IssueComparison = {
  readonly issued: number;
  readonly recorded: number;
  /** Issued, and AWS recorded nothing of it: the issuer's trail was tampered with, or STS was asked elsewhere. */
  readonly notRecorded: readonly IssuedHere[];
  /** Recorded, and no elevation says why: somebody else had the issuer's role. */
  readonly notIssued: readonly string[];
  /** Elevations whose records could not be read. */
  readonly damaged: readonly ElevationId[];
};

/** So much is looked up before progress is told. */
const STEP = minutes(60);

/** Our clock and that of AWS, and an intent and its call, can be so far apart. */
const APART = minutes(5);

/**
 * Compares the sessions that were issued in a period with the AssumeRole events that AWS recorded. Can be stopped at any
 * moment and taken up again with the progress that was told last. An intent whose call STS refused issued nothing, so
 * it explains an event, and is not missed where there is none.
 */
export async function checkIssues(
  check: IssueCheck,
  period: Period,
  taken?: IssueCheckProgress,
): Promise<IssueComparison> {
  const around = { from: before(period.from, APART), until: after(period.until, APART) };
  const start = taken ?? { period, until: around.from, recorded: [] };
  const recorded = await recordedIssues(check, start, around.until);
  const { sessions, intents, damaged } = await issuedAround(check, around);
  const issued = sessions.filter(({ at }) => at >= period.from && at < period.until);
  return {
    issued: issued.length,
    recorded: recorded.size,
    notRecorded: issued.filter(({ name }) => !recorded.has(name)),
    notIssued: [...recorded]
      .filter((name) => !intents.has(name))
      .toSorted((one, other) => (one < other ? -1 : 1)),
    damaged,
  };
}

async function recordedIssues(
  check: IssueCheck,
  progress: IssueCheckProgress,
  end: Instant,
): Promise<ReadonlySet<string>> {
  const { period } = progress;
  const recorded = new Set(progress.recorded);
  for (let from = progress.until; from < end; ) {
    const until = earlier(after(from, STEP), end);
    for await (const records of check.lookup.assumeRoles({ from, until })) {
      const ours = records.filter(({ caller }) => caller.roleArn === check.issuerRoleArn);
      for (const name of ours.map(issuedName)) if (name !== undefined) recorded.add(name);
      await check.backfill?.(records);
    }
    await check.onProgress({ period, until, recorded: [...recorded] });
    from = until;
  }
  return recorded;
}

/** The name of the session that an AssumeRole began; a refused one began none. */
function issuedName(record: TrailRecord): string | undefined {
  const assumption = assumptionOf(record);
  return assumption?.assumedRoleId === undefined ? undefined : assumption.sessionName;
}

type Issued = {
  readonly sessions: readonly IssuedHere[];
  /** Names of all sessions that were intended, ever. */
  readonly intents: ReadonlySet<string>;
  readonly damaged: readonly ElevationId[];
};

/** NB. The seal is verified by functions alone; here the hashes of the history must agree, and are shown to. */
async function issuedAround({ store }: Pick<IssueCheck, 'store'>, around: Period): Promise<Issued> {
  const sessions: IssuedHere[] = [];
  const intents = new Set<string>();
  const damaged: ElevationId[] = [];
  for await (const id of elevationsOf({ store }, around)) {
    const stored = await store.read(id);
    if (stored === undefined || 'damaged' in stored) {
      damaged.push(id);
      continue;
    }
    const named = (n: number) => `${sourceIdentityOf(stored.elevation.request.person, id)}+${n}`;
    for (const { event } of stored.history) if (event.type === 'issue-intended') intents.add(named(event.n));
    for (const { n, issuedAt } of await store.sessionsOf(id)) {
      sessions.push({ elevation: id, n, at: issuedAt, name: named(n) });
    }
  }
  return { sessions, intents, damaged };
}
