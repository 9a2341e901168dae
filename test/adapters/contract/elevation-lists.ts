import type { Request } from '../../../shared/domain/elevation.ts';
import type { ElevationId } from '../../../shared/domain/elevation-id.ts';
import { instant } from '../../../shared/domain/instant.ts';
import type {
  ElevationStore,
  ListedBy,
  Page,
  SealedElevation,
} from '../../../shared/ports/elevation-store.ts';
import { NOW } from '../../domain/story.ts';
import { gathered } from '../../gathered.ts';
import { followed, freshPerson, freshRole, nextOf, recordOf, requestOf } from './elevations.ts';

/** More than any list of these tests has. */
const MOST_PAGES = 500;

/** Every page of a list, from the first to the last. */
export async function pagesOf(store: ElevationStore, listed: ListedBy, limit: number): Promise<Page[]> {
  const pages: Page[] = [];
  for (let cursor: string | undefined; pages.length === 0 || cursor !== undefined; ) {
    const page: Page | undefined = await store.list(
      listed,
      cursor === undefined ? { limit } : { limit, cursor },
    );
    if (page === undefined) throw new Error('The store does not know its own cursor.');
    pages.push(page);
    if (pages.length > MOST_PAGES) throw new Error('The list does not come to its end.');
    cursor = page.next;
  }
  return pages;
}

/** The ids of a list in its order. */
export async function idsOf(store: ElevationStore, listed: ListedBy, limit: number): Promise<ElevationId[]> {
  return (await pagesOf(store, listed, limit)).flatMap(({ elevations }) => elevations.map(idOf));
}

/** What every store must do with lists. */
export function describeLists(store: () => ElevationStore): void {
  test('what was asked for in a time is named in the order of asking, the beginning with it and the end not', async () => {
    const ids = await createdAt(store(), { person: freshPerson(), role: freshRole() }, [4, 1, 6, 0, 3, 5, 2]);
    const oldestFirst = ids.toReversed();
    const times = await Promise.all(
      oldestFirst.map(async (id) => {
        const read = await store().read(id);
        if (read === undefined || 'damaged' in read) throw new Error('It was stored a moment ago.');
        return read.elevation.request.requestedAt;
      }),
    );
    const between = async (from = 0, until = 0) => {
      const time = { from: instant(from), until: instant(until) };
      const named = await gathered(store().askedBetween('pending', time));
      return named.filter((id) => ids.includes(id)); // other tests leave some behind
    };
    expect(await between(times[0], Number(times[6]) + 1)).toEqual(oldestFirst);
    expect(await between(times[2], times[5])).toEqual(oldestFirst.slice(2, 5));
    expect(await between(times[3], times[3])).toEqual([]);
  });

  test.each([1, 3, 7, 25])('lists of %d a page show everything once, newest first', async (limit) => {
    const [person, role] = [freshPerson(), freshRole()];
    const ids = await createdAt(store(), { person, role }, [4, 1, 6, 0, 3, 5, 2]);
    expect(await idsOf(store(), { by: 'person', person }, limit)).toEqual(ids);
    expect(await idsOf(store(), { by: 'role', role }, limit)).toEqual(ids);
    // Lists by state hold what other tests have left behind, too.
    const pending = await idsOf(store(), { by: 'state', state: 'pending' }, limit);
    expect(pending.filter((id) => ids.includes(id))).toEqual(ids);
  });

  test.each([1, 2, 3])('of %d a page, requests of the same millisecond appear once each', async (limit) => {
    const person = freshPerson();
    const ids = await createdAt(store(), { person }, Array(7).fill(0));
    const listed = await idsOf(store(), { by: 'person', person }, limit);
    expect([listed.length, new Set(listed)]).toEqual([7, new Set(ids)]);
  });

  test('no page is longer than its limit', async () => {
    const person = freshPerson();
    await createdAt(store(), { person }, [0, 1, 2, 3, 4]);
    const pages = await pagesOf(store(), { by: 'person', person }, 2);
    expect(pages.map(({ elevations }) => elevations.length).filter((length) => length > 2)).toEqual([]);
  });

  test('a list holds whole records, as they stand', async () => {
    const request = requestOf({ person: freshPerson() });
    const pending = recordOf(request);
    await store().create(pending);
    const denied = nextOf(pending, followed.denied(request));
    await store().replace(1, denied);
    const page = await store().list({ by: 'person', person: request.person }, { limit: 5 });
    expect(page).toEqual({ elevations: [denied] });
  });

  test('what changes its state leaves one list for the other', async () => {
    const request = requestOf();
    await store().create(recordOf(request));
    await store().replace(1, nextOf(recordOf(request), followed.withdrawn(request)));
    expect(await idsOf(store(), { by: 'state', state: 'pending' }, 25)).not.toContain(request.id);
    expect(await idsOf(store(), { by: 'state', state: 'withdrawn' }, 25)).toContain(request.id);
  });

  test('a list of nothing is empty and ends', async () => {
    expect(await store().list({ by: 'person', person: freshPerson() }, { limit: 5 })).toEqual({
      elevations: [],
    });
  });

  describeCursors(store);
}

