import type { Sha256 } from '../hash.ts';
import { type Instant, instant } from '../instant.ts';
import { dataEventOf } from '../report/observable-actions.ts';
import type { ActionCatalogue } from '../trail/catalogue.ts';
import type { Observation } from '../trail/observation.ts';
import { beginnerOf, isAssuming } from './borrower.ts';
import { compactSet } from './compact-set.ts';
import { type Origins, origins } from './origins.ts';
import { surveyedRole } from './role-result.ts';
import { RoleTally } from './role-tally.ts';
import type { Survey, SurveyedAccount } from './survey.ts';
import { byText, NamedTally, Room } from './tally.ts';

/** What a survey is made with. */
export type SurveyorDeps = {
  readonly catalogue: ActionCatalogue;
  readonly sha256: Sha256;
  /** How many events are told apart, in 23 bytes each at most. */
  readonly mostEvents: number;
};

/** Takes observations one at a time, in any order, and keeps sums alone. */
export type Surveyor = {
  /** `mfa` says whether AWS saw MFA in the session that called; absent where the record does not tell. */
  take(observation: Observation, mfa?: boolean): void;
  result(): Survey;
};

const HOUR = 3_600_000;

/** Sessions, borrowers and calls that are kept apart by name, in some 500 bytes each. */
const MOST_NAMES = 200_000;

/** Sessions whose beginning is known, and principals whose name is, in some 500 bytes each. */
const MOST_ORIGINS = 100_000;

/** Names of roles and accounts come from logs, and whoever may assume a role of another account can name any. */
const MOST_ROLES = 10_000;
const MOST_ACCOUNTS = 10_000;

/** A survey of nothing yet. */
export function surveyor({ catalogue, sha256, mostEvents }: SurveyorDeps): Surveyor {
  const seen = compactSet(mostEvents, sha256);
  const known = origins(MOST_ORIGINS);
  const roles = new Map<string, RoleTally>();
  const accounts = new Map<string, Set<number>>();
  const events = new Map<string, number>();
  const regions = new Set<string>();
  const room = new Room(MOST_NAMES);
  const unmapped = new NamedTally(room);
  const dataEvents = new Set<string>();
  let repeated = 0;
  let counted = 0;
  const role = (arn: string): RoleTally | undefined => {
    const tally = roles.get(arn) ?? (roles.size < MOST_ROLES ? new RoleTally(arn, sha256, room) : undefined);
    if (tally !== undefined) roles.set(arn, tally);
    return tally;
  };
  const happened = ({ account, at, region }: Observation): void => {
    const hours = accounts.get(account) ?? new Set();
    if (accounts.size < MOST_ACCOUNTS) accounts.set(account, hours);
    hours.add(Math.floor(at / HOUR));
    events.set(account, (events.get(account) ?? 0) + 1);
    regions.add(region);
  };
  return {
    take(observation, mfa) {
      known.met(observation.actor);
      const { isNewRecord, isNewCall } = noted(seen, observation);
      if (isNewRecord && mfa !== undefined && isAssuming(observation))
        role(observation.assumed.roleArn)?.provedBy(observation, mfa);
      if (!isNewCall) {
        repeated += 1;
        return;
      }
      counted += 1;
      happened(observation);
      for (const type of dataEventsOf(observation)) dataEvents.add(type);
      if (observation.mapping === 'unmapped') unmapped.add(`${observation.source}:${observation.name}`);
      if (observation.actor.roleArn !== undefined) role(observation.actor.roleArn)?.called(observation);
      began(known, observation, role);
    },
    result: () => ({
      ...{ events: counted, repeated, mayRepeat: seen.overflowed, unmapped: unmapped.result() },
      ...periodOf(accounts.values()),
      accounts: accountsOf(accounts, events),
      regions: [...regions].sort(byText),
      dataEvents: [...dataEvents].sort(byText),
      roles: [...roles.values()]
        .map((tally) => surveyedRole(tally, known, catalogue))
        .sort((one, other) => byText(one.arn, other.arn)),
    }),
  };
}

function dataEventsOf({ actions }: Observation): readonly string[] {
  return actions.map(dataEventOf).filter((type) => type !== undefined);
}

/** The copies of one call in two accounts share an id of their own. */
function noted(seen: { add(text: string): boolean }, { id, sharedId }: Observation) {
  const isNewRecord = seen.add(id);
  return {
    isNewRecord,
    isNewCall: isNewRecord && (sharedId === undefined || seen.add(`shared ${sharedId}`)),
  };
}

function began(known: Origins, observation: Observation, role: (arn: string) => RoleTally | undefined): void {
  if (!isAssuming(observation)) return;
  const { assumedRoleId, roleArn } = observation.assumed;
  role(roleArn)?.assumedBy(observation);
  if (assumedRoleId !== undefined) known.began(assumedRoleId, beginnerOf(observation));
}

/** To the hour: the first in which something happened, to the end of the last. */
function periodOf(hours: Iterable<ReadonlySet<number>>): Pick<Survey, 'period'> {
  const all = [...hours].flatMap((some) => [...some]);
  if (all.length === 0) return {};
  const first = all.reduce((one, other) => Math.min(one, other));
  const last = all.reduce((one, other) => Math.max(one, other));
  return { period: { from: instant(first * HOUR), until: instant((last + 1) * HOUR) } };
}

function accountsOf(
  accounts: ReadonlyMap<string, ReadonlySet<number>>,
  events: ReadonlyMap<string, number>,
): readonly SurveyedAccount[] {
  const { period } = periodOf(accounts.values());
  if (period === undefined) return [];
  return [...accounts]
    .map(([account, hours]) => ({
      ...{ account, events: events.get(account) ?? 0 },
      silentHours: silent(hours, period.from / HOUR, period.until / HOUR),
    }))
    .sort((one, other) => byText(one.account, other.account));
}

function silent(hours: ReadonlySet<number>, first: number, end: number): readonly Instant[] {
  const missing: Instant[] = [];
  for (let hour = first; hour < end; hour += 1) if (!hours.has(hour)) missing.push(instant(hour * HOUR));
  return missing;
}
