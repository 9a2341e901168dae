import { minutes } from '../domain/duration.ts';
import { STATES, standingAt } from '../domain/elevation.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import { before, type Instant } from '../domain/instant.ts';
import type { ElevationStory } from '../domain/report/story.ts';
import type { Observation } from '../domain/trail/observation.ts';
import type { ElevationStore, SealedElevation, WholeRecord } from '../ports/elevation-store.ts';
import type { UsageStore } from '../ports/usage-store.ts';
import { type BookPorts, verified } from './elevation-book.ts';

/** What reading stories works with. */
export type StoryReader = Omit<BookPorts, 'store'> & {
  readonly store: ElevationStore;
  readonly usage: Pick<UsageStore, 'under'>;
};

/**
 * An elevation whose record is not as it was sealed, or under which more was written than is read, so that nothing is
 * said about it but that.
 */
export type DamagedStory = { readonly damaged: ElevationId };

/**
 * Between asking and the last moment of use: a request can wait a week for its approvals, and then be used for a day
 * (shared/adapters/access-file/schema.ts).
 */
const LONGEST_LIFE = minutes(8 * 24 * 60);

/** Of how many elevations the usage is read at the same time. */
const AT_ONCE = 16;

/** How many elevations are asked for at once. */
const IN_A_REQUEST = 100;

/**
 * In these states an elevation is stored; the others are said by the clock. NB. Their order is that of an elevation's life,
 * so that one which changes while they are read is found in the later state, and never missed.
 */
const STORED_STATES = STATES.filter((state) => state !== 'lapsed' && state !== 'ended');

/**
 * The ids of the elevations that were asked for before the end of a time and can have been used in it, from the index of
 * states and never by a scan.
 */
export async function* elevationsOf(
  { store }: { readonly store: Pick<ElevationStore, 'askedBetween'> },
  { from, until }: { readonly from: Instant; readonly until: Instant },
): AsyncIterable<ElevationId> {
  const between = { from: before(from, LONGEST_LIFE), until };
  for (const state of STORED_STATES) yield* store.askedBetween(state, between);
}

/** The stories of elevations, each once, in no order; a few are read at the same time and no more are held. */
export async function* storiesOf(
  reader: StoryReader,
  ids: AsyncIterable<ElevationId>,
  now: Instant,
): AsyncIterable<ElevationStory | DamagedStory> {
  const reading = new Map<ElevationId, Promise<Told>>();
  const next = async () => {
    const told = await Promise.race(reading.values());
    reading.delete(told.id);
    return told.story;
  };
  for await (const { id, record } of recordsOf(reader, ids)) {
    const told = toldOf(reader, { id, record }, now);
    told.catch(() => undefined); // a failure is thrown by `next`, which may look at it only later
    reading.set(id, told);
    if (reading.size === AT_ONCE) yield await next();
  }
  while (reading.size > 0) yield await next();
}

/** What is stored under an id, where anything is. */
type Found = { readonly id: ElevationId; readonly record: WholeRecord | undefined };

/** What is stored of elevations, each once, however often it is named. */
async function* recordsOf(
  { store }: Pick<StoryReader, 'store'>,
  ids: AsyncIterable<ElevationId>,
): AsyncIterable<Found> {
  const read = async (some: readonly ElevationId[]) => {
    const records = await store.readMany(some);
    return some.map((id) => ({ id, record: records.get(id) }));
  };
  let before: Promise<readonly Found[]> | undefined;
  for await (const some of requestsOf(ids)) {
    const next = read(some); // while those before are looked at
    next.catch(() => undefined); // a failure is thrown when its turn comes
    if (before !== undefined) yield* await before;
    before = next;
  }
  if (before !== undefined) yield* await before;
}

/** Each id once, and as many together as are asked for at once. */
async function* requestsOf(ids: AsyncIterable<ElevationId>): AsyncIterable<readonly ElevationId[]> {
  const seen = new Set<ElevationId>();
  let waiting: ElevationId[] = [];
  for await (const id of ids) {
    if (seen.has(id)) continue; // it went from one state to the next while the index was read
    seen.add(id);
    waiting.push(id);
    if (waiting.length < IN_A_REQUEST) continue;
    yield waiting;
    waiting = [];
  }
  if (waiting.length > 0) yield waiting;
}

type Told = { readonly id: ElevationId; readonly story: ElevationStory | DamagedStory };

async function toldOf(reader: StoryReader, { id, record }: Found, now: Instant): Promise<Told> {
  return { id, story: record === undefined ? { damaged: id } : await storyOf(reader, id, record, now) };
}

/** The story of one elevation, as its record and the trail tell it now. */
async function storyOf(
  reader: StoryReader,
  id: ElevationId,
  { elevation, sessions }: WholeRecord,
  now: Instant,
): Promise<ElevationStory | DamagedStory> {
  const opened = await verified(reader, id, elevation);
  if ('refusal' in opened) return { damaged: id };
  const { usage, isWhole } = await usageOf(reader, id);
  return isWhole ? storyFrom(opened.value, { sessions, usage }, now) : { damaged: id };
}

/** The same for a record that has been read already, with what is read of its usage, and whether that is all. */
export async function storyOfSealed(
  reader: Pick<StoryReader, 'store' | 'usage' | 'log'>,
  sealed: SealedElevation,
  now: Instant,
): Promise<{ readonly story: ElevationStory; readonly isWhole: boolean }> {
  const { id } = sealed.elevation.request;
  const [sessions, { usage, isWhole }] = await Promise.all([
    reader.store.sessionsOf(id),
    usageOf(reader, id),
  ]);
  return { story: storyFrom(sealed, { sessions, usage }, now), isWhole };
}

function storyFrom(
  { elevation, history }: SealedElevation,
  rest: Pick<ElevationStory, 'sessions' | 'usage'>,
  now: Instant,
): ElevationStory {
  return { elevation: standingAt(elevation, now), history, ...rest };
}

/** Whoever has a role of their own and knows an elevation can write its name into any number of events. */
const MOST_EVENTS = 50_000;

/** What is kept under an elevation, the oldest first, and whether that is all. */
async function usageOf(
  { usage, log }: Pick<StoryReader, 'usage' | 'log'>,
  id: ElevationId,
): Promise<{ readonly usage: readonly Observation[]; readonly isWhole: boolean }> {
  const found: Observation[] = [];
  for await (const observation of usage.under({ kind: 'elevation', id })) {
    if (found.length === MOST_EVENTS) {
      log('error', 'usage-overfull', { elevation: id, most: MOST_EVENTS });
      return { usage: found, isWhole: false };
    }
    found.push(observation);
  }
  return { usage: found, isWhole: true };
}
