import type { ElevationStore } from '../../../shared/ports/elevation-store.ts';
import { caller, NOW } from '../../domain/story.ts';
import { freshId, LIVES, recordOf, requestOf } from './elevations.ts';
import { sessionRecord } from './session-records.ts';

/** What every store must do when an elevation is read with all that is beside it. */
export function describeWholeRecords(store: () => ElevationStore): void {
  test('a whole record is what its parts are when they are read alone', async () => {
    const request = requestOf();
    const { id } = request;
    await store().create(recordOf(request, ...LIVES.returned(request)));
    for (const n of [10, 2, 1]) await store().recordSession(sessionRecord(id, n));
    await store().recordAttempt({ elevation: id, by: caller('david'), at: NOW });
    const whole = await store().readWhole(id);
    expect(whole?.elevation).toEqual(recordOf(request, ...LIVES.returned(request)));
    expect(whole?.sessions.map(({ n }) => n)).toEqual([1, 2, 10]);
    expect(whole?.sessions).toEqual(await store().sessionsOf(id));
    expect(whole?.attempts).toHaveLength(1);
    expect(whole?.attempts).toEqual(await store().attemptsOn(id));
  });

  test('an elevation with nothing beside it is whole, too', async () => {
    const request = requestOf();
    await store().create(recordOf(request));
    expect(await store().readWhole(request.id)).toEqual({
      ...{ elevation: recordOf(request), sessions: [], attempts: [] },
    });
  });

  test('without an elevation there is nothing whole, whatever lies beside its place', async () => {
    const id = freshId();
    await store().recordSession(sessionRecord(id, 1));
    expect(await store().readWhole(id)).toBeUndefined();
  });
}
