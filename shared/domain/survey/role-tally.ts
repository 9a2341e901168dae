import type { Sha256 } from '../hash.ts';
import type { Instant } from '../instant.ts';
import type { ActionCatalogue } from '../trail/catalogue.ts';
import type { Observation } from '../trail/observation.ts';
import { type Assuming, type Beginner, beginnerOf } from './borrower.ts';
import { type CompactSet, compactSet } from './compact-set.ts';
import { NamedTally, type Room } from './tally.ts';

/** How often somebody assumed a role. */
export type BorrowerTally = {
  readonly beginner: Beginner;
  allowed: number;
  denied: number;
  withMfa: number;
  withoutMfa: number;
  last: Instant;
};

/** How the calls of an action ended. */
type ActionTally = { allowed: number; denied: number; unknown: number };

/** How many sessions of one role are counted. */
const MOST_SESSIONS = 1_000_000;

const DAY = 86_400_000;

/** What is known of one role while records are read: its size does not grow with their number. */
export class RoleTally {
  readonly arn: string;
  readonly borrowers = new Map<string, BorrowerTally>();
  readonly actions = new Map<string, ActionTally>();
  readonly days = new Set<number>();
  readonly regions = new Set<string>();
  /** The first sessions that called, by principal id. */
  readonly sessionNames: NamedTally;
  readonly #room: Room;
  readonly #sessions: CompactSet;
  readonly #moreBorrowers: CompactSet;
  calls = 0;
  denied = 0;
  first: Instant | undefined;
  last: Instant | undefined;

  constructor(arn: string, sha256: Sha256, room: Room) {
    this.arn = arn;
    this.#room = room;
    this.sessionNames = new NamedTally(room);
    this.#sessions = compactSet(MOST_SESSIONS, sha256);
    this.#moreBorrowers = compactSet(MOST_SESSIONS, sha256);
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  get moreBorrowers(): number {
    return this.#moreBorrowers.size;
  }

  /** Counts a call by a session of the role. */
  called({ at, outcome, region, actor, actions }: Observation): void {
    this.calls += 1;
    if (outcome === 'denied') this.denied += 1;
    if (this.first === undefined || at < this.first) this.first = at;
    if (this.last === undefined || at > this.last) this.last = at;
    this.days.add(Math.floor(at / DAY));
    this.regions.add(region);
    const session = actor.principalId ?? actor.arn ?? '';
    if (this.#sessions.add(session)) this.sessionNames.add(session);
    for (const action of actions) this.#actionTally(action)[outcome] += 1;
  }

  /** Counts somebody who assumed the role, or was denied. */
  assumedBy(observation: Assuming): void {
    const beginner = beginnerOf(observation);
    const tally = this.#borrowerTally(beginner, observation.at);
    if (tally === undefined) return;
    if (observation.outcome === 'denied') tally.denied += 1;
    else if (isLetIn(observation)) tally.allowed += 1;
    if (observation.at > tally.last) tally.last = observation.at;
  }

  /** Counts whether somebody who was let in had proved MFA: of the copies of one call only the caller's own tells it. */
  provedBy(observation: Assuming, mfa: boolean): void {
    const tally = isLetIn(observation) && this.#borrowerTally(beginnerOf(observation), observation.at);
    if (tally) tally[mfa ? 'withMfa' : 'withoutMfa'] += 1;
  }

  #borrowerTally(beginner: Beginner, last: Instant): BorrowerTally | undefined {
    const known = this.borrowers.get(beginner.key);
    if (known !== undefined) return known;
    if (!this.#room.take()) {
      this.#moreBorrowers.add(beginner.key);
      return undefined;
    }
    const tally = { beginner, allowed: 0, denied: 0, withMfa: 0, withoutMfa: 0, last };
    this.borrowers.set(beginner.key, tally);
    return tally;
  }

  #actionTally(action: string): ActionTally {
    const known = this.actions.get(action) ?? { allowed: 0, denied: 0, unknown: 0 };
    this.actions.set(action, known);
    return known;
  }
}

function isLetIn({ outcome, assumed }: Assuming): boolean {
  return outcome !== 'denied' && assumed.assumedRoleId !== undefined;
}

/** The level of an action that is written whole: `s3:GetObject`. */
export function levelOf(action: string, catalogue: ActionCatalogue) {
  const [service = '', name = ''] = action.split(':');
  return catalogue.action(service, name)?.level;
}
