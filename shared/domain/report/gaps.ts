import { parseRoleArn } from '../arn.ts';
import { earlier, type Instant } from '../instant.ts';
import type { RoleName } from '../names.ts';
import type { Gap, Period } from './report.ts';
import type { RoleEvidence } from './story.ts';
import { beginningOf, hoursOf, type TrailHours, trailHours } from './trail-hours.ts';

/** For which times and accounts of these roles the trail cannot vouch; by account, Region and time. */
export function gapsOf(
  evidence: readonly RoleEvidence[],
  period: Period,
  completeUntil: Instant,
): readonly Gap[] {
  const byAccount = Map.groupBy(evidence, ({ arn }) => parseRoleArn(arn)?.account ?? '');
  return [...byAccount]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([account, roles]) => gapsOfAccount(account, roles, period, completeUntil));
}

function gapsOfAccount(
  account: string,
  evidence: readonly RoleEvidence[],
  period: Period,
  completeUntil: Instant,
): readonly Gap[] {
  const roles = evidence
    .map(({ role }) => role)
    .filter((role) => role !== undefined)
    .sort();
  const hours = trailHours(
    evidence.find(({ deliveries }) => deliveries.length > 0)?.deliveries ?? [],
    completeUntil,
  );
  const isKnown = evidence.every(({ selectors }) => 'value' in selectors);
  const gaps = hours.hasFiles
    ? hours.regions.flatMap((region) => unvouched(hours, region, period, completeUntil))
    : [{ kind: 'no-files' as const }];
  const unknown = isKnown ? [] : [{ kind: 'selectors-unknown' as const }];
  return [...unknown, ...gaps].map((gap) => ({ account, ...gap, roles: distinct(roles) }));
}

function distinct(roles: readonly RoleName[]): readonly RoleName[] {
  return [...new Set(roles)];
}

type Unvouched = {
  readonly region: string;
  readonly kind: 'no-digest';
  readonly from: Instant;
  readonly until: Instant;
};

/** The hours that are not whole, each run of them as one time. NB. What is not complete yet is no gap. */
function unvouched(
  hours: TrailHours,
  region: string,
  period: Period,
  completeUntil: Instant,
): readonly Unvouched[] {
  const over = { from: period.from, until: earlier(period.until, completeUntil) };
  const missing = hoursOf(over).filter(
    (hour) => beginningOf(hour + 1) <= completeUntil && !hours.isWhole(region, hour),
  );
  const runs: Unvouched[] = [];
  for (const hour of missing) {
    const [from, until] = [beginningOf(hour), beginningOf(hour + 1)];
    const last = runs.at(-1);
    if (last?.until === from) runs[runs.length - 1] = { ...last, until };
    else runs.push({ region, kind: 'no-digest', from, until });
  }
  return runs;
}
