import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Attributes, attributes } from '../../../shared/adapters/dynamodb/conditional-write.ts';
import { dynamoDbStore } from '../../../shared/adapters/dynamodb/dynamodb-store.ts';
import { itemOf } from '../../../shared/adapters/dynamodb/elevation-item.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { open } from '../../../shared/app/elevation-book.ts';
import type { ElevationId } from '../../../shared/domain/elevation-id.ts';
import type { ElevationStore, StoredElevation } from '../../../shared/ports/elevation-store.ts';
import { followed, freshId, nextOf } from '../contract/elevations.ts';
import { editsOf, withMember } from './edits.ts';
import { type OneItemEndpoint, startOneItemEndpoint } from './one-item-endpoint.ts';
import { bookOver, sealedElevation } from './sealed-elevation.ts';

let endpoint: OneItemEndpoint;
let store: ElevationStore;
beforeAll(async () => {
  endpoint = await startOneItemEndpoint();
  store = dynamoDbStore(endpoint.table, sha256);
});
afterAll(() => endpoint.stop());

/** What the store and the book say of an item that somebody has put there. */
async function seen(id: ElevationId, item: Attributes): Promise<{ stored: unknown; opened: string }> {
  endpoint.hold(item);
  const stored = await store.read(id);
  return { stored, opened: await opening(id, stored) };
}

async function opening(id: ElevationId, stored: StoredElevation | undefined): Promise<string> {
  const outcome = await open(bookOver({ ...store, read: async () => stored }), id);
  return 'refusal' in outcome ? outcome.refusal.code : 'opened';
}

const ATTRIBUTES = [
  ...['version', 'elevation', 'history', 'seal'],
  ...['gsiPerson', 'gsiRole', 'gsiState', 'requestedAt'],
];

test('an item has these attributes and its key', async () => {
  const item = itemOf(await sealedElevation());
  expect(new Set(Object.keys(item))).toEqual(new Set(['pk', 'sk', ...ATTRIBUTES]));
});

test('an item that nobody has edited opens', async () => {
  const sealed = await sealedElevation();
  const { id } = sealed.elevation.request;
  expect(await seen(id, attributes(itemOf(sealed)))).toEqual({ stored: sealed, opened: 'opened' });
});

test.each(ATTRIBUTES)(
  'any edit anywhere in %s is seen: nothing is decided or issued on it',
  async (name) => {
    const sealed = await sealedElevation();
    const { id } = sealed.elevation.request;
    const item = attributes(itemOf(sealed));
    const [opened, undamaged]: [string[], string[]] = [[], []];
    for (const { what, edited } of editsOf(item[name] ?? { NULL: true }, name)) {
      const told = await seen(id, withMember(item, name, edited));
      if (told.opened !== 'record-damaged') opened.push(what);
      if (!Object.hasOwn(Object(told.stored), 'damaged')) undamaged.push(what);
    }
    expect(opened).toEqual([]);
    // Whether another text of the seal is the true one, only the key can say.
    expect(undamaged).toEqual(name === 'seal' ? [`seal as {"S":"${sealed.seal}x"}`] : []);
  },
  60_000,
);

test.each<[string, AttributeValue]>([
  ['added', { S: 'x' }],
  ['expiresAt', { N: '1' }],
  ['__proto__', { M: { history: { L: [] } } }],
  ['constructor', { S: 'x' }],
])('an attribute more, named %s, is seen', async (name, value) => {
  const sealed = await sealedElevation();
  const { id } = sealed.elevation.request;
  const told = await seen(id, withMember(attributes(itemOf(sealed)), name, value));
  expect(told).toEqual({ stored: { damaged: id }, opened: 'record-damaged' });
});

test('a record copied under another id is seen', async () => {
  const item = attributes(itemOf(await sealedElevation()));
  const [asIs, renamed] = [freshId(), freshId()];
  expect((await seen(asIs, item)).opened).toBe('record-damaged');
  const copy = { ...item, pk: { S: `elevation#${renamed}` } };
  expect(await seen(renamed, copy)).toEqual({ stored: { damaged: renamed }, opened: 'record-damaged' });
});

test("another elevation's true seal does not fit", async () => {
  const [sealed, other] = [await sealedElevation(), await sealedElevation()];
  const told = await seen(sealed.elevation.request.id, attributes(itemOf({ ...sealed, seal: other.seal })));
  expect(told.opened).toBe('record-damaged');
});

test('an item of nothing but the key is not nothing', async () => {
  const id = freshId();
  const told = await seen(id, attributes({ pk: `elevation#${id}`, sk: 'elevation' }));
  expect(told).toEqual({ stored: { damaged: id }, opened: 'record-damaged' });
});

test('who loses a race against an edited item is told that it is damaged', async () => {
  const sealed = await sealedElevation();
  const { request } = sealed.elevation;
  endpoint.hold({ ...attributes(itemOf(sealed)), version: { N: '9' } });
  const next = nextOf(sealed, followed.revoked(request));
  expect(await store.replace(sealed.history.length, next)).toEqual({ damaged: request.id });
  expect(await store.create(sealed)).toEqual({ damaged: request.id });
});

test('the item that comes with a failed condition is the winner, without another call', async () => {
  const winner = await sealedElevation();
  endpoint.hold(attributes(itemOf(winner)));
  endpoint.calls.splice(0);
  expect(await store.create(winner)).toEqual(winner);
  expect(await store.replace(1, winner)).toEqual(winner);
  expect(endpoint.calls.map(({ operation }) => operation)).toEqual(['PutItem', 'PutItem']);
});

test('what is decided on is read consistently, and so are its sessions', async () => {
  const id = freshId();
  endpoint.calls.splice(0);
  await store.read(id);
  await store.sessionsOf(id);
  expect(endpoint.calls).toMatchObject([
    { operation: 'GetItem', input: { ConsistentRead: true } },
    { operation: 'Query', input: { ConsistentRead: true } },
  ]);
});
