import { parseSessionName } from '../domain/credential-spec.ts';
import { minutes } from '../domain/duration.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import { after, before, earlier, type Instant } from '../domain/instant.ts';
import type { Period } from '../domain/report/report.ts';
import { assumptionOf } from '../domain/trail/assumption.ts';
import { intendedIn } from '../domain/trail/explain.ts';
import { textAt } from '../domain/trail/members.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { ElevationStore } from '../ports/elevation-store.ts';
import type { EventLookup } from '../ports/event-lookup.ts';
import { compareIssues, type IssueComparison, type Issuing, type RecordedIssue } from './compare-issues.ts';
import { elevationsOf } from './elevation-stories.ts';

/** What comparing issued sessions with AWS's own record works with. */
export type IssueCheck = {
  readonly store: Pick<ElevationStore, 'read' | 'askedBetween' | 'sessionsOf'>;
  readonly lookup: EventLookup;
  /** The only role that may assume those of the catalog. */
  readonly issuerRoleArn: string;
  /** Events of calls before then have come in. */
  readonly completeUntil: Instant;
  /** Where events go as well that have not come by a log file. */
  readonly backfill?: (records: readonly TrailRecord[]) => Promise<void>;
  /** Told after each hour; what is passed can be handed in again, and then these hours are not looked up again. */
  readonly onProgress: (progress: IssueCheckProgress) => Promise<void>;
};

/** How far the check has come: everything before `until` was looked up, and this was found. */
export type IssueCheckProgress = {
  readonly period: Period;
  readonly until: Instant;
  /** Sessions that AWS recorded, of the issuer alone. */
  readonly recorded: readonly RecordedIssue[];
  /** Events that could not be read, each in a sentence. */
  readonly unreadable: readonly string[];
};

/** What was found; where events could not be read it is not whole. */
export type IssuesChecked = IssueComparison & { readonly unreadable: readonly string[] };

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
): Promise<IssuesChecked> {
  const start = taken ?? { period, until: lookedUpFrom(period), recorded: [], unreadable: [] };
  const { recorded, unreadable } = await lookedUp(check, start);
  const elevations = await issuing(check, period, recorded);
  return { ...compareIssues(elevations, recorded, period, check.completeUntil), unreadable };
}

/** From when events are looked up for a period. */
export function lookedUpFrom({ from }: Period): Instant {
  return before(from, APART);
}

/** Looks up what is left, hour by hour. */
async function lookedUp(check: IssueCheck, start: IssueCheckProgress): Promise<IssueCheckProgress> {
  const end = after(start.period.until, APART);
  let progress = start;
  while (progress.until < end) {
    progress = await withNextHour(check, progress, end);
    await check.onProgress(progress);
  }
  return progress;
}

/** NB. An event that comes on two pages counts once. */
async function withNextHour(
  { lookup, issuerRoleArn, backfill }: IssueCheck,
  { period, until: from, ...so }: IssueCheckProgress,
  end: Instant,
): Promise<IssueCheckProgress> {
  const until = earlier(after(from, STEP), end);
  const recorded = new Map(so.recorded.map((one) => [one.id, one]));
  const unreadable = new Set(so.unreadable);
  for await (const page of lookup.assumeRoles({ from, until })) {
    for (const issue of issuesIn(page.records, issuerRoleArn)) recorded.set(issue.id, issue);
    for (const fault of page.unreadable) unreadable.add(fault);
    await backfill?.(page.records);
  }
  return { period, until, recorded: [...recorded.values()], unreadable: [...unreadable] };
}

/** The sessions that the issuer's role began; where it was refused it began none. */
function issuesIn(records: readonly TrailRecord[], issuerRoleArn: string): readonly RecordedIssue[] {
  return records.flatMap((record) => {
    const begun = record.caller.roleArn === issuerRoleArn ? assumptionOf(record) : undefined;
    if (begun?.assumedRoleId === undefined) return [];
    const { roleArn, sessionName: name = begun.assumedRoleId } = begun;
    const accessKeyId = textAt(record.response, 'credentials', 'accessKeyId');
    return [
      { id: record.id, at: record.at, name, roleArn, ...(accessKeyId !== undefined && { accessKeyId }) },
    ];
  });
}

/** How many elevations are read at the same time. */
const AT_ONCE = 16;

/**
 * The elevations that can have issued in the period, and those that AWS's record names. NB. They are read after the
 * lookup, so that an intent is there for each event that it explains.
 */
async function issuing(
  check: IssueCheck,
  period: Period,
  recorded: readonly RecordedIssue[],
): Promise<readonly Issuing[]> {
  const named = recorded.map(({ name }) => parseSessionName(name)?.id).filter((id) => id !== undefined);
  const ids = new Set(named);
  for await (const id of elevationsOf(check, period)) ids.add(id);
  const found: Issuing[] = [];
  const left = [...ids];
  while (left.length > 0) {
    const read = await Promise.all(left.splice(0, AT_ONCE).map((id) => issuingOf(check, id)));
    found.push(...read.filter((one) => one !== undefined));
  }
  return found;
}

/** NB. The seal is verified by functions alone; here the hashes of the history must agree, and are shown to. */
async function issuingOf({ store }: IssueCheck, id: ElevationId): Promise<Issuing | undefined> {
  const stored = await store.read(id);
  if (stored === undefined) return undefined;
  if ('damaged' in stored) return { damaged: id };
  const { person, roleArn } = stored.elevation.request;
  const sessions = await store.sessionsOf(id);
  return { id, person, roleArn, intended: intendedIn(stored), sessions };
}
