import { memoryUsage } from '../../shared/adapters/memory/usage-store.ts';
import { begin } from '../../shared/app/elevation-book.ts';
import { type StoryReader, storiesOf } from '../../shared/app/elevation-stories.ts';
import type { ElevationId } from '../../shared/domain/elevation-id.ts';
import { freshId, requestOf } from '../adapters/contract/elevations.ts';
import { GET_OBJECT } from '../adapters/contract/usage.ts';
import { caller, NOW } from '../domain/story.ts';
import { gathered } from '../gathered.ts';
import { testBroker } from './broker.ts';

const broker = testBroker();
const usage = memoryUsage();
const READER: StoryReader = { ...broker, usage };

/** So many elevations that wait, with one event under each. */
async function waiting(count: number): Promise<readonly ElevationId[]> {
  const requests = Array.from({ length: count }, () => requestOf());
  for (const request of requests) {
    const { id, requestedAt: at } = request;
    await begin(broker, id, { type: 'requested', by: caller('david'), at, request });
    await usage.keep([{ under: { kind: 'elevation', id }, observation: { ...GET_OBJECT, id } }]);
  }
  return requests.map(({ id }) => id);
}

async function* named(...ids: readonly ElevationId[]): AsyncIterable<ElevationId> {
  yield* ids;
}

/** The ids of the elevations whose stories come, with a mark where they are damaged. */
async function told(ids: readonly ElevationId[], reader = READER): Promise<readonly string[]> {
  const stories = await gathered(storiesOf(reader, named(...ids), NOW));
  return stories.map((story) =>
    'damaged' in story ? `damaged ${story.damaged}` : `${story.elevation.request.id}`,
  );
}

test.each([0, 1, 99, 100, 101, 250])(
  'of %d elevations each is told once, with its own usage',
  async (count) => {
    const ids = await waiting(count);
    const stories = await gathered(storiesOf(READER, named(...ids), NOW));
    const found = stories.flatMap((story) =>
      'damaged' in story ? [] : [[story.elevation.request.id, story.usage.map(({ id }) => id)] as const],
    );
    expect(new Map(found)).toEqual(new Map(ids.map((id) => [id, [id]])));
    expect(stories).toHaveLength(count);
  },
);

test('one that is named again, near or far, is told once', async () => {
  const ids = await waiting(150);
  expect((await told([...ids, ...ids.slice(0, 20), ...ids])).toSorted()).toEqual(ids.toSorted());
});

test('one that an index names and that is not there is damaged', async () => {
  const [[id = freshId()], nowhere] = [await waiting(1), freshId()];
  expect((await told([nowhere, id])).toSorted()).toEqual([id, `damaged ${nowhere}`].toSorted());
});

test('one whose seal is not true is damaged, and its usage is not read', async () => {
  const [id = freshId()] = await waiting(1);
  const reader: StoryReader = {
    ...READER,
    seal: { ...READER.seal, verify: async () => false },
    usage: {
      under: () => {
        throw new Error('Its usage was read.');
      },
    },
  };
  expect(await told([id], reader)).toEqual([`damaged ${id}`]);
});

test('one under which more was written than is read is damaged, and the log says so', async () => {
  const [id = freshId()] = await waiting(1);
  const withUsage = (count: number): StoryReader => ({ ...READER, usage: usageOf(count) });
  expect(await told([id], withUsage(50_000))).toEqual([id]);
  expect(broker.logged.join()).not.toContain('usage-overfull');
  expect(await told([id], withUsage(50_001))).toEqual([`damaged ${id}`]);
  expect(broker.logged.join()).toContain('usage-overfull');
});

/** So many events under every elevation. */
function usageOf(count: number): StoryReader['usage'] {
  return {
    async *under() {
      for (let n = 0; n < count; n++) yield GET_OBJECT;
    },
  };
}

test.each([1, 2, 3])('a request that fails is thrown, be it number %d', async (which) => {
  const ids = await waiting(250);
  let requests = 0;
  const readMany: StoryReader['store']['readMany'] = async (some) => {
    if (++requests === which) throw new Error('The table does not answer.');
    return READER.store.readMany(some);
  };
  const reader = { ...READER, store: { ...READER.store, readMany } };
  await expect(told(ids, reader)).rejects.toThrow('The table does not answer.');
});
