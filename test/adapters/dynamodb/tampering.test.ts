import { type AttributeValue, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Attributes, attributes } from '../../../shared/adapters/dynamodb/conditional-write.ts';
import { dynamoDbStore } from '../../../shared/adapters/dynamodb/dynamodb-store.ts';
import { itemOf } from '../../../shared/adapters/dynamodb/elevation-item.ts';
import { elevationKey } from '../../../shared/adapters/dynamodb/keys.ts';
import { memorySeal } from '../../../shared/adapters/memory/memory-seal.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { type BookPorts, begin, decideAndAppend, open } from '../../../shared/app/elevation-book.ts';
import type { Request } from '../../../shared/domain/elevation.ts';
import type { ElevationId } from '../../../shared/domain/elevation-id.ts';
import type { ElevationEvent } from '../../../shared/domain/events.ts';
import { extended } from '../../../shared/domain/history.ts';
import type { ElevationStore, SealedElevation } from '../../../shared/ports/elevation-store.ts';
import { caller } from '../../domain/story.ts';
import { duration } from '../../domain/values.ts';
import { followed, freshId, nextOf, recordOf, requestOf } from '../contract/elevations.ts';
import { editsOf } from './edits.ts';
import { startTable, type TestTable } from './table.ts';

let opened: TestTable;
let store: ElevationStore;
let book: BookPorts;
beforeAll(async () => {
  opened = await startTable();
  store = dynamoDbStore(opened.table, sha256);
  book = { store, seal: memorySeal('the key of the test'), sha256, log: () => undefined };
}, 60_000);
afterAll(() => opened.stop());

/** Writes an item as somebody would who has got hold of the table. */
async function putByHand(item: Attributes): Promise<void> {
  await opened.table.client.send(new PutItemCommand({ TableName: opened.table.name, Item: item }));
}

async function itemAt(id: ElevationId): Promise<Attributes> {
  const { Item } = await opened.table.client.send(
    new GetItemCommand({
      TableName: opened.table.name,
      Key: attributes(elevationKey(id)),
      ConsistentRead: true,
    }),
  );
  if (Item === undefined) throw new Error(`The test has stored no ${id}.`);
  return Item;
}

/** An elevation with everything that a record can have, sealed: two approvals with comments, ticket, scope, issues. */
async function sealedElevation(): Promise<SealedElevation> {
  const by = ['group:release-managers', 'group:operators'];
  const approval = { by, count: 2, within: duration('2h'), mfaWithin: duration('15m') };
  const request = requestOf({ requirements: { mfa: { within: duration('15m'), each: 'issue' }, approval } });
  const { id, requestedAt: at } = request;
  const begun = await begin(book, id, { type: 'requested', by: caller('david'), at, request });
  if ('refusal' in begun) throw new Error(begun.refusal.detail);
  const events = [
    followed.approved(request, 'ruth'),
    followed.approved(request, 'rob'),
    followed.issued(request, 1),
    followed.issued(request, 2),
  ];
  const approved = await decideAndAppend(book, begun.value.sealed, ({ approvals }) => ({
    value: approvals.length === 0 ? events : [],
  }));
  if ('refusal' in approved) throw new Error(approved.refusal.detail);
  return approved.value;
}

/** DynamoDB takes nothing but a text, or nothing at all, for what is a key of an index. */
const INDEX_KEYS: readonly string[] = ['gsiPerson', 'gsiRole', 'gsiState', 'requestedAt'];

function mayStand(attribute: string, edited: AttributeValue | undefined): boolean {
  return !INDEX_KEYS.includes(attribute) || edited === undefined || edited.S !== undefined;
}

/** The item with one attribute changed, or without it. */
function edit(item: Attributes, attribute: string, edited: AttributeValue | undefined): Attributes {
  const others = Object.entries(item).filter(([name]) => name !== attribute);
  return Object.fromEntries(edited === undefined ? others : [...others, [attribute, edited]]);
}

