import type { Request } from '../../../shared/domain/elevation.ts';
import type { ElevationStore } from '../../../shared/ports/elevation-store.ts';
import { followed, freshId, LIVES, recordOf, requestOf } from './elevations.ts';
import { sessionRecord } from './session-records.ts';

/** What every store must do when many elevations are read with their sessions. */
export function describeWholeRecords(store: () => ElevationStore): void {
  /** An elevation with that many intents to issue. */
  const issued = (request: Request, count: number) =>
    recordOf(
      request,
      followed.approved(request),
      ...Array.from({ length: count }, (_, n) => followed.issued(request, n + 1)),
    );

  test('each is what it is when it is read alone, with its sessions in the order of their issue', async () => {
    const [one, other] = [requestOf(), requestOf()];
    await store().create(issued(one, 11));
    await store().create(recordOf(other, ...LIVES.returned(other)));
    for (const n of [10, 2, 1, 11]) await store().recordSession(sessionRecord(one.id, n));
    const whole = await store().readMany([other.id, one.id]);
    expect([...whole.keys()].sort()).toEqual([one.id, other.id].sort());
    for (const { id } of [one, other]) {
      expect(whole.get(id)?.elevation).toEqual(await store().read(id));
      expect(whole.get(id)?.sessions).toEqual(await store().sessionsOf(id));
    }
    expect(whole.get(one.id)?.sessions.map(({ n }) => n)).toEqual([1, 2, 10, 11]);
  });

  test('a session for which nobody had an intent is nobody’s', async () => {
    const request = requestOf();
    await store().create(issued(request, 1));
    for (const n of [1, 2]) await store().recordSession(sessionRecord(request.id, n));
    const whole = await store().readMany([request.id]);
    expect(whole.get(request.id)?.sessions).toEqual([sessionRecord(request.id, 1)]);
  });

  test('what there is none of is left out, whatever lies beside its place', async () => {
    const [request, nowhere] = [requestOf(), freshId()];
    await store().create(recordOf(request));
    await store().recordSession(sessionRecord(nowhere, 1));
    expect(await store().readMany([nowhere, request.id])).toEqual(
      new Map([[request.id, { elevation: recordOf(request), sessions: [] }]]),
    );
    expect(await store().readMany([])).toEqual(new Map());
  });

  test('more are read than fit into a request', async () => {
    const requests = Array.from({ length: 130 }, () => requestOf());
    for (const request of requests) await store().create(issued(request, 1));
    for (const { id } of requests) await store().recordSession(sessionRecord(id, 1));
    const whole = await store().readMany(requests.map(({ id }) => id));
    expect(whole.size).toBe(130);
    for (const request of requests)
      expect(whole.get(request.id)).toEqual({
        elevation: issued(request, 1),
        sessions: [sessionRecord(request.id, 1)],
      });
  });
}
