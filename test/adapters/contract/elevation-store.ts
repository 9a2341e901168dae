import type { Request } from '../../../shared/domain/elevation.ts';
import type { ElevationStore, SealedElevation } from '../../../shared/ports/elevation-store.ts';
import { caller } from '../../domain/story.ts';
import { describeLists } from './elevation-lists.ts';
import { followed, freshId, LIVES, nextOf, recordOf, requestOf } from './elevations.ts';
import { describeAttempts } from './self-approval-attempts.ts';
import { describeSessions } from './session-records.ts';
import { describeWholeRecords } from './whole-records.ts';

/** What every store must do: the one in memory, the table, and whatever else may come. */
export function describeElevationStore(name: string, makeStore: () => Promise<ElevationStore>): void {
  describe(name, () => {
    let store: ElevationStore;
    beforeAll(async () => {
      store = await makeStore();
    }, 60_000);
    describeRecords(() => store);
    describeRaces(() => store);
    describeLists(() => store);
    describeSessions(() => store);
    describeAttempts(() => store);
    describeWholeRecords(() => store);
  });
}

function describeRecords(store: () => ElevationStore): void {
  test.each(Object.entries(LIVES))(
    'an elevation that is %s reads back as it was written',
    async (state, life) => {
      const request = requestOf();
      const record = recordOf(request, ...life(request));
      expect(record.elevation.state).toBe(state);
      expect(await store().create(record)).toBe('created');
      expect(await store().read(request.id)).toEqual(record);
    },
  );

  test('a request with nothing but what it must have reads back as it was written', async () => {
    const { ticket, scope, narrowedBy, ...rest } = requestOf({ requirements: {} });
    await store().create(recordOf(rest));
    expect(await store().read(rest.id)).toEqual(recordOf(rest));
  });

  test('under an id that nobody has there is nothing', async () => {
    expect(await store().read(freshId())).toBeUndefined();
  });

  test('an id is given once: the second is told of the first, also of what became of it', async () => {
    const request = requestOf();
    const [first, second] = [recordOf(request), recordOf({ ...request, reason: 'Something else entirely' })];
    expect(await store().create(first)).toBe('created');
    expect(await store().create(second)).toEqual(first);
    const approved = nextOf(first, followed.approved(request));
    await store().replace(1, approved);
    expect(await store().create(first)).toEqual(approved);
    expect(await store().read(request.id)).toEqual(approved);
  });

  test('who has seen an older version is told of the winner, and nothing is written', async () => {
    const { request, pending } = await asked(store());
    const approved = nextOf(pending, followed.approved(request));
    expect(await store().replace(1, approved)).toBe('replaced');
    expect(await store().replace(1, nextOf(pending, followed.denied(request)))).toEqual(approved);
    expect(await store().read(request.id)).toEqual(approved);
  });

  test('what was never created is not replaced', async () => {
    const request = requestOf();
    const approved = nextOf(recordOf(request), followed.approved(request));
    await expect(store().replace(1, approved)).rejects.toThrow(request.id);
    expect(await store().read(request.id)).toBeUndefined();
  });

  test('what is done to an answer does not change what is stored', async () => {
    const { request, pending } = await asked(store());
    const answer = await store().read(request.id);
    Object.assign(answer ?? {}, { seal: 'another' });
    expect(await store().read(request.id)).toEqual(pending);
  });
}

function describeRaces(store: () => ElevationStore): void {
  test('of twenty approvers at once one wins, and all others are told of the winner', async () => {
    const { request, pending } = await asked(store());
    const rivals = Array.from({ length: 20 }, (_, n) =>
      nextOf(pending, followed.approved(request, `rival-${n}`)),
    );
    await expectOneWinner(store(), request, 1, rivals);
  });

  test('of approval and denial one wins', async () => {
    const { request, pending } = await asked(store());
    const [approved, denied] = [followed.approved(request), followed.denied(request)];
    await expectOneWinner(store(), request, 1, [nextOf(pending, approved), nextOf(pending, denied)]);
  });

  test('of issue and revocation one wins', async () => {
    const { request, approved } = await agreed(store());
    const [issued, revoked] = [followed.issued(request, 1), followed.revoked(request)];
    await expectOneWinner(store(), request, 2, [nextOf(approved, issued), nextOf(approved, revoked)]);
  });

  test('of two issues one wins, also where the same person asks twice in the same millisecond', async () => {
    const { request, approved } = await agreed(store());
    const issued = nextOf(approved, followed.issued(request, 1));
    await expectOneWinner(store(), request, 2, [issued, issued, issued]);
  });

  test('of two creations with one id one wins, also where both are the same', async () => {
    const record = recordOf(requestOf());
    const answers = await Promise.all([record, record, record].map((one) => store().create(one)));
    expect(answers.filter((answer) => answer === 'created')).toHaveLength(1);
    expect(answers.filter((answer) => answer !== 'created')).toEqual([record, record]);
  });
}

async function expectOneWinner(
  store: ElevationStore,
  { id }: Request,
  seenVersion: number,
  rivals: readonly SealedElevation[],
): Promise<void> {
  const answers = await Promise.all(rivals.map((next) => store.replace(seenVersion, next)));
  expect(answers.filter((answer) => answer === 'replaced')).toHaveLength(1);
  const winner = rivals[answers.indexOf('replaced')];
  expect(answers.filter((answer) => answer !== 'replaced')).toEqual(Array(rivals.length - 1).fill(winner));
  expect(await store.read(id)).toEqual(winner);
}

async function asked(store: ElevationStore) {
  const request = requestOf();
  const pending = recordOf(request);
  expect(await store.create(pending)).toBe('created');
  return { request, pending };
}

async function agreed(store: ElevationStore) {
  const { request, pending } = await asked(store);
  const approved = nextOf(pending, followed.approved(request, caller('ruth').person));
  expect(await store.replace(1, approved)).toBe('replaced');
  return { request, approved };
}
