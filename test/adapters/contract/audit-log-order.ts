import { memoryLogStorage } from '../../../shared/adapters/memory/memory-audit-log.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { appendToLog } from '../../../shared/app/append-to-log.ts';
import { auditLogOf } from '../../../shared/app/audit-log-of.ts';
import { instant } from '../../../shared/domain/instant.ts';
import { firstBreak } from '../../../shared/domain/log-entry.ts';
import type { SubjectEvent } from '../../../shared/domain/subject.ts';
import type { AuditLogOrder } from '../../../shared/ports/audit-log.ts';
import { entryOf, freshEvent, freshUser, linkEvents } from './subjects.ts';

/** What everything that puts the audit log in order must do; each test goes on where the one before has ended. */
export function describeAuditLogOrder(name: string, make: () => Promise<AuditLogOrder>): void {
  describe(name, () => {
    let order: AuditLogOrder;
    beforeAll(async () => {
      order = await make();
    }, 60_000);
    describeHead(() => order);
    describePlaces(() => order);
    describeLog(make);
  });
}

function describeHead(order: () => AuditLogOrder): void {
  test('a new log has no head, and of twenty first entries one gets the place', async () => {
    expect(await order().head()).toBeUndefined();
    await expectOneWinner(order());
  });

  test('of twenty next entries one gets the place', async () => {
    await expectOneWinner(order());
    await expectOneWinner(order());
  });

  test.each([
    ['an elevation', freshEvent()],
    [
      'a Slack link',
      { subject: { kind: 'slack-link', of: freshUser() }, n: 1, event: linkEvents.linked('david') } as const,
    ],
  ])('the head is the whole entry, also of %s', async (_what, said: SubjectEvent) => {
    const entry = entryOf(await order().head(), said);
    expect(await order().advance(entry)).toBe(true);
    expect(await order().head()).toEqual(entry);
  });

  test('an entry gets no place that is taken, nor one that leaves a gap', async () => {
    const head = await order().head();
    const next = entryOf(head, freshEvent());
    expect(await order().advance({ ...next, n: next.n - 1 })).toBe(false);
    if (head !== undefined) expect(await order().head()).toEqual(head);
    expect(await order().advance(next)).toBe(true);
    expect(await order().advance(next)).toBe(false);
    expect(await order().advance({ ...next, n: next.n + 2 })).toBe(false);
    expect(await order().head()).toEqual(next);
  });
}

async function expectOneWinner(order: AuditLogOrder): Promise<void> {
  const head = await order.head();
  const rivals = Array.from({ length: 20 }, () => entryOf(head, freshEvent()));
  const answers = await Promise.all(rivals.map((entry) => order.advance(entry)));
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await order.head()).toEqual(rivals[answers.indexOf(true)]);
}

function describePlaces(order: () => AuditLogOrder): void {
  test('an event has no place until it is marked', async () => {
    const said = freshEvent();
    expect(await order().placeOf(said)).toBeUndefined();
    await order().mark(entryOf(undefined, said));
    expect(await order().placeOf(said)).toBe(1);
  });

  test('each event of a subject has its own place, also beyond the ninth', async () => {
    const said = freshEvent();
    for (const n of [1, 10, 2]) await order().mark({ ...entryOf(undefined, { ...said, n }), n: n + 100 });
    expect(await Promise.all([1, 2, 10, 3].map((n) => order().placeOf({ ...said, n })))).toEqual([
      101,
      102,
      110,
      undefined,
    ]);
  });

  test('another event of the same number has no place, and that is an error: the subject was put back', async () => {
    const entry = entryOf(undefined, freshEvent());
    await order().mark(entry);
    const { said } = entry;
    const other = { ...said, event: { ...said.event, at: instant(said.event.at + 1) } };
    await expect(order().placeOf(other)).rejects.toThrow('another event');
    await expect(order().mark({ ...entry, said: other })).rejects.toThrow('another event');
  });

  test('the same mark again changes nothing, and another place is an error', async () => {
    const entry = entryOf(undefined, freshEvent());
    await order().mark(entry);
    await order().mark(entry);
    await expect(order().mark({ ...entry, n: 7 })).rejects.toThrow('entry 1');
    expect(await order().placeOf(entry.said)).toBe(1);
  });
}

function describeLog(make: () => Promise<AuditLogOrder>): void {
  test('what many append at once is in the log once each, and unbroken', async () => {
    const storage = memoryLogStorage();
    const log = auditLogOf(await make(), storage);
    const events = Array.from({ length: 6 }, () => freshEvent());
    await Promise.all([...events, ...events].map((said) => appendToLog(log, sha256, said)));
    const entries = storage.entries();
    expect(entries.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(firstBreak(entries, sha256)).toBeUndefined();
    expect(new Set(entries.map(({ said }) => said))).toEqual(new Set(events));
  }, 60_000);
}
