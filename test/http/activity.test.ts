import { parseElevationId } from '../../shared/domain/elevation-id.ts';
import { instant } from '../../shared/domain/instant.ts';
import type { Observation } from '../../shared/domain/trail/observation.ts';
import { NOW } from '../domain/story.ts';
import { seen, sessionOf, UPDATE_APP } from '../domain/trail/observations.ts';
import { elevationId } from '../domain/values.ts';
import { approved, byToken, type Hub, startHub } from './hub.ts';

/** An elevation with one set of credentials, and how its records name the session. */
async function lent(hub: Hub): Promise<{ readonly id: string; readonly actor: Observation['actor'] }> {
  const id = await approved(hub);
  await hub.call(byToken('david'), 'POST', `/elevations/${id}/credentials`);
  const [session] = await hub.broker.store.sessionsOf(elevationId(id));
  const name = `dbr+david+${id}`;
  const actor = { ...sessionOf(UPDATE_APP, `${name}+1`, name), principalId: session?.assumedRoleId ?? '' };
  return { id, actor };
}

async function keep(hub: Hub, id: string, ...observations: readonly Observation[]): Promise<void> {
  const place = { kind: 'elevation', id: parseElevationId(id) ?? elevationId(id) } as const;
  await hub.usage.keep(observations.map((observation) => ({ under: place, observation })));
}

test('what a session did is told in the order of time, with how it belongs to the elevation', async () => {
  const hub = startHub();
  const { id, actor } = await lent(hub);
  const at = (seconds: number) => instant(NOW + seconds * 1000);
  const put = seen({ id: 'put', name: 'PutObject', actions: ['s3:PutObject'], at: at(90), actor });
  const denied = seen({ id: 'denied', outcome: 'denied', errorCode: 'AccessDenied', at: at(60), actor });
  await keep(hub, id, put, denied);
  const { status, body } = await hub.call(byToken('david'), 'GET', `/elevations/${id}/activity`);
  expect(status).toBe(200);
  expect(body['events']).toMatchObject([
    { eventId: 'denied', outcome: 'denied', errorCode: 'AccessDenied', as: 'session', session: 1 },
    { eventId: 'put', outcome: 'allowed', actions: ['s3:PutObject'], as: 'session', session: 1 },
  ]);
  expect(body['truncated']).toBe(false);
});

test('what does not fit is told with it', async () => {
  const hub = startHub();
  const { id, actor } = await lent(hub);
  await keep(hub, id, seen({ id: 'late', at: instant(NOW + 2 * 3_600_000), actor }));
  const { body } = await hub.call(byToken('ruth'), 'GET', `/elevations/${id}/activity`);
  expect(body['findings']).toMatchObject([{ code: 'use-after-end', eventId: 'late' }]);
});

test('where more was written than is read, the answer is marked, also if little of it is to be shown', async () => {
  const hub = startHub();
  const { id, actor } = await lent(hub);
  const copy = seen({ actor });
  const under: Hub['usage']['under'] = async function* () {
    for (let n = 0; n < 50_001; n++) yield copy;
  };
  Object.assign(hub.usage, { under });
  const { body } = await hub.call(byToken('david'), 'GET', `/elevations/${id}/activity`);
  expect(body['events']).toHaveLength(1);
  expect(body['truncated']).toBe(true);
});

test('an elevation of which nothing was seen has no events', async () => {
  const hub = startHub();
  const { id } = await lent(hub);
  const { body } = await hub.call(byToken('otto'), 'GET', `/elevations/${id}/activity`);
  expect([body['events'], body['findings']]).toEqual([[], []]);
});

test.each([
  ['somebody who may not read the elevation', 'nina'],
  ['another developer', 'dora'],
])('%s is told that there is none', async (_title, person) => {
  const hub = startHub();
  const { id } = await lent(hub);
  const { status } = await hub.call(byToken(person), 'GET', `/elevations/${id}/activity`);
  expect(status).toBe(404);
});
