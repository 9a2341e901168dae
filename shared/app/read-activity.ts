import type { Access } from '../domain/access.ts';
import type { Caller } from '../domain/caller.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import { mayRead } from '../domain/entitlement.ts';
import type { Instant } from '../domain/instant.ts';
import { type Outcome, refuse } from '../domain/refusal.ts';
import type { ElevationStory } from '../domain/report/story.ts';
import { type Explained, explained } from '../domain/trail/explain.ts';
import type { Finding } from '../domain/trail/finding.ts';
import { completeAt } from '../domain/trail/lateness.ts';
import { findingsOf } from '../domain/trail/out-of-band.ts';
import type { Clock } from '../ports/clock.ts';
import { NOT_FOUND, open } from './elevation-book.ts';
import { type StoryReader, storyOfSealed } from './elevation-stories.ts';

/** What reading activity works with. */
export type ActivityReader = StoryReader & { readonly access: Access; readonly clock: Clock };

/** What the trail has seen the sessions of an elevation do, up to now. */
export type Activity = {
  readonly story: ElevationStory;
  /** Folded, in the order of time. */
  readonly events: readonly Explained[];
  /** Whether that is all that is kept; where it is not, the findings are incomplete as well. */
  readonly isWhole: boolean;
  readonly findings: readonly Finding[];
  readonly readAt: Instant;
};

/** What the sessions of an elevation did, for those who may know of it. */
export async function readActivity(
  reader: ActivityReader,
  caller: Caller,
  id: ElevationId,
): Promise<Outcome<Activity>> {
  const opened = await open(reader, id);
  if ('refusal' in opened) return opened;
  const { elevation } = opened.value;
  if (!mayRead(reader.access, elevation.request, caller)) return refuse(NOT_FOUND);
  const readAt = reader.clock();
  const { story, isWhole } = await storyOfSealed(reader, opened.value, readAt);
  const events = explained(story);
  const findings = findingsOf(story, completeAt(readAt), events);
  return { value: { story, events, isWhole, findings, readAt } };
}
