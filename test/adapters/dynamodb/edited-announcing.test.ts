import { announcementItem } from '../../../shared/adapters/dynamodb/announcement-item.ts';
import { dynamoDbAnnouncements } from '../../../shared/adapters/dynamodb/announcements.ts';
import { auditLogOrder } from '../../../shared/adapters/dynamodb/audit-log-order.ts';
import {
  type Attributes,
  attributes,
  type Item,
} from '../../../shared/adapters/dynamodb/conditional-write.ts';
import { linkItem } from '../../../shared/adapters/dynamodb/slack-link-item.ts';
import { dynamoDbSlackLinks } from '../../../shared/adapters/dynamodb/slack-links.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { canonicalJson } from '../../../shared/domain/canonical-json.ts';
import { instant } from '../../../shared/domain/instant.ts';
import type { Subject } from '../../../shared/domain/subject.ts';
import type { SealedLink } from '../../../shared/ports/slack-links.ts';
import { NOW } from '../../domain/story.ts';
import { handle } from '../../domain/values.ts';
import { TOLD } from '../contract/announcements.ts';
import {
  entryOf,
  freshElevation,
  freshEvent,
  freshLinkSubject,
  freshUser,
  linkEvents,
  sealedLink,
  second,
} from '../contract/subjects.ts';
import { editsOf, withMember } from './edits.ts';
import { type OneItemEndpoint, startOneItemEndpoint } from './one-item-endpoint.ts';

let endpoint: OneItemEndpoint;
beforeAll(async () => {
  endpoint = await startOneItemEndpoint();
});
afterAll(() => endpoint.stop());

/** The item with one of its attributes changed by hand, in every way. */
function editedItems(item: Attributes): readonly { readonly what: string; readonly item: Attributes }[] {
  const changed = Object.entries(item)
    .filter(([name]) => name !== 'pk' && name !== 'sk')
    .flatMap(([name, value]) =>
      editsOf(value, name).map(({ what, edited }) => ({ what, item: withMember(item, name, edited) })),
    );
  const more = ['added', '__proto__', 'constructor'].map((name) => ({
    what: `${name} added`,
    item: withMember(item, name, { M: {} }),
  }));
  return [...changed, ...more];
}

/** The edits after which an item is still taken for one of ours. */
async function accepted(item: Attributes, read: () => Promise<unknown>): Promise<readonly string[]> {
  const taken: string[] = [];
  for (const { what, item: edited } of editedItems(item)) {
    endpoint.hold(edited);
    if ((await read().catch(() => undefined)) !== undefined) taken.push(what);
  }
  return taken;
}

/** What no shape can tell: announcements have no seal, since nothing is decided on them. */
const UNTOLD_EDITS: readonly string[] = [
  'version as {"N":"8"}',
  'progress.logged as {"N":"3"}',
  'progress.sent as {"N":"2"}',
  'progress.messages as {"M":{}}',
  'progress.messages.card removed',
  'progress.messages.card.channel as {"S":"C0RELEASESx"}',
  `progress.messages.card.intendedAt as {"N":"${NOW + 1}"}`,
  'progress.messages.card.ts removed',
  'progress.messages.card.ts as {"S":"1795510800.000100x"}',
  'progress.messages.card.shown removed',
  'progress.messages.direct:2 removed',
  'progress.messages.direct:2.channel as {"S":"D0DAVIDx"}',
  `progress.messages.direct:2.intendedAt as {"N":"${NOW + 1001}"}`,
];

describe('of an announcement', () => {
  const subject = freshElevation();
  const item = attributes(announcementItem(subject, { version: 7, dueAt: second(9), progress: TOLD }));
  /** NB. The endpoint takes no write, so what is read shows in the write that is tried. */
  const read = async () => {
    endpoint.calls.splice(0);
    await dynamoDbAnnouncements(endpoint.table).take(subject, NOW, second(75));
    return endpoint.calls.find(({ operation }) => operation === 'PutItem');
  };

  test('no edit is taken for something that Drawbridge wrote, but one count, time or text for another', async () => {
    expect(await accepted(item, read)).toEqual(UNTOLD_EDITS);
  }, 60_000);

  test.each<[string, Subject]>([
    ['an elevation', freshElevation()],
    ['a link', freshLinkSubject()],
  ])('one beside %s that is damaged is named, and nothing is written', async (_what, damaged) => {
    endpoint.hold({
      ...attributes(announcementItem(damaged, { version: 1, progress: TOLD })),
      progress: { M: {} },
    });
    endpoint.calls.splice(0);
    const key = announcementItem(damaged, { version: 1, progress: TOLD });
    await expect(dynamoDbAnnouncements(endpoint.table).take(damaged, NOW, second(75))).rejects.toThrow(
      `${key.pk} / announcement`,
    );
    expect(endpoint.calls.map(({ operation }) => operation)).toEqual(['GetItem']);
  });

  test('one that lies beside another subject is damaged', async () => {
    endpoint.hold(item);
    await expect(
      dynamoDbAnnouncements(endpoint.table).take(freshElevation(), NOW, second(75)),
    ).rejects.toThrow('not as Drawbridge wrote it');
  });

  test('a due one beside nothing is left out, and the others are not', async () => {
    for (const pk of ['nothing', 'elevation#', 'elevation#x', 'slack-user#T024BE7LD', 'slack-user#x#y']) {
      endpoint.hold(attributes({ pk, sk: 'announcement' }));
      expect(await dynamoDbAnnouncements(endpoint.table).due(NOW, 5)).toEqual([]);
    }
    endpoint.hold(item);
    expect(await dynamoDbAnnouncements(endpoint.table).due(NOW, 5)).toEqual([subject]);
  });
});

