import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { NOON, outcomeOf, policy, role, type Story, startStory } from './story.ts';

const HUB = '222222222222';
const BUS = `arn:aws:events:us-east-1:${HUB}:event-bus/drawbridge-test`;

let story: Story;
let bus: EventBridgeClient;
beforeEach(async () => {
  const announce = role(
    HUB,
    'Announce',
    policy({ Effect: 'Allow', Action: 'events:PutEvents', Resource: BUS }),
  );
  story = await startStory({
    roles: [announce],
    more: { buses: [{ account: HUB, name: 'drawbridge-test', arn: BUS }] },
  });
  const credentials = story.aws.functionCredentials(`arn:aws:iam::${HUB}:role/Announce`, 'announce');
  bus = new EventBridgeClient(story.client(credentials));
});
afterEach(() => story.stop());

const put = (...entries: readonly PutEventsRequestEntry[]) =>
  bus.send(
    new PutEventsCommand({
      Entries: entries.map((entry) => ({
        EventBusName: 'drawbridge-test',
        Source: 'drawbridge',
        DetailType: 'requested',
        Detail: '{}',
        ...entry,
      })),
    }),
  );

test('events are taken in their order, by the name of the bus or its ARN', async () => {
  const { FailedEntryCount, Entries } = await put(
    { Detail: '{"n":1}', Time: new Date(NOON + 1000), Resources: ['arn:aws:iam::1:role/r'] },
    { Detail: '{"n":2}', EventBusName: BUS, DetailType: 'approved' },
  );
  expect(FailedEntryCount).toBe(0);
  expect(story.aws.events()).toEqual([
    {
      id: Entries?.[0]?.EventId,
      bus: BUS,
      source: 'drawbridge',
      detailType: 'requested',
      detail: { n: 1 },
      resources: ['arn:aws:iam::1:role/r'],
      time: NOON + 1000,
    },
    expect.objectContaining({ detailType: 'approved', detail: { n: 2 }, resources: [], time: NOON }),
  ]);
});

// PutEvents, "PutEventsRequestEntry": source, detail type and detail are required; a detail is a JSON object.
test.each<[string, PutEventsRequestEntry, string]>([
  ['without a source', { Source: '' }, 'InvalidArgument'],
  ['without a detail type', { DetailType: '' }, 'InvalidArgument'],
  ['without a detail', { Detail: '' }, 'InvalidArgument'],
  ['whose detail is no JSON', { Detail: '{' }, 'MalformedDetail'],
  ['whose detail is a list', { Detail: '[]' }, 'MalformedDetail'],
])('an entry %s fails alone', async (_what, wrong, code) => {
  const { FailedEntryCount, Entries } = await put({ Detail: '{"n":1}' }, wrong, { Detail: '{"n":3}' });
  expect([FailedEntryCount, Entries?.[1]?.ErrorCode, Entries?.[1]?.EventId]).toEqual([1, code, undefined]);
  expect(story.aws.events().map(({ detail }) => detail)).toEqual([{ n: 1 }, { n: 3 }]);
});

// EventBridge User Guide, "PutEvents": at most 10 entries; together they must be less than 256 KB.
test('eleven entries are too many', async () => {
  expect(await outcomeOf(put(...Array.from({ length: 10 }, () => ({}))))).toMatchObject({ code: 'allowed' });
  expect(await outcomeOf(put(...Array.from({ length: 11 }, () => ({}))))).toMatchObject({
    code: 'ValidationException',
    status: 400,
  });
});

test('entries of 256 KB together are too large', async () => {
  const filled = (bytes: number) => JSON.stringify({ text: 'x'.repeat(bytes) });
  const rest = 'drawbridge'.length + 'requested'.length + filled(0).length;
  expect(await outcomeOf(put({ Detail: filled(262_143 - rest) }))).toMatchObject({ code: 'allowed' });
  expect(await outcomeOf(put({ Detail: filled(262_144 - rest) }))).toMatchObject({
    code: 'ValidationException',
  });
});

test('a bus that is not allowed refuses the whole call', async () => {
  expect(await outcomeOf(put({}, { EventBusName: 'default' }))).toMatchObject({
    code: 'AccessDeniedException',
    message: expect.stringContaining(':event-bus/default'),
  });
  expect(story.aws.events()).toEqual([]);
  expect(story.aws.records().at(-1)).toMatchObject({
    eventName: 'PutEvents',
    errorCode: 'AccessDeniedException',
    eventCategory: 'Data',
  });
});
