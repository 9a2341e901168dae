import { dynamoDbAnnouncements } from '../../../shared/adapters/dynamodb/announcements.ts';
import { auditLogOrder } from '../../../shared/adapters/dynamodb/audit-log-order.ts';
import { readItem } from '../../../shared/adapters/dynamodb/conditional-write.ts';
import { dynamoDbStore } from '../../../shared/adapters/dynamodb/dynamodb-store.ts';
import { slackCodeKey, slackRequestKey } from '../../../shared/adapters/dynamodb/keys.ts';
import { dynamoDbSeenRequests } from '../../../shared/adapters/dynamodb/seen-requests.ts';
import { dynamoDbSlackLinks } from '../../../shared/adapters/dynamodb/slack-links.ts';
import { memoryLogStorage } from '../../../shared/adapters/memory/memory-audit-log.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { appendToLog } from '../../../shared/app/append-to-log.ts';
import { auditLogOf } from '../../../shared/app/audit-log-of.ts';
import { instant } from '../../../shared/domain/instant.ts';
import type { ListedBy } from '../../../shared/ports/elevation-store.ts';
import { NOW } from '../../domain/story.ts';
import { TOLD } from '../contract/announcements.ts';
import { freshPerson, recordOf, requestOf } from '../contract/elevations.ts';
import { sessionRecord } from '../contract/session-records.ts';
import {
  entryOf,
  freshElevation,
  freshEvent,
  freshUser,
  linkEvents,
  sealedLink,
  second,
} from '../contract/subjects.ts';
import { loseNextAnswer, operationsOf } from './calls.ts';
import { startTable, type TestTable } from './table.ts';

let opened: TestTable;
let sent: string[];
beforeAll(async () => {
  opened = await startTable();
  sent = operationsOf(opened.table.client);
}, 60_000);
beforeEach(() => sent.splice(0));
afterAll(() => opened.stop());

const announcements = () => dynamoDbAnnouncements(opened.table);
const links = () => dynamoDbSlackLinks(opened.table);
const END = second(75);

test('each operation is one call, a taking two, and none a scan', async () => {
  const [user, said] = [freshUser(), freshEvent()];
  const taken = await announcements().take(said.subject, NOW, END);
  if (taken === undefined) throw new Error('Nobody else should have it.');
  const saved = await announcements().save(taken, TOLD);
  if (saved !== undefined) await announcements().release(saved, NOW);
  await announcements().due(NOW, 5);
  expect(sent.splice(0)).toEqual(['GetItem', 'PutItem', 'PutItem', 'PutItem', 'Query']);
  await links().write(0, sealedLink(user, linkEvents.linked('david')));
  await links().read(user);
  await links().ofPerson(freshPerson());
  await links().keepCode(sha256(user.user), user, END);
  await links().useCode(sha256(user.user), freshPerson(), NOW);
  expect(sent.splice(0)).toEqual(['PutItem', 'GetItem', 'Query', 'PutItem', 'UpdateItem']);
  const order = auditLogOrder(opened.table);
  await order.head();
  await order.mark(entryOf(undefined, said));
  await order.placeOf(said);
  expect(sent).toEqual(['GetItem', 'PutItem', 'GetItem']);
});

test('what lies beside elevations and people is in no list of elevations, nor among sessions', async () => {
  const request = requestOf({ person: freshPerson() });
  const subject = { kind: 'elevation', id: request.id } as const;
  const store = dynamoDbStore(opened.table, sha256);
  await store.create(recordOf(request));
  await store.recordSession(sessionRecord(request.id, 1));
  await announcements().take(subject, NOW, END);
  await auditLogOrder(opened.table).mark(entryOf(undefined, { ...freshEvent(), subject }));
  await links().write(0, sealedLink(freshUser(), linkEvents.linked(request.person, second(1))));
  const lists: readonly ListedBy[] = [
    { by: 'person', person: request.person },
    { by: 'state', state: 'pending' },
  ];
  // Of one a page: what came before it in an index would leave the first page empty.
  for (const listed of lists)
    expect(await store.list(listed, { limit: 1 })).toMatchObject({ elevations: [recordOf(request)] });
  expect(await store.sessionsOf(request.id)).toEqual([sessionRecord(request.id, 1)]);
});