describe('of a link', () => {
  const link = sealedLink(
    freshUser(),
    linkEvents.linked('david'),
    linkEvents.unlinked('david'),
    linkEvents.linked('dora'),
  );
  const item = attributes(linkItem(link));
  const links = () => dynamoDbSlackLinks(endpoint.table);

  test('an edit is no link, or another one than was sealed', async () => {
    const unchanged: string[] = [];
    for (const { what, item: edited } of editedItems(item)) {
      endpoint.hold(edited);
      const read = await links().read(link.of);
      if (read !== undefined && sealedPart(read) === sealedPart(link)) unchanged.push(what);
    }
    expect(unchanged).toEqual([]);
  }, 60_000);

  test('a link under the key of another user is none', async () => {
    const { pk } = linkItem(sealedLink(freshUser()));
    endpoint.hold(attributes({ ...linkItem(link), pk }));
    expect(await links().read(link.of)).toBeUndefined();
  });

  test('an item of anything else is no link, and no list fails on it', async () => {
    const items: readonly Item[] = [
      { pk: linkItem(link).pk, sk: 'slack-link' },
      linkItem({ ...link, history: [] }),
      linkItem({ ...link, of: { team: 'T024BE7LD', user: 'U#DAVID00' } }),
      announcementItem(freshElevation(), { version: 1, progress: TOLD }),
    ];
    for (const one of items) {
      endpoint.hold(attributes(one));
      expect(await links().read(link.of)).toBeUndefined();
      expect(await links().ofPerson(handle('dora'))).toEqual([]);
    }
  });

  test('a link that the index lists under another person is left out', async () => {
    endpoint.hold(item);
    expect(await links().ofPerson(handle('dora'))).toEqual([link]);
    expect(await links().ofPerson(handle('david'))).toEqual([]);
  });
});

/** What a seal covers, and the seal. */
function sealedPart({ of, history, seal }: SealedLink): string {
  return JSON.stringify([of, history, seal]);
}

describe('of the audit log', () => {
  const order = () => auditLogOrder(endpoint.table);
  const entry = entryOf(entryOf(undefined, freshEvent()), freshEvent());

  test('an edited head is another entry than was hashed, or is named', async () => {
    const item = attributes({ pk: 'audit-log', sk: 'head', version: entry.n, entry });
    const unseen: string[] = [];
    for (const { what, item: edited } of editedItems(item)) {
      endpoint.hold(edited);
      const read = await order()
        .head()
        .catch((error: Error) => error.message);
      const isNamed = typeof read === 'string' && read.includes('audit-log / head');
      const isAnother = typeof read === 'object' && JSON.stringify(read) !== JSON.stringify(entry);
      if (!isNamed && !isAnother) unseen.push(what);
    }
    expect(unseen).toEqual([]);
  }, 60_000);

  test('an edited place is another number, or is named', async () => {
    const { pk } = announcementItem(entry.said.subject, { version: 1, progress: TOLD });
    const said = sha256(canonicalJson(entry.said));
    const item = attributes({ pk, sk: 'logged#0001', place: 2, said });
    endpoint.hold(item);
    expect(await order().placeOf(entry.said)).toBe(2);
    expect(await accepted(item, () => order().placeOf(entry.said))).toEqual(['place as {"N":"3"}']);
    const { event } = entry.said;
    const other = { ...entry.said, event: { ...event, at: instant(event.at + 1) } };
    endpoint.hold(item);
    await expect(order().placeOf(other)).rejects.toThrow('the record was rolled back');
    endpoint.hold(attributes({ pk, sk: 'logged#0001', place: 'two', said }));
    await expect(order().placeOf(entry.said)).rejects.toThrow(`${pk} / logged#0001`);
    await expect(order().mark(entry)).rejects.toThrow(`${pk} / logged#0001`);
  });
});

test('what is decided on is read consistently', async () => {
  endpoint.hold({});
  endpoint.calls.splice(0);
  const ignored = () => undefined;
  await dynamoDbAnnouncements(endpoint.table).take(freshElevation(), NOW, second(75)).catch(ignored);
  await dynamoDbSlackLinks(endpoint.table).read(freshUser());
  await auditLogOrder(endpoint.table).head().catch(ignored);
  await auditLogOrder(endpoint.table).placeOf(freshEvent()).catch(ignored);
  const reads = endpoint.calls.filter(({ operation }) => operation === 'GetItem');
  expect(reads.map(({ input }) => input['ConsistentRead'])).toEqual([true, true, true, true]);
});
