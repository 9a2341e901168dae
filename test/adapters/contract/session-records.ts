import type { ElevationId } from '../../../shared/domain/elevation-id.ts';
import { after } from '../../../shared/domain/instant.ts';
import type { ElevationStore, SessionRecord } from '../../../shared/ports/elevation-store.ts';
import { NOW } from '../../domain/story.ts';
import { duration } from '../../domain/values.ts';
import { freshId } from './elevations.ts';

/** The record of the n-th session of an elevation. */
export function sessionRecord(elevation: ElevationId, n: number): SessionRecord {
  return {
    elevation,
    n,
    assumedRoleId: `AROA3XFRBF535PLBIFPI4:dbr+david+${elevation}+${n}`,
    accessKeyId: `ASIAIOSFODNN7EXAMPL${n}`,
    issuedAt: NOW,
    expiresAt: after(NOW, duration('15m')),
  };
}

/** What every store must do with sessions. */
export function describeSessions(store: () => ElevationStore): void {
  test('sessions come in the order of their issue, also beyond the ninth', async () => {
    const id = freshId();
    for (const n of [10, 2, 11, 1, 9, 120]) await store().recordSession(sessionRecord(id, n));
    const sessions = [1, 2, 9, 10, 11, 120].map((n) => sessionRecord(id, n));
    expect(await store().sessionsOf(id)).toEqual(sessions);
  });

  test('a session is recorded once, and the first record stands', async () => {
    const first = sessionRecord(freshId(), 1);
    await store().recordSession(first);
    await store().recordSession(first);
    await store().recordSession({ ...first, accessKeyId: 'ASIAANOTHEREXAMPLE01' });
    expect(await store().sessionsOf(first.elevation)).toEqual([first]);
  });

  test('sessions of another elevation are not among them', async () => {
    const [one, other] = [sessionRecord(freshId(), 1), sessionRecord(freshId(), 1)];
    await store().recordSession(one);
    await store().recordSession(other);
    expect(await store().sessionsOf(one.elevation)).toEqual([one]);
    expect(await store().sessionsOf(freshId())).toEqual([]);
  });
}
