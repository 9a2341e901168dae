import type { ActionCatalogue } from '../trail/catalogue.ts';
import { isMachine } from './borrower.ts';
import type { Origins } from './origins.ts';
import { type BorrowerTally, levelOf, type RoleTally } from './role-tally.ts';
import type { RoleKind, SurveyedBorrower, SurveyedRole, UsedAction } from './survey.ts';
import { byText } from './tally.ts';

/** What came together of a role, once all records have been read. */
export function surveyedRole(tally: RoleTally, origins: Origins, catalogue: ActionCatalogue): SurveyedRole {
  const { arn, calls, denied, first, last, sessions, moreBorrowers } = tally;
  const borrowers = borrowersOf(tally, origins);
  return {
    ...{ arn, calls, denied, sessions, moreBorrowers, borrowers },
    kind: kindOf(tally, borrowers),
    ...(first === undefined ? {} : { first }),
    ...(last === undefined ? {} : { last }),
    days: tally.days.size,
    unlinked: tally.sessionNames.names().filter((session) => !origins.knows(session)).length,
    assumed: {
      allowed: sum(borrowers.map((one) => one.allowed)),
      denied: sum(borrowers.map((one) => one.denied)),
    },
    actions: [...tally.actions].map(([action, counts]) => used(action, counts, catalogue)).sort(byAction),
    regions: [...tally.regions].sort(byText),
  };
}

/** Two sessions of a role with the same person behind them are one borrower. */
function borrowersOf(tally: RoleTally, origins: Origins): readonly SurveyedBorrower[] {
  const merged = new Map<string, SurveyedBorrower>();
  for (const one of tally.borrowers.values()) {
    const { key, kind, name } = origins.behind(one.beginner);
    const before = merged.get(key);
    merged.set(
      key,
      before === undefined ? { kind, name, ...countsOf(one) } : together(before, countsOf(one)),
    );
  }
  return [...merged.values()].sort(
    (one, other) => other.allowed - one.allowed || other.denied - one.denied || byText(one.name, other.name),
  );
}

type BorrowerCounts = Omit<SurveyedBorrower, 'kind' | 'name'>;

/** NB. Where events may be counted twice, what is not told could come out below nothing. */
function countsOf({
  allowed,
  denied,
  last,
  withMfa: seen,
  withoutMfa: notSeen,
}: BorrowerTally): BorrowerCounts {
  return { allowed, denied, last, mfa: { seen, notSeen, notTold: Math.max(0, allowed - seen - notSeen) } };
}

function together(before: SurveyedBorrower, more: BorrowerCounts): SurveyedBorrower {
  return {
    ...{ kind: before.kind, name: before.name },
    allowed: before.allowed + more.allowed,
    denied: before.denied + more.denied,
    last: before.last > more.last ? before.last : more.last,
    mfa: {
      seen: before.mfa.seen + more.mfa.seen,
      notSeen: before.mfa.notSeen + more.mfa.notSeen,
      notTold: before.mfa.notTold + more.mfa.notTold,
    },
  };
}

/** The session of an instance profile is named for its instance. */
const INSTANCE = /:i-[0-9a-f]{8,17}$/;

function kindOf(tally: RoleTally, borrowers: readonly SurveyedBorrower[]): RoleKind {
  if (tally.arn.includes(':role/aws-service-role/')) return 'service-linked';
  if (borrowers.some(({ kind }) => !isMachine(kind))) return 'people';
  const sessions = tally.sessionNames.names();
  const areInstances = sessions.length > 0 && sessions.every((session) => INSTANCE.test(session));
  return borrowers.length > 0 || areInstances ? 'workload' : 'unknown';
}

function used(
  action: string,
  counts: Omit<UsedAction, 'action' | 'level'>,
  catalogue: ActionCatalogue,
): UsedAction {
  const level = levelOf(action, catalogue);
  return { action, ...(level === undefined ? {} : { level }), ...counts };
}

function byAction(one: UsedAction, other: UsedAction): number {
  return byText(one.action, other.action);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
