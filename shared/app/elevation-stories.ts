import { minutes } from '../domain/duration.ts';
import { type Elevation, STATES, standingAt } from '../domain/elevation.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import { before, type Instant } from '../domain/instant.ts';
import type { ElevationStory } from '../domain/report/story.ts';
import type { Observation } from '../domain/trail/observation.ts';
import type { ElevationStore, SealedElevation } from '../ports/elevation-store.ts';
import type { UsageStore } from '../ports/usage-store.ts';
import { type BookPorts, open } from './elevation-book.ts';

/** What reading stories works with. */
export type StoryReader = Omit<BookPorts, 'store'> & {
  readonly store: ElevationStore;
  readonly usage: Pick<UsageStore, 'under'>;
};

/** An elevation whose record is not as it was sealed, so that nothing is said about it but that. */
export type DamagedStory = { readonly damaged: ElevationId };

/**
 * Between asking and the last moment of use: a request can wait a week for its approvals, and then be used for a day
 * (shared/adapters/access-file/schema.ts).
 */
const LONGEST_LIFE = minutes(8 * 24 * 60);

/** How many elevations are read at the same time. */
const AT_ONCE = 16;

/** As many elevations are asked of an index at once. */
const PAGE = 100;

/** In these states an elevation is stored; the others are said by the clock. */
const STORED_STATES = STATES.filter((state) => state !== 'lapsed' && state !== 'ended');

/**
 * The ids of the elevations that were asked for before the end of a time and can have been used in it, from the index of
 * states and never by a scan.
 */
export async function* elevationsOf(
  { store }: { readonly store: Pick<ElevationStore, 'list'> },
  { from, until }: { readonly from: Instant; readonly until: Instant },
): AsyncIterable<ElevationId> {
  const earliest = before(from, LONGEST_LIFE);
  for (const state of STORED_STATES) {
    for await (const { request } of newestFirst(store, state)) {
      if (request.requestedAt < earliest) break;
      if (request.requestedAt < until) yield request.id;
    }
  }
}

async function* newestFirst(
  store: Pick<ElevationStore, 'list'>,
  state: Elevation['state'],
): AsyncIterable<Elevation> {
  let cursor: string | undefined;
  do {
    const page = await store.list({ by: 'state', state }, { limit: PAGE, ...(cursor && { cursor }) });
    for (const { elevation } of page?.elevations ?? []) yield elevation;
    cursor = page?.next;
  } while (cursor !== undefined);
}

/** The stories of elevations, each once, in no order; a few are read at the same time and no more are held. */
export async function* storiesOf(
  reader: StoryReader,
  ids: AsyncIterable<ElevationId>,
  now: Instant,
): AsyncIterable<ElevationStory | DamagedStory> {
  const seen = new Set<ElevationId>();
  let reading: Promise<ElevationStory | DamagedStory>[] = [];
  for await (const id of ids) {
    if (seen.has(id)) continue; // it went from one state to the next while the index was read
    seen.add(id);
    reading.push(storyOf(reader, id, now));
    if (reading.length === AT_ONCE) {
      yield* await Promise.all(reading);
      reading = [];
    }
  }
  yield* await Promise.all(reading);
}

/** The story of one elevation, as its record and the trail tell it now. */
export async function storyOf(
  reader: StoryReader,
  id: ElevationId,
  now: Instant,
): Promise<ElevationStory | DamagedStory> {
  const opened = await open(reader, id);
  return 'refusal' in opened ? { damaged: id } : storyOfSealed(reader, opened.value, now);
}

/** The same for a record that has been read already. */
export async function storyOfSealed(
  reader: Pick<StoryReader, 'store' | 'usage'>,
  { elevation, history }: SealedElevation,
  now: Instant,
): Promise<ElevationStory> {
  const { id } = elevation.request;
  const usage: Observation[] = [];
  for await (const observation of reader.usage.under({ kind: 'elevation', id })) usage.push(observation);
  return {
    elevation: standingAt(elevation, now),
    history,
    sessions: await reader.store.sessionsOf(id),
    usage,
    attempts: await reader.store.attemptsOn(id),
  };
}
