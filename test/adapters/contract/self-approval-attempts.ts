import type { ElevationId } from '../../../shared/domain/elevation-id.ts';
import { type Instant, instant } from '../../../shared/domain/instant.ts';
import type { ElevationStore } from '../../../shared/ports/elevation-store.ts';
import { caller, NOW } from '../../domain/story.ts';
import { gathered } from '../../gathered.ts';
import { freshId } from './elevations.ts';

/** What every store must do with attempts to approve one's own request. */
export function describeAttempts(store: () => ElevationStore): void {
  const by = caller('david');
  const after = (minutes: number) => instant(NOW + minutes * 60_000);
  const between = (from: Instant, until: Instant) => gathered(store().attemptsBetween({ from, until }));
  const on = async (id: ElevationId) =>
    (await between(NOW, after(60))).filter(({ elevation }) => elevation === id);

  test('attempts are read in the order of time, of whichever elevation', async () => {
    const [id, other] = [freshId(), freshId()];
    const tried = [
      [5, id],
      [1, other],
      [3, id],
    ] as const;
    for (const [minutes, elevation] of tried)
      await store().recordAttempt({ elevation, by, at: after(minutes) });
    const found = await between(NOW, after(60));
    expect(found.filter(({ elevation }) => elevation === id || elevation === other)).toEqual([
      { elevation: other, by, at: after(1) },
      { elevation: id, by, at: after(3) },
      { elevation: id, by, at: after(5) },
    ]);
  });

  test('a time between begins with its first instant and ends before its last', async () => {
    const id = freshId();
    const day = 24 * 60;
    for (const minutes of [day, day + 1, day + 2, day + 3])
      await store().recordAttempt({ elevation: id, by, at: after(minutes) });
    expect((await between(after(day + 1), after(day + 3))).map(({ at }) => at)).toEqual([
      after(day + 1),
      after(day + 2),
    ]);
    expect(await between(after(day), after(day))).toEqual([]);
  });

  test('of the attempts at one door within a minute the first is kept', async () => {
    const id = freshId();
    const inSlack = { ...by, door: 'slack' as const };
    await store().recordAttempt({ elevation: id, by, at: NOW });
    await store().recordAttempt({ elevation: id, by, at: instant(NOW + 59_999) });
    await store().recordAttempt({ elevation: id, by: inSlack, at: instant(NOW + 1) });
    expect(await on(id)).toEqual([
      { elevation: id, by, at: NOW },
      { elevation: id, by: inSlack, at: instant(NOW + 1) },
    ]);
  });

  test('attempts are in no list of elevations', async () => {
    const id = freshId();
    await store().recordAttempt({ elevation: id, by, at: NOW });
    const asked = await gathered(store().askedBetween('pending', { from: NOW, until: after(60) }));
    expect(asked).not.toContain(id);
  });
}
