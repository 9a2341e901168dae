import { standingAt } from '../domain/elevation.ts';
import { instant } from '../domain/instant.ts';
import type { ElevationStory } from '../domain/report/story.ts';
import { likeness, withMore } from '../domain/trail/alike.ts';
import type { Finding, FindingCode } from '../domain/trail/finding.ts';
import { findingsOf, strayFinding } from '../domain/trail/out-of-band.ts';
import { claimOf, type Watched } from '../domain/trail/places.ts';
import type { Clock } from '../ports/clock.ts';
import type { Kept, UsageStore } from '../ports/usage-store.ts';
import { type ClaimedElevations, isTrueClaim } from './claimed-elevations.ts';
import type { BookPorts } from './elevation-book.ts';

/** What finding what is out of band among new events works with. */
export type TrailJudge = Pick<BookPorts, 'store'> & {
  readonly clock: Clock;
  readonly watched: Watched;
  /** The ARN of the only role that may assume those of the catalog. */
  readonly issuerRoleArn: string;
  readonly usage: Pick<UsageStore, 'isKept'>;
};

/** Of what single events show by themselves, what nobody was told of: what is alike is told once. */
export async function newFindings(
  judge: TrailJudge,
  kept: readonly Kept[],
  elevations: ClaimedElevations,
): Promise<readonly Finding[]> {
  const found: Found[] = [];
  for (const [, ofPlace] of Map.groupBy(kept, ({ under }) => JSON.stringify(under)))
    found.push(...(await findingsIn(judge, ofPlace, elevations)));
  const findings: Finding[] = [];
  for (const [, alike] of Map.groupBy(found, ({ finding }) => likeness(finding))) {
    const finding = await firstUntold(judge, alike);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}

type Found = { readonly finding: Finding; readonly of: Kept };

/** The first that is not kept yet, and how many come after it. What is kept has been told. */
async function firstUntold({ usage }: TrailJudge, alike: readonly Found[]): Promise<Finding | undefined> {
  // An event that is kept under two places shows the same under both.
  const once = new Map(alike.map((found) => [found.of.observation, found]));
  const inOrder = [...once.values()].sort((one, other) => one.finding.at - other.finding.at);
  for (const [place, { finding, of }] of inOrder.entries()) {
    if (await usage.isKept(of)) continue;
    return withMore(
      finding,
      inOrder.slice(place + 1).map((later) => later.finding),
    );
  }
  return undefined;
}

/** The findings among what is kept under one place. */
async function findingsIn(
  judge: TrailJudge,
  kept: readonly Kept[],
  elevations: ClaimedElevations,
): Promise<readonly Found[]> {
  const under = kept[0]?.under;
  if (under?.kind !== 'elevation') return kept.flatMap((of) => strayFindings(judge, of, elevations));
  const claimed = elevations.get(under.id);
  if (typeof claimed !== 'object') return [];
  const story: ElevationStory = {
    elevation: standingAt(claimed.elevation, judge.clock()),
    history: claimed.history,
    sessions: await judge.store.sessionsOf(under.id),
    usage: kept.map(({ observation }) => observation),
  };
  const findings = findingsOf(story, NOTHING_COMPLETE).filter(({ code }) => SHOWN_BY_ONE_EVENT.has(code));
  return findings.flatMap((finding) => {
    const of = kept.find(({ observation }) => observation === finding.seen);
    return of === undefined ? [] : [{ finding, of }];
  });
}

function strayFindings(
  { watched, issuerRoleArn }: TrailJudge,
  of: Kept,
  elevations: ClaimedElevations,
): readonly Found[] {
  const claim = isTrueClaim(claimOf(of.observation), elevations) ? 'true' : 'false';
  const finding = strayFinding(of.observation, watched, issuerRoleArn, claim);
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
