import { standingAt } from '../domain/elevation.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import { instant } from '../domain/instant.ts';
import type { ElevationStory } from '../domain/report/story.ts';
import type { ActionCatalogue } from '../domain/trail/catalogue.ts';
import type { Finding, FindingCode } from '../domain/trail/finding.ts';
import type { Observation } from '../domain/trail/observation.ts';
import { observe } from '../domain/trail/observe.ts';
import { findingsOf, strayFinding } from '../domain/trail/out-of-band.ts';
import { claimOf, placesOf, type Watched } from '../domain/trail/places.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { Alarms } from '../ports/alarms.ts';
import type { Clock } from '../ports/clock.ts';
import type { SealedElevation } from '../ports/elevation-store.ts';
import type { FileRead, TrailFile, TrailFiles } from '../ports/trail-files.ts';
import type { Kept, UsageStore } from '../ports/usage-store.ts';
import { type BookPorts, open } from './elevation-book.ts';

/** What following sessions through the trail works with. */
export type TrailTaker = BookPorts & {
  readonly clock: Clock;
  readonly catalogue: ActionCatalogue;
  readonly watched: Watched;
  /** The ARN of the only role that may assume those of the catalog. */
  readonly issuerRoleArn: string;
  readonly usage: UsageStore;
  readonly alarms: Alarms;
};

/** So many observations are held in memory at once; a file with more of them is read again for each such part. */
const MOST_AT_ONCE = 2000;

/**
 * Takes what is ours from a log file. The file is read to its end before anything is written, so one that turns out to be
 * damaged leaves nothing half counted: that throws an `UnreadableFile`. What was taken before changes nothing.
 */
export async function takeFile(
  taker: TrailTaker & { readonly files: TrailFiles },
  file: TrailFile,
): Promise<FileRead & { readonly kept: number }> {
  for (let from = 0; ; from += MOST_AT_ONCE) {
    const part: Observation[] = [];
    let ours = 0;
    const read = await taker.files.read(file, (record) => {
      const observation = ourObservation(taker, record);
      if (observation === undefined) return;
      if (ours >= from && part.length < MOST_AT_ONCE) part.push(observation);
      ours++;
    });
    await keepAndAlarm(taker, part);
    if (ours <= from + MOST_AT_ONCE) return { ...read, kept: ours };
  }
}

/** Takes what is ours from single records: events of the bus, or a batch of CloudWatch Logs. How many were ours. */
export async function takeRecords(taker: TrailTaker, records: readonly TrailRecord[]): Promise<number> {
  const ours = records
    .map((record) => ourObservation(taker, record))
    .filter((observation) => observation !== undefined);
  await keepAndAlarm(taker, ours);
  return ours.length;
}

function ourObservation({ catalogue, watched }: TrailTaker, record: TrailRecord): Observation | undefined {
  const observation = observe(record, catalogue);
  return placesOf(observation, watched).length > 0 ? observation : undefined;
}

/**
 * Keeps observations under their places. NB. Alarms come first: a crash between the two raises one again, and loses none.
 * What is kept already has been told.
 */
async function keepAndAlarm(taker: TrailTaker, observations: readonly Observation[]): Promise<void> {
  if (observations.length === 0) return;
  const elevations = await claimedElevations(taker, observations);
  const kept = observations.flatMap((observation) => placed(taker, observation, elevations));
  const findings = await newFindings(taker, kept, elevations);
  if (findings.length > 0) await taker.alarms.raise(findings);
  await taker.usage.keep(kept);
}

/** What is known of an elevation that an event claims to be of; `unreadable` where its record is damaged. */
type Claimed = SealedElevation | 'unknown' | 'unreadable';
type ClaimedElevations = ReadonlyMap<ElevationId, Claimed>;

async function claimedElevations(
  taker: TrailTaker,
  observations: readonly Observation[],
): Promise<ClaimedElevations> {
  const ids = new Set(observations.map((observation) => claimOf(observation)?.id));
  const found = new Map<ElevationId, Claimed>();
  for (const id of ids) {
    if (id !== undefined) found.set(id, await claimedElevation(taker, id));
  }
  return found;
}

async function claimedElevation(taker: TrailTaker, id: ElevationId): Promise<Claimed> {
  const opened = await open(taker, id);
  if ('value' in opened) return opened.value;
  return opened.refusal.code === 'not-found' ? 'unknown' : 'unreadable';
}

/**
 * Under an elevation goes only what names its requester. A false claim goes under the role that it was made with, also
 * where the catalog does not have it: there it is found by whoever follows the alarm.
 */
function placed({ watched }: TrailTaker, observation: Observation, elevations: ClaimedElevations): Kept[] {
  const claim = claimOf(observation);
  const claimed = claim && elevations.get(claim.id);
  const isTrue = claimed === 'unreadable' || (typeof claimed === 'object' && isOf(claimed, claim?.person));
  const places = placesOf(observation, watched).flatMap((place) => {
    if (place.kind !== 'elevation' || isTrue) return [place];
    const arn = observation.actor.roleArn ?? observation.assumed?.roleArn;
    return arn === undefined ? [] : [{ kind: 'role', arn } as const];
  });
  const distinct = new Map(places.map((under) => [JSON.stringify(under), { under, observation }]));
  return [...distinct.values()];
}

function isOf({ elevation }: SealedElevation, person: string | undefined): boolean {
  return elevation.request.person === person;
}

/** Of the findings that one event shows by itself, those that nobody was told of. */
async function newFindings(
  taker: TrailTaker,
  kept: readonly Kept[],
  elevations: ClaimedElevations,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [, ofPlace] of Map.groupBy(kept, ({ under }) => JSON.stringify(under))) {
    for (const { finding, of } of await findingsIn(taker, ofPlace, elevations)) {
      if (!(await taker.usage.isKept(of))) findings.push(finding);
    }
  }
  return findings;
}

type Found = { readonly finding: Finding; readonly of: Kept };

/** The findings among what is kept under one place. */
async function findingsIn(
  taker: TrailTaker,
  kept: readonly Kept[],
  elevations: ClaimedElevations,
): Promise<readonly Found[]> {
  const under = kept[0]?.under;
  if (under?.kind !== 'elevation') return kept.flatMap((of) => strayFindings(taker, of));
  const claimed = elevations.get(under.id);
  if (typeof claimed !== 'object') return [];
  const story: ElevationStory = {
    elevation: standingAt(claimed.elevation, taker.clock()),
    history: claimed.history,
    sessions: await taker.store.sessionsOf(under.id),
    usage: kept.map(({ observation }) => observation),
  };
  const findings = findingsOf(story, NOTHING_COMPLETE).filter(({ code }) => SHOWN_BY_ONE_EVENT.has(code));
  return findings.flatMap((finding) => {
    const of = kept.find(({ observation }) => observation === finding.seen);
    return of === undefined ? [] : [{ finding, of }];
  });
}

function strayFindings({ watched, issuerRoleArn }: TrailTaker, of: Kept): readonly Found[] {
  const finding = strayFinding(of.observation, watched, issuerRoleArn);
  return finding === undefined ? [] : [{ finding, of }];
}

/** Of a part of what sessions did nothing can be missing. */
const NOTHING_COMPLETE = instant(0);

/** The others need everything that the sessions did: check-sessions.ts looks for them. */
const SHOWN_BY_ONE_EVENT: ReadonlySet<FindingCode> = new Set([
  'false-name',
  'no-intent',
  'use-after-end',
  'use-after-cut',
]);
