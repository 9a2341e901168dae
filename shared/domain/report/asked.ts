import type { ElevationNow, State } from '../elevation.ts';
import type { History } from '../events.ts';
import type { Handle } from '../names.ts';
import { nearestRank } from './percentile.ts';
import type { Totals } from './report.ts';

type AskedTotals = Pick<
  Totals,
  | 'asked'
  | 'approved'
  | 'denied'
  | 'lapsed'
  | 'withdrawn'
  | 'returned'
  | 'revoked'
  | 'waiting'
  | 'timeToApprove'
  | 'decidedBy'
>;

/** Counts what became of requests: all of it is in their histories. */
export class AskedBook {
  private asked = 0;
  private approved = 0;
  private readonly states = new Map<State, number>();
  private readonly approvalTimes: number[] = [];
  private readonly deciders = new Map<Handle, { approved: number; denied: number }>();

  /** Counts one request. */
  add(elevation: ElevationNow, history: History): void {
    this.asked++;
    this.states.set(elevation.state, (this.states.get(elevation.state) ?? 0) + 1);
    for (const { event } of history) {
      if (event.type === 'approved' || event.type === 'denied') this.addDecision(event.by.person, event.type);
    }
    if (!('window' in elevation)) return;
    this.approved++;
    const time = timeToApprove(elevation);
    if (time !== undefined) this.approvalTimes.push(time);
  }

  /** What has been counted. */
  totals(): AskedTotals {
    const times = this.approvalTimes;
    const [p50, p95] = [nearestRank(times, 50), nearestRank(times, 95)];
    const of = (state: State) => this.states.get(state) ?? 0;
    return {
      ...{ asked: this.asked, approved: this.approved, denied: of('denied'), lapsed: of('lapsed') },
      ...{ withdrawn: of('withdrawn'), returned: of('returned'), revoked: of('revoked') },
      waiting: of('pending'),
      ...(p50 === undefined || p95 === undefined ? {} : { timeToApprove: { p50, p95, count: times.length } }),
      decidedBy: this.decidedBy(),
    };
  }

  private addDecision(person: Handle, decision: 'approved' | 'denied'): void {
    const counts = this.deciders.get(person) ?? { approved: 0, denied: 0 };
    counts[decision]++;
    this.deciders.set(person, counts);
  }

  /** Who decided most comes first. */
  private decidedBy(): Totals['decidedBy'] {
    return [...this.deciders]
      .map(([person, counts]) => ({ person, ...counts }))
      .sort((one, other) => sum(other) - sum(one) || (one.person < other.person ? -1 : 1));
  }
}

function sum(counts: { readonly approved: number; readonly denied: number }): number {
  return counts.approved + counts.denied;
}

/** From asking to the last approval that was needed; undefined where none was. */
function timeToApprove({ request, approvals }: ElevationNow): number | undefined {
  if (request.requirements.approval === undefined || approvals.length === 0) return undefined;
  return Math.max(...approvals.map(({ at }) => at)) - request.requestedAt;
}
