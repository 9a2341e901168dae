import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Attributes, attributes } from '../../../shared/adapters/dynamodb/conditional-write.ts';
import { dynamoDbStore } from '../../../shared/adapters/dynamodb/dynamodb-store.ts';
import { itemOf } from '../../../shared/adapters/dynamodb/elevation-item.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { open } from '../../../shared/app/elevation-book.ts';
import type { Request } from '../../../shared/domain/elevation.ts';
import type { ElevationEvent } from '../../../shared/domain/events.ts';
import { extended } from '../../../shared/domain/history.ts';
import { formatInstant, instant } from '../../../shared/domain/instant.ts';
import type { ElevationStore, SealedElevation } from '../../../shared/ports/elevation-store.ts';
import { caller, NOW } from '../../domain/story.ts';
import { gathered } from '../../gathered.ts';
import { idsOf } from '../contract/elevation-lists.ts';
import { followed, freshId, freshPerson, nextOf, recordOf, requestOf } from '../contract/elevations.ts';
import { sessionRecord } from '../contract/session-records.ts';
import { bookOver, sealedElevation } from './sealed-elevation.ts';
import { startTable, type TestTable } from './table.ts';

const DAY_MS = 86_400_000;

let opened: TestTable;
let store: ElevationStore;
beforeAll(async () => {
  opened = await startTable();
  store = dynamoDbStore(opened.table, sha256);
}, 60_000);
afterAll(() => opened.stop());

/** Writes an item as somebody would who has got hold of the table. */
async function putByHand(item: Attributes): Promise<void> {
  await opened.table.client.send(new PutItemCommand({ TableName: opened.table.name, Item: item }));
}

describe('a history whose hashes were made anew', () => {
  const pending = (request: Request) => recordOf(request);
  const agreed = (request: Request) => recordOf(request, followed.approved(request));
  const other = requestOf();
  test.each<[string, (request: Request) => SealedElevation, (request: Request) => ElevationEvent]>([
    ["the requester's own approval", pending, (request) => followed.approved(request, request.person)],
    ['an approval of another request', pending, () => followed.approved(other)],
    ['an issue before any approval', pending, (request) => followed.issued(request, 1)],
    ['an issue that skips a number', agreed, (request) => followed.issued(request, 2)],
    ['an issue to somebody else', agreed, (request) => followed.issued(request, 1, 'tess')],
    ['an approval too many', agreed, (request) => followed.approved(request, 'rob')],
    [
      'a second request',
      agreed,
      (request) => ({ ...followed.issued(request, 1), type: 'requested', request }),
    ],
  ])('and that holds %s is damaged', async (_what, before, event) => {
    const request = requestOf();
    const { elevation, history } = before(request);
    const forged = extended(history, [event(request)], sha256);
    await putByHand(attributes(itemOf({ elevation, history: forged, seal: 'any' })));
    expect(await store.read(request.id)).toEqual({ damaged: request.id });
  });

  test('and that is consistent from end to end is betrayed by its seal alone', async () => {
    const sealed = await sealedElevation(store);
    const { request } = sealed.elevation;
    const forged = { ...nextOf(sealed, followed.issued(request, 3)), seal: sealed.seal };
    await putByHand(attributes(itemOf(forged)));
    expect(await store.read(request.id)).toEqual(forged);
    const outcome = await open(bookOver(store), request.id);
    expect(outcome).toMatchObject({ refusal: { code: 'record-damaged' } });
  });
});

describe('a list', () => {
  test('shows everything but what is damaged, wherever its pages end', async () => {
    const person = freshPerson();
    const requests = [0, 1, 2].map((second) =>
      requestOf({ person, requestedAt: instant(NOW + second * 1000) }),
    );
    for (const request of requests) await store.create(recordOf(request));
    // Newer than all, between them, and older than all, since a text orders an index whether it is a time or not.
    for (const [n, requestedAt] of ['later', '2026-11-24T09:00:00.500Z', '!'].entries())
      for (const pk of [`by hand ${n}`, `elevation#${freshId()}`])
        await putByHand(attributes({ pk, sk: 'elevation', gsiPerson: person, requestedAt }));
    const ids = requests.map(({ id }) => id).toReversed();
    for (const limit of [1, 2, 10]) expect(await idsOf(store, { by: 'person', person }, limit)).toEqual(ids);
  });
});

describe('a session', () => {
  const session = sessionRecord(requestOf().id, 1);
  const { elevation: id, accessKeyId, ...rest } = session;
  test.each<[string, unknown]>([
    ['a text', 'x'],
    ['without its key id', { elevation: id, ...rest }],
    ['with a member more', { ...session, secret: 'x' }],
    ['of another elevation', { ...session, elevation: requestOf().id }],
    ['that expires at no time', { ...session, expiresAt: 'soon' }],
    ['that expires later than any time', { ...session, expiresAt: Number.MAX_SAFE_INTEGER }],
  ])('that is %s is left out', async (_what, edited) => {
    const another = sessionRecord(id, 2);
    await store.recordSession(another);
    await putByHand(attributes({ pk: `elevation#${id}`, sk: 'session#0001', session: Object(edited) }));
    expect(await store.sessionsOf(id)).toEqual([another]);
  });

  test('whose number JSON does not have is left out', async () => {
    const lone = requestOf().id;
    await putByHand({
      ...attributes({ pk: `elevation#${lone}`, sk: 'session#0001' }),
      session: { M: { n: { N: '12345678901234567890.5' } } },
    });
    expect(await store.sessionsOf(lone)).toEqual([]);
  });
});

describe('an attempt that somebody has written', () => {
  const attempt = { elevation: requestOf().id, by: caller('david'), at: instant(NOW + DAY_MS) };
  const index = { gsiState: 'self-approval', requestedAt: formatInstant(attempt.at) };
  const found = () =>
    gathered(store.attemptsBetween({ from: attempt.at, until: instant(attempt.at + DAY_MS) }));

  test.each<[string, unknown]>([
    ['a text', 'x'],
    ['on another elevation', { ...attempt, elevation: requestOf().id }],
    ['by a person of no name', { ...attempt, by: { ...attempt.by, person: 'Not a handle' } }],
    ['through no door', { ...attempt, by: { ...attempt.by, door: 'window' } }],
    ['at no time', { ...attempt, at: 'soon' }],
  ])('and that is %s is left out', async (_what, edited) => {
    const place = { pk: `elevation#${attempt.elevation}`, sk: 'self-approval#by hand' };
    await putByHand(attributes({ ...place, ...index, attempt: Object(edited) }));
    await store.recordAttempt(attempt);
    expect(await found()).toEqual([attempt]);
  });

  test('and whose number JSON does not have is left out', async () => {
    const place = { pk: `elevation#${attempt.elevation}`, sk: 'self-approval#by hand' };
    await putByHand({
      ...attributes({ ...place, ...index }),
      attempt: { M: { at: { N: '12345678901234567890.5' } } },
    });
    await store.recordAttempt(attempt);
    expect(await found()).toEqual([attempt]);
  });
});