test('more announcements than a page of DynamoDB holds are all due', async () => {
  const text = 'x'.repeat(300_000); // a page has at most 1 MB: Developer Guide, "Paginating table query results"
  const big = { ...TOLD, messages: { card: { channel: text, intendedAt: NOW } } };
  const subjects = Array.from({ length: 7 }, () => freshElevation());
  for (const [index, subject] of subjects.entries()) {
    const taken = await announcements().take(subject, NOW, END);
    const saved = taken && (await announcements().save(taken, big));
    if (saved !== undefined) await announcements().release(saved, instant(index + 1));
  }
  sent.splice(0);
  expect(await announcements().due(instant(7), 100)).toEqual(subjects);
  expect(sent.length).toBeGreaterThan(1);
  expect(await announcements().due(instant(7), 6)).toEqual(subjects.slice(0, 6));
});

test('DynamoDB deletes codes and seen requests, not before their time', async () => {
  const [user, until] = [freshUser(), instant(second(600) + 1)];
  const hash = sha256(user.user);
  await links().keepCode(hash, user, until);
  await dynamoDbSeenRequests(opened.table).isFirst(hash, until);
  const wholeSeconds = { N: String(second(601) / 1000) };
  for (const key of [slackCodeKey(hash), slackRequestKey(hash)])
    expect(await readItem(opened.table, key)).toMatchObject({ expiresAt: wholeSeconds });
});

describe('a write whose answer is lost, and which the SDK repeats', () => {
  test('leaves a subject to nobody, until it is due again', async () => {
    const subject = freshElevation();
    loseNextAnswer(opened.table.client, 'PutItem');
    expect(await announcements().take(subject, NOW, END)).toBeUndefined();
    expect(await announcements().due(instant(END + 1), 10_000)).toContainEqual(subject);
    expect(await announcements().take(subject, instant(END + 1), second(200))).toMatchObject({ version: 2 });
  });

  test('has written the link', async () => {
    const link = sealedLink(freshUser(), linkEvents.linked('david'));
    loseNextAnswer(opened.table.client);
    expect(await links().write(0, link)).toBe(false);
    expect(await links().read(link.of)).toEqual(link);
  });

  test('keeps and uses a code as if nothing had happened', async () => {
    const [user, person] = [freshUser(), freshPerson()];
    loseNextAnswer(opened.table.client);
    await links().keepCode(sha256(user.user), user, END);
    loseNextAnswer(opened.table.client);
    expect(await links().useCode(sha256(user.user), person, NOW)).toEqual(user);
  });

  test('has taken a request for seen, so that no replay passes', async () => {
    loseNextAnswer(opened.table.client);
    const seen = dynamoDbSeenRequests(opened.table);
    expect(await seen.isFirst(sha256(freshUser().user), END)).toBe(false);
  });

  test('appends an event to the log once', async () => {
    const [said, storage] = [freshEvent(), memoryLogStorage()];
    const order = auditLogOrder(opened.table);
    const log = auditLogOf({ ...order, advance: losing(order.advance), mark: losing(order.mark) }, storage);
    await appendToLog(log, sha256, said);
    expect(storage.entries().map((entry) => entry.said)).toEqual([said]);
    expect(await order.placeOf(said)).toBe((await order.head())?.n);
  });
});

/** The same call, whose answer is lost each time. */
function losing<Given, Answer>(call: (given: Given) => Promise<Answer>): (given: Given) => Promise<Answer> {
  return (given) => {
    loseNextAnswer(opened.table.client);
    return call(given);
  };
}
