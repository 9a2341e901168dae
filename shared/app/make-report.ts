import type { Access } from '../domain/access.ts';
import { parseRoleArn } from '../domain/arn.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import type { Instant } from '../domain/instant.ts';
import type { RoleName } from '../domain/names.ts';
import { type ReportBuilder, reportBuilder } from '../domain/report/builder.ts';
import { reportIdOf } from '../domain/report/order.ts';
import type { Period, Report } from '../domain/report/report.ts';
import { deliveriesFor } from '../domain/report/trail-hours.ts';
import type { ActionCatalogue } from '../domain/trail/catalogue.ts';
import { completeAt } from '../domain/trail/lateness.ts';
import type { Observation } from '../domain/trail/observation.ts';
import type { Place } from '../domain/trail/place.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReportArchive, ReportFile } from '../ports/report-archive.ts';
import type { RoleReader } from '../ports/role-reader.ts';
import type { UsageStore } from '../ports/usage-store.ts';
import { elevationsOf, type StoryReader, storiesOf } from './elevation-stories.ts';

/** What making reports works with. */
export type Reporter = Omit<StoryReader, 'usage'> & {
  readonly access: Access;
  readonly clock: Clock;
  readonly catalogue: ActionCatalogue;
  readonly usage: Pick<UsageStore, 'under' | 'deliveriesOf'>;
  readonly roles: RoleReader;
  readonly archive: Pick<ReportArchive, 'put' | 'list' | 'read'>;
  readonly filesOf: (report: Report) => Iterable<ReportFile>;
  /** What a report's JSON says; undefined where it is not one of ours. */
  readonly parseReport: (json: string) => Report | undefined;
};

/** Makes the report on a period and stores it. Made again, it says what is known then. */
export async function makeReport(reporter: Reporter, period: Period): Promise<Report> {
  const report = await reportOn(reporter, period);
  await reporter.archive.put(reportIdOf(period), reporter.filesOf(report));
  return report;
}

async function reportOn(reporter: Reporter, period: Period): Promise<Report> {
  const { access, catalogue, sha256, clock } = reporter;
  const now = clock();
  const previous = await reportBefore(reporter, period);
  const builder = reportBuilder({
    ...{ period, access, catalogue, sha256 },
    completeUntil: completeAt(now),
    ...(previous === undefined ? {} : { previous }),
  });
  const roles = new Map([...access.roles.values()].map(({ name, arn }) => [arn.text, name]));
  const ids = chained(
    elevationsOf(reporter, period),
    (previous?.elevations ?? []).map(({ id }) => id),
  );
  for await (const story of storiesOf(reporter, ids, now)) {
    if ('damaged' in story) {
      builder.addDamaged(story.damaged);
      continue;
    }
    const { role, roleArn } = story.elevation.request;
    if (!roles.has(roleArn)) roles.set(roleArn, role); // it was lent, and has left the catalog since
    builder.addElevation(story);
  }
  for await (const attempt of reporter.store.attemptsBetween(period)) builder.addAttempt(attempt);
  const changes = await trailChanges(reporter, [...roles.keys()], { from: period.from, until: now });
  for (const [arn, role] of roles) await addRole(reporter, builder, { arn, role, changes }, period);
  return builder.finish();
}

async function* chained(
  first: AsyncIterable<ElevationId>,
  then: Iterable<ElevationId>,
): AsyncIterable<ElevationId> {
  yield* first;
  yield* then;
}

/** The newest report on an earlier period: events may have come since for what it has told of. */
async function reportBefore({ archive, parseReport }: Reporter, period: Period): Promise<Report | undefined> {
  const own = reportIdOf(period);
  const before = (await archive.list()).find((id) => id < own);
  const json = before && (await archive.read(before, 'report.json'));
  return json === undefined ? undefined : parseReport(json);
}

type RoleToAdd = {
  readonly arn: string;
  readonly role: RoleName;
  readonly changes: readonly Observation[];
};

/** Adds what the role's account says of it, and what the trail saw of it beside elevations. */
async function addRole(
  { roles, usage }: Reporter,
  builder: ReportBuilder,
  { arn, role, changes }: RoleToAdd,
  period: Period,
): Promise<void> {
  const account = accountOf(arn);
  const policies = await roles.policiesOf(arn);
  const attached = 'value' in policies ? policies.value.attached : [];
  builder.addRole({
    ...{ arn, role, policies },
    selectors: await roles.selectorsOf(account),
    deliveries: await usage.deliveriesOf(account, deliveriesFor(period)),
    strays: await observationsUnder(usage, { kind: 'role', arn }, period),
    policyChanges: (
      await Promise.all(
        attached.map(({ name }) => observationsUnder(usage, { kind: 'policy', arn: name }, period)),
      )
    ).flat(),
    trailChanges: changes,
  });
}

function accountOf(roleArn: string): string {
  return parseRoleArn(roleArn)?.account ?? '';
}

/**
 * Changes of any trail that may record what these roles do: those of their accounts, of the hub, and of the accounts that
 * the trails belong to. NB. Which trail records what is known for now alone, so that each change counts for every role.
 */
async function trailChanges(
  { access, roles, usage }: Reporter,
  arns: readonly string[],
  time: Period,
): Promise<readonly Observation[]> {
  const accounts = new Set([access.hub.account]);
  for (const account of new Set(arns.map(accountOf))) {
    accounts.add(account);
    const selectors = await roles.selectorsOf(account);
    const owners = 'value' in selectors ? selectors.value.trailAccounts : undefined;
    for (const owner of owners ?? []) accounts.add(owner);
  }
  const found: Observation[] = [];
  for (const account of accounts)
    found.push(...(await observationsUnder(usage, { kind: 'trail', account }, time)));
  return found;
}

async function observationsUnder(
  usage: Pick<UsageStore, 'under'>,
  place: Place,
  period: { readonly from: Instant; readonly until: Instant },
): Promise<readonly Observation[]> {
  const found: Observation[] = [];
  for await (const observation of usage.under(place, period)) found.push(observation);
  return found;
}
