import { eventBridgeBus } from '../../../shared/adapters/eventbridge/event-bus.ts';
import type { SubjectEvent } from '../../../shared/domain/subject.ts';
import { inTurn, json, type ScriptedEndpoint, startEndpoint, towards } from '../secrets/scripted-endpoint.ts';
import { EVENTS } from './subject-events.ts';

const before = { ...process.env };
let endpoint: ScriptedEndpoint;
beforeEach(async () => {
  endpoint = await startEndpoint();
  process.env = { ...before, ...towards('EVENTBRIDGE', endpoint.url) };
  endpoint.answer(({ body }) => json(taken(entriesIn(body).length)));
});
afterEach(async () => {
  process.env = before;
  await endpoint.stop();
});

const bus = () => eventBridgeBus('drawbridge-test', { pauseMs: 0 });

type Entry = { readonly DetailType: string; readonly Detail: string } & Readonly<Record<string, unknown>>;

function entriesIn(body: string): readonly Entry[] {
  return JSON.parse(body).Entries;
}

const sent = () => endpoint.calls.map(({ body }) => entriesIn(body));

/** API_PutEvents: an entry that was taken has an id, in the place of the request's. */
function taken(count: number) {
  return { FailedEntryCount: 0, Entries: Array.from({ length: count }, () => ({ EventId: 'an-id' })) };
}

const failed = (ErrorCode: string) => ({ ErrorCode, ErrorMessage: 'Not taken.' });

function numbered(n: number, comment = ''): SubjectEvent {
  const { approved } = EVENTS;
  return { ...approved, n, event: { ...approved.event, comment } };
}

test('an event is an entry of source drawbridge with its type, its time and, where it is known, the role', async () => {
  await bus().send([EVENTS.requested, EVENTS.approved]);
  expect(sent()).toEqual([
    [
      {
        EventBusName: 'drawbridge-test',
        Source: 'drawbridge',
        DetailType: 'requested',
        Detail: expect.any(String),
        Time: Date.parse('2026-11-24T09:00:00Z') / 1000,
        Resources: ['arn:aws:iam::999999999999:role/UpdateApp'],
      },
      {
        EventBusName: 'drawbridge-test',
        Source: 'drawbridge',
        DetailType: 'approved',
        Detail: expect.any(String),
        Time: expect.any(Number),
      },
    ],
  ]);
});

test.each([
  [
    'request',
    EVENTS.requested,
    {
      type: 'requested',
      at: '2026-11-24T09:00:00.000Z',
      by: { person: 'david', mfa: { kind: 'token', evidence: 'amr:hwk', at: '2026-11-24T08:55:00.000Z' } },
      request: { duration: 60, requestedAt: '2026-11-24T09:00:00.000Z' },
    },
  ],
  [
    'decision',
    EVENTS.approved,
    {
      type: 'approved',
      at: '2026-11-24T09:01:00.250Z',
      by: { person: 'ruth', mfa: { kind: 'iam-session', within: 15 } },
    },
  ],
  [
    'link',
    EVENTS.linked,
    {
      type: 'slack-linked',
      person: 'david',
      at: '2026-11-24T09:02:00.000Z',
      by: { mfa: { at: '2026-11-24T08:55:00.000Z' } },
    },
  ],
])(
  'the detail of a %s has its subject, its number, and every time in RFC 3339',
  async (_what, said, event) => {
    await bus().send([said]);
    const detail = JSON.parse(sent()[0]?.[0]?.Detail ?? '');
    expect(detail).toMatchObject({ subject: said.subject, n: said.n, event });
    expect(JSON.stringify(detail)).not.toMatch(/\b\d{13}\b/);
  },
);

test('nothing is sent where there is nothing to tell', async () => {
  await bus().send([]);
  expect(endpoint.calls).toEqual([]);
});

// API_PutEvents: at most 10 entries.
test('more than ten events are sent in several calls, in order', async () => {
  await bus().send(Array.from({ length: 21 }, (_, index) => numbered(index + 1)));
  const numbers = sent().map((entries) => entries.map(({ Detail }) => JSON.parse(Detail).n));
  expect(numbers.map(({ length }) => length)).toEqual([10, 10, 1]);
  expect(numbers.flat()).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
});

// "The total entry size must be less than 256KB" (User Guide, Calculating PutEvents event entry size).
test('events that are too large for one call go into several', async () => {
  await bus().send([1, 2, 3].map((n) => numbered(n, 'ü'.repeat(60_000))));
  expect(sent().map(({ length }) => length)).toEqual([2, 1]);
});

test('only the entries that were not taken are sent again', async () => {
  const partly = { FailedEntryCount: 1, Entries: [{ EventId: 'an-id' }, failed('ThrottlingException')] };
  endpoint.answer(inTurn(json(partly), json(taken(1))));
  await bus().send([EVENTS.requested, EVENTS.approved]);
  expect(sent().map((entries) => entries.map(({ DetailType }) => DetailType))).toEqual([
    ['requested', 'approved'],
    ['approved'],
  ]);
});

test('what is never taken is thrown with its code, after three tries', async () => {
  endpoint.answer(() => json({ FailedEntryCount: 1, Entries: [failed('InternalFailure')] }));
  await expect(bus().send([EVENTS.requested])).rejects.toThrow(
    'EventBridge does not take 1 of 1 events: InternalFailure.',
  );
  expect(endpoint.calls).toHaveLength(3);
});

test.each([
  ['lists nothing', {}],
  ['lists too few', taken(1)],
])('an answer that %s is not taken for success', async (_what, answer) => {
  endpoint.answer(() => json(answer));
  await expect(bus().send([1, 2, 3, 4].map((n) => numbered(n)))).rejects.toThrow('NoAnswer');
});

test('a call whose answer is lost is made again: an event can be told twice, and none is lost', async () => {
  endpoint.answer(inTurn('hangs up', json(taken(1))));
  await bus().send([EVENTS.requested]);
  expect(endpoint.calls).toHaveLength(2);
});

test('a bus that may not be used is told so', async () => {
  endpoint.answer(() => json({ __type: 'AccessDeniedException', message: 'Not authorized.' }, 400));
  await expect(bus().send([EVENTS.requested])).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});
