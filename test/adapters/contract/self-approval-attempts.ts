import { instant } from '../../../shared/domain/instant.ts';
import type { ElevationStore } from '../../../shared/ports/elevation-store.ts';
import { caller, NOW } from '../../domain/story.ts';
import { freshId } from './elevations.ts';

/** What every store must do with attempts to approve one's own request. */
export function describeAttempts(store: () => ElevationStore): void {
  const by = caller('david');

  test('attempts are read in the order of time, each under its elevation', async () => {
    const [id, other] = [freshId(), freshId()];
    const at = (minutes: number) => instant(NOW + minutes * 60_000);
    for (const minutes of [5, 1, 3]) await store().recordAttempt({ elevation: id, by, at: at(minutes) });
    await store().recordAttempt({ elevation: other, by, at: NOW });
    expect(await store().attemptsOn(id)).toEqual(
      [1, 3, 5].map((minutes) => ({ elevation: id, by, at: at(minutes) })),
    );
  });

  test('of the attempts at one door within a minute the first is kept', async () => {
    const id = freshId();
    const inSlack = { ...by, door: 'slack' as const };
    await store().recordAttempt({ elevation: id, by, at: NOW });
    await store().recordAttempt({ elevation: id, by, at: instant(NOW + 59_999) });
    await store().recordAttempt({ elevation: id, by: inSlack, at: instant(NOW + 1) });
    expect(await store().attemptsOn(id)).toEqual([
      { elevation: id, by, at: NOW },
      { elevation: id, by: inSlack, at: instant(NOW + 1) },
    ]);
  });

  test('an elevation on which nobody tried has none', async () => {
    expect(await store().attemptsOn(freshId())).toEqual([]);
  });
}
