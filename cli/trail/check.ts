import {
  checkIssues,
  type IssueCheckProgress,
  type IssuesChecked,
  lookedUpFrom,
} from '../../shared/app/check-issues.ts';
import type { Access } from '../../shared/domain/access.ts';
import { issuerRoleArn } from '../../shared/domain/hub-roles.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { Period } from '../../shared/domain/report/report.ts';
import type { ActionCatalogue } from '../../shared/domain/trail/catalogue.ts';
import type { Finding } from '../../shared/domain/trail/finding.ts';
import { completeAt } from '../../shared/domain/trail/lateness.ts';
import type { ElevationStore } from '../../shared/ports/elevation-store.ts';
import type { EventLookup } from '../../shared/ports/event-lookup.ts';
import type { UsageStore } from '../../shared/ports/usage-store.ts';
import type { CommandDeps } from '../command-deps.ts';
import { Ended } from '../ended.ts';
import { progressOn } from '../progress.ts';
import { printable } from '../terminal.ts';
import { counted } from '../words.ts';
import { backfillInto } from './backfill.ts';
import { type CheckSubject, parseState, stateText } from './check-state.ts';

/** A table and the Region in which it is. */
export type TableAt = { readonly table: string; readonly region: string };

/** Opens what the check reads; what reaches AWS is made when it is needed. */
export type CheckSources = {
  access(path: string): Promise<Access>;
  elevations(at: TableAt): ElevationStore;
  usage(at: TableAt & { readonly keptDays: number }): UsageStore;
  lookup(region: string): EventLookup;
  catalogue(): ActionCatalogue;
  /** A file's text; undefined where there is none. */
  readState(path: string): Promise<string | undefined>;
  /** Puts a text in the place of a file's, all at once. */
  writeState(path: string, text: string): Promise<void>;
};

/** What is asked for. */
export type CheckOptions = {
  readonly table: string;
  readonly access: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly region?: readonly string[];
  readonly usageTable?: string;
  readonly usageDays: number;
  readonly backfill?: boolean;
  readonly state?: string;
  readonly json?: boolean;
};

/** What a check was about, and what it found. */
export type TrailChecked = {
  readonly subject: CheckSubject;
  readonly found: IssuesChecked;
  /** What filling the usage table brought to light. */
  readonly outOfBand: readonly Finding[];
};

type Deps = CommandDeps & { readonly sources: CheckSources };

/** Compares the sessions that were issued with those that AWS recorded, and fills the usage table where that is wanted. */
export async function checkTrail(deps: Deps, options: CheckOptions): Promise<TrailChecked> {
  const { sources } = deps;
  const { table, usageTable, backfill, state } = options;
  const period = periodOf(options, deps.now());
  if ((backfill === true) !== (usageTable !== undefined)) {
    throw new Ended('wrong-use', 'Name the table to fill: --backfill and --usage-table go together.');
  }
  const access = await sources.access(options.access);
  const { region } = access.hub;
  const regions = options.region ?? [region];
  const subject: CheckSubject = {
    ...{ table, issuerRoleArn: issuerRoleArn(access.hub), regions, period },
    ...(usageTable !== undefined && { usageTable }),
  };
  const taken = state === undefined ? undefined : await takenUp(sources, state, subject);
  const store = sources.elevations({ table, region });
  await store.list({ by: 'state', state: 'pending' }, { limit: 1 }); // so that a wrong table is said at once
  const completeUntil = completeAt(instant(deps.now()));
  const { onProgress, line, done } = telling(deps, subject, { completeUntil, ...(state && { state }) });
  const outOfBand: Finding[] = [];
  const alarm = (finding: Finding) => {
    outOfBand.push(finding);
    line(`out of band, ${finding.code}: ${finding.detail}`);
  };
  const check = {
    ...{ store, completeUntil, onProgress, issuerRoleArn: subject.issuerRoleArn },
    lookup: inAll(regions.map((one) => sources.lookup(one))),
    ...(usageTable !== undefined && {
      backfill: filling(deps, {
        ...{ access, store, line, alarm, usageTable },
        usageDays: options.usageDays,
      }),
    }),
  };
  return { subject, found: await checkIssues(check, period, taken).finally(done), outOfBand };
}

/** "You can look up events that occurred in a Region within the last 90 days" (API_LookupEvents). */
const KEPT_DAYS = 90;

function periodOf({ from, until }: CheckOptions, now: number): Period {
  if (from >= until) {
    throw new Ended('wrong-use', 'The period ends before it begins: --from must be before --until.');
  }
  if (until > now) {
    throw new Ended('wrong-use', 'The period is not over: --until must be a time that has passed.');
  }
  if (lookedUpFrom({ from, until }) < now - KEPT_DAYS * 86_400_000) {
    throw new Ended('wrong-use', `CloudTrail keeps events for ${KEPT_DAYS} days: --from must be later.`);
  }
  return { from, until };
}

async function takenUp(
  { readState }: CheckSources,
  path: string,
  subject: CheckSubject,
): Promise<IssueCheckProgress | undefined> {
  const text = await readState(path);
  return text === undefined ? undefined : parseState(path, text, subject);
}

/**
 * Shows how far the check is, and keeps it in the state file. NB. An hour whose events may still be on the way is not
 * kept: it is looked up again.
 */
function telling(
  { terminal, now, sources }: Deps,
  subject: CheckSubject,
  { completeUntil, state }: { readonly completeUntil: Instant; readonly state?: string },
) {
  const progress = progressOn(terminal, now);
  const { from, until } = subject.period;
  return {
    done: progress.done,
    line(text: string) {
      progress.done();
      terminal.err(`${printable(text)}\n`);
    },
    async onProgress(so: IssueCheckProgress) {
      const percent = Math.min(100, Math.max(0, Math.floor(((so.until - from) / (until - from)) * 100)));
      progress.show(`${percent} % of the period, ${counted(so.recorded.length, 'recorded session')}`);
      if (state !== undefined && so.until <= completeUntil) {
        await sources.writeState(state, stateText(subject, so));
      }
    },
  };
}

function inAll(lookups: readonly EventLookup[]): EventLookup {
  return {
    async *assumeRoles(between) {
      for (const lookup of lookups) yield* lookup.assumeRoles(between);
    },
  };
}

function filling(
  { sources, sha256, now }: Deps,
  into: {
    readonly access: Access;
    readonly store: ElevationStore;
    readonly usageTable: string;
    readonly usageDays: number;
    readonly line: (text: string) => void;
    readonly alarm: (finding: Finding) => void;
  },
) {
  const { access, store, usageTable, usageDays, line, alarm } = into;
  const { region } = access.hub;
  return backfillInto({
    ...{ access, store, sha256, alarm, catalogue: sources.catalogue(), now: () => instant(now()) },
    usage: sources.usage({ table: usageTable, region, keptDays: usageDays }),
    damaged: (elevation) => line(`The record of ${elevation} is damaged.`),
  });
}