function describeCursors(store: () => ElevationStore): void {
  test.each(MALFORMED)('a cursor that is %s leads nowhere', async (_what, cursor) => {
    const listed: ListedBy = { by: 'person', person: freshPerson() };
    expect(await store().list(listed, { limit: 5, cursor })).toBeUndefined();
  });

  test('the cursor after an elevation goes on behind it, in every list that holds it', async () => {
    const [person, role] = [freshPerson(), freshRole()];
    const [newest, ...older] = await createdAt(store(), { person, role }, [2, 1, 0]);
    const stored = newest && (await store().read(newest));
    if (stored === undefined || 'damaged' in stored) throw new Error('The newest should be there.');
    const page = { limit: 5, cursor: store().cursorAfter(stored.elevation) };
    for (const listed of [{ by: 'person', person } as const, { by: 'role', role } as const])
      expect((await store().list(listed, page))?.elevations.map(idOf)).toEqual(older);
  });

  test('a cursor leads to nothing of another list', async () => {
    const [mine, theirs] = [freshPerson(), freshPerson()];
    const own = await createdAt(store(), { person: mine }, [0, 2, 4]);
    await createdAt(store(), { person: theirs }, [1, 3, 5]);
    const cursor = (await store().list({ by: 'person', person: theirs }, { limit: 1 }))?.next;
    if (cursor === undefined) throw new Error('Two of their elevations should follow.');
    const page = await store().list({ by: 'person', person: mine }, { limit: 5, cursor });
    expect(own).toEqual(expect.arrayContaining(page?.elevations.map(idOf) ?? []));
  });
}

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const MALFORMED: readonly (readonly [string, string])[] = [
  ['empty', ''],
  ['a word', 'next'],
  ['no base64', '%%%'],
  ['an id', base64url(requestOf().id)],
  ['no list', base64url('{"pk":"a","sk":"b"}')],
  ['too short', base64url('["a","b"]')],
  ['too long', base64url('["a","b","c","d"]')],
  ['of other types', base64url('["a",1,null]')],
  ['of empty keys', base64url('["","",""]')],
  ['of a key that no table takes', base64url(JSON.stringify(['a', 'b', 'c'.repeat(1025)]))],
  ['no Unicode', base64url('["a","b","\\ud800"]')],
];

/** Creates elevations asked for so many seconds after the beginning; their ids, newest first. */
async function createdAt(
  store: ElevationStore,
  named: Partial<Request>,
  seconds: readonly number[],
): Promise<readonly ElevationId[]> {
  const requests = seconds.map((second) =>
    requestOf({ ...named, requestedAt: instant(NOW + second * 1000) }),
  );
  for (const request of requests) expect(await store.create(recordOf(request))).toBe('created');
  return requests.toSorted((one, other) => other.requestedAt - one.requestedAt).map(({ id }) => id);
}

function idOf({ elevation }: SealedElevation): ElevationId {
  return elevation.request.id;
}