async function codeOfOpening(id: ElevationId): Promise<string> {
  const outcome = await open(book, id);
  return 'refusal' in outcome ? outcome.refusal.code : 'opened';
}

describe('an edit by hand', () => {
  const ATTRIBUTES = [
    ...['version', 'elevation', 'history', 'seal'],
    ...['gsiPerson', 'gsiRole', 'gsiState', 'requestedAt'],
  ];

  test('can be of these attributes, or of the key', async () => {
    const { elevation } = await sealedElevation();
    const stored = Object.keys(await itemAt(elevation.request.id));
    expect(new Set(stored)).toEqual(new Set(['pk', 'sk', ...ATTRIBUTES]));
  });

  test.each(ATTRIBUTES)('anywhere in %s is seen: nothing is decided or issued on it', async (attribute) => {
    const sealed = await sealedElevation();
    const { id } = sealed.elevation.request;
    const item = await itemAt(id);
    const edits = editsOf(item[attribute] ?? { NULL: true }, attribute);
    const possible = edits.filter(({ edited }) => mayStand(attribute, edited));
    const [unseen, undamaged]: [string[], string[]] = [[], []];
    for (const { what, edited } of possible) {
      await putByHand(edit(item, attribute, edited));
      const stored = await store.read(id);
      if (stored === undefined || !('damaged' in stored)) undamaged.push(what);
      if ((await codeOfOpening(id)) !== 'record-damaged') unseen.push(what);
    }
    expect(unseen).toEqual([]);
    // Whether another text of the seal is the true one, only the key can say.
    expect(undamaged).toEqual(attribute === 'seal' ? [`seal as {"S":"${sealed.seal}x"}`] : []);
    await putByHand(item);
    expect(await codeOfOpening(id)).toBe('opened');
  });

  test.each<[string, AttributeValue]>([
    ['added', { S: 'x' }],
    ['expiresAt', { N: '1' }],
    ['__proto__', { M: { history: { L: [] } } }],
  ])('that adds the attribute %s is seen', async (name, value) => {
    const { elevation } = await sealedElevation();
    const { id } = elevation.request;
    await putByHand(edit(await itemAt(id), name, value));
    expect(await store.read(id)).toEqual({ damaged: id });
    expect(await codeOfOpening(id)).toBe('record-damaged');
  });

  test('that copies a record under another id is seen', async () => {
    const { elevation } = await sealedElevation();
    const other = freshId();
    await putByHand({ ...(await itemAt(elevation.request.id)), ...attributes(elevationKey(other)) });
    expect(await store.read(other)).toEqual({ damaged: other });
  });

  test("that puts another elevation's true seal in its place is seen", async () => {
    const [one, other] = [await sealedElevation(), await sealedElevation()];
    const { id } = one.elevation.request;
    await putByHand(edit(await itemAt(id), 'seal', { S: other.seal }));
    expect(await codeOfOpening(id)).toBe('record-damaged');
  });

  test('that leaves nothing but the key is seen, and does not count as nothing', async () => {
    const id = freshId();
    await putByHand(attributes(elevationKey(id)));
    expect(await store.read(id)).toEqual({ damaged: id });
    expect(await store.create(recordOf(requestOf({ id })))).toEqual({ damaged: id });
  });

  test('is told to whoever loses a race against it', async () => {
    const request = requestOf();
    const pending = recordOf(request);
    await store.create(pending);
    await putByHand(edit(await itemAt(request.id), 'version', { N: '7' }));
    const approved = nextOf(pending, followed.approved(request));
    expect(await store.replace(1, approved)).toEqual({ damaged: request.id });
  });
});

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
    ['a second approval too many', agreed, (request) => followed.approved(request, 'rob')],
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
    const { elevation, history, seal } = await sealedElevation();
    const { request } = elevation;
    const forged = nextOf({ elevation, history, seal }, followed.issued(request, 3));
    await putByHand(attributes(itemOf({ ...forged, seal })));
    expect(await store.read(request.id)).toEqual({ ...forged, seal });
    expect(await codeOfOpening(request.id)).toBe('record-damaged');
  });
});
