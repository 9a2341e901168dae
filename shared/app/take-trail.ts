import type { ActionCatalogue } from '../domain/trail/catalogue.ts';
import type { Observation } from '../domain/trail/observation.ts';
import { observe } from '../domain/trail/observe.ts';
import { claimOf, placesOf } from '../domain/trail/places.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { Alarms } from '../ports/alarms.ts';
import type { FileRead, TrailFile, TrailFiles } from '../ports/trail-files.ts';
import type { Kept, UsageStore } from '../ports/usage-store.ts';
import { type ClaimedElevations, claimedElevations, isTrueClaim } from './claimed-elevations.ts';
import type { BookPorts } from './elevation-book.ts';
import { newFindings, type TrailJudge } from './trail-alarms.ts';

/** What following sessions through the trail works with. */
export type TrailTaker = BookPorts &
  TrailJudge & {
    readonly catalogue: ActionCatalogue;
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

/**
 * Under an elevation goes only what names its requester. A false claim goes under the role that it was made with, also
 * where the catalog does not have it: there it is found by whoever follows the alarm.
 */
function placed({ watched }: TrailTaker, observation: Observation, elevations: ClaimedElevations): Kept[] {
  const isTrue = isTrueClaim(claimOf(observation), elevations);
  const places = placesOf(observation, watched).flatMap((place) => {
    if (place.kind !== 'elevation' || isTrue) return [place];
    const arn = observation.actor.roleArn ?? observation.assumed?.roleArn;
    return arn === undefined ? [] : [{ kind: 'role', arn } as const];
  });
  const distinct = new Map(places.map((under) => [JSON.stringify(under), { under, observation }]));
  return [...distinct.values()];
}
