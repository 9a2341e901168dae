import type { Handle, RoleName } from '../names.ts';
import type { ActionCatalogue } from '../trail/catalogue.ts';
import type { Explained } from '../trail/explain.ts';
import type { Observation } from '../trail/observation.ts';
import { isIn, lentTime, livedHours, partIn, type Reading } from './reading.ts';
import type { Period } from './report.ts';
import { RoleUsage } from './role-usage.ts';

/** What the elevations of a role come to, counted while they pass. */
export class RoleBook {
  readonly usage: RoleUsage;
  readonly names = new Set<RoleName>();
  readonly people = new Set<Handle>();
  /** In which credentials for it lived, of all time. */
  readonly hours = new Set<number>();
  elevations = 0;
  lent = 0;
  private readonly arn: string;
  private readonly period: Period;

  constructor(arn: string, period: Period, catalogue: ActionCatalogue) {
    this.arn = arn;
    this.period = period;
    this.usage = new RoleUsage(catalogue);
  }

  /** Counts an elevation of the period. */
  add(reading: Reading): void {
    const { elevation } = reading.story;
    this.names.add(elevation.request.role);
    const lent = lentTime(elevation);
    const part = lent && partIn(this.period, lent);
    if (part !== undefined && part.from < part.until) {
      this.elevations++;
      this.people.add(elevation.request.person);
      this.lent += part.until - part.from;
    }
    for (const hour of livedHours(reading.story)) this.hours.add(hour);
    for (const one of reading.done) this.addUse(one, elevation.request.person);
    for (const observation of reading.unexplained) this.addNobodysUse(observation);
  }

  /** NB. A chained session uses the permissions of another role, unless it is again one of this. */
  private addUse({ observation, as }: Explained, person: Handle): void {
    const isOfRole = as === 'session' || observation.actor.roleArn === this.arn;
    if (isOfRole && isIn(this.period, observation.at)) this.usage.add(observation, person);
  }

  /** Whoever it was has used the role, if it was the role: what they needed is not unused. */
  private addNobodysUse(observation: Observation): void {
    if (observation.actor.roleArn !== this.arn || !isIn(this.period, observation.at)) return;
    this.usage.add(observation);
  }
}
