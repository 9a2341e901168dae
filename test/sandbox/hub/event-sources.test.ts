import { FunctionEvent } from '../../../sandbox/hub/function-events.ts';
import { withLocalAddresses } from '../../../sandbox/hub/local-addresses.ts';
import { storyHub } from './story-hub.ts';

const hub = storyHub();
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:222222222222:${resource}`;
const TABLE = arn('dynamodb', 'table/drawbridge-sandbox');
const STREAM = `${TABLE}/stream/2026-01-01T00:00:00.000`;
const QUEUE = arn('sqs', 'drawbridge-sandbox-announce');
const DEAD_LETTERS = arn('sqs', 'drawbridge-sandbox-announce-dead-letters');
const STREAM_DEAD_LETTERS = arn('sqs', 'drawbridge-sandbox-stream-dead-letters');

test('the stream of the table wakes announce for elevations and links alone, within bounds', () => {
  expect(hub.eventSources).toContainEqual({
    kind: 'stream',
    wakes: 'announce',
    arn: STREAM,
    batchSize: 25,
    startingPosition: 'TRIM_HORIZON',
    filters: [{ sk: ['elevation', 'slack-link'] }],
    reportsFailures: true,
    bisects: true,
    maximumRetries: 5,
    maximumAgeSeconds: 79_200,
    onFailure: STREAM_DEAD_LETTERS,
  });
});

test('the queue wakes announce, and every minute wakes sweep', () => {
  expect(hub.eventSources).toContainEqual({
    kind: 'queue',
    wakes: 'announce',
    arn: QUEUE,
    batchSize: 10,
    reportsFailures: true,
  });
  expect(hub.eventSources).toContainEqual({
    kind: 'schedule',
    wakes: 'sweep',
    arn: arn('events', 'rule/drawbridge-sandbox-sweep-schedule-1'),
    everySeconds: 60,
  });
});

test('the stream carries both images of the table under its two keys', () => {
  expect(hub.streams).toEqual([
    {
      arn: STREAM,
      region: 'us-east-1',
      tableName: 'drawbridge-sandbox',
      keyNames: ['pk', 'sk'],
      viewType: 'NEW_AND_OLD_IMAGES',
    },
  ]);
});

test('the queue of subjects hands over to its dead letters', () => {
  expect(hub.queues.map((queue) => queue.arn)).toEqual(
    expect.arrayContaining([QUEUE, DEAD_LETTERS, STREAM_DEAD_LETTERS]),
  );
  expect(hub.queues).toContainEqual(
    expect.objectContaining({
      name: 'drawbridge-sandbox-announce',
      visibilitySeconds: 360,
      redrive: { deadLetterArn: DEAD_LETTERS, maxReceiveCount: 20 },
    }),
  );
});

test('the bus, the secrets and the buckets have the names of the templates, and the buckets their policies', () => {
  expect(hub.buses.map(({ name }) => name)).toEqual(['drawbridge-sandbox']);
  const policy = expect.objectContaining({
    Statement: expect.arrayContaining([expect.objectContaining({ Effect: 'Deny' })]),
  });
  const bucket = (name: string, eventBridge: boolean) =>
    expect.objectContaining({
      name: `drawbridge-sandbox-${name}-222222222222-us-east-1`,
      eventBridge,
      policy,
    });
  expect(hub.buckets).toEqual([bucket('audit-log', false), bucket('trail', true), bucket('reports', false)]);
  expect(hub.secrets).toHaveLength(2);
});

test("a secret's ARN ends with six characters, the same at every start", () => {
  for (const { name, arn: its } of hub.secrets) {
    expect(its.replace(/-[0-9a-zA-Z]{6}$/, '')).toBe(arn('secretsmanager', `secret:${name}`));
  }
  expect(storyHub().secrets).toEqual(hub.secrets);
});

test('functions name queues, the bus, the bucket and secrets as Ref gives them', () => {
  const announce = hub.functions.find(({ name }) => name === 'announce');
  expect(announce?.environment).toMatchObject({
    DRAWBRIDGE_EVENT_BUS: 'drawbridge-sandbox',
    DRAWBRIDGE_AUDIT_BUCKET: 'drawbridge-sandbox-audit-log-222222222222-us-east-1',
    DRAWBRIDGE_SLACK_BOT_TOKEN: hub.secrets.find(({ name }) => name.endsWith('bot-token'))?.arn,
    DRAWBRIDGE_API_URL: 'https://drawbridge.execute-api.us-east-1.amazonaws.com/sandbox',
  });
});

test("the sandbox's own addresses take the place of those of queues and of the API, and of nothing else", () => {
  const { environment = {} } = hub.functions.find(({ name }) => name === 'announce') ?? {};
  const local = withLocalAddresses(environment, hub, {
    aws: 'http://127.0.0.1:1',
    api: 'http://127.0.0.1:2/sandbox',
  });
  expect(local).toEqual({
    ...environment,
    DRAWBRIDGE_ANNOUNCE_QUEUE: 'http://127.0.0.1:1/222222222222/drawbridge-sandbox-announce',
    DRAWBRIDGE_API_URL: 'http://127.0.0.1:2/sandbox',
  });
});

const stream = {
  type: 'dynamodb',
  arn: STREAM,
  startingPosition: 'LATEST',
  maximumRetryAttempts: 1,
};
const filtered = (pattern: unknown) => ({ stream: { ...stream, filterPatterns: [pattern] } });

test.each([
  ['a filter by event name', filtered({ eventName: ['INSERT'] })],
  ['a filter by prefix', filtered({ dynamodb: { Keys: { sk: { S: [{ prefix: 'elevation' }] } } } })],
  ['a filter by image', filtered({ dynamodb: { NewImage: { state: { S: ['pending'] } } } })],
  ['a stream without a bound of retries', { stream: { ...stream, maximumRetryAttempts: undefined } }],
  ['shards read by several at once', { stream: { ...stream, parallelizationFactor: 2 } }],
  ['a batch of messages above ten', { sqs: { arn: QUEUE, batchSize: 11 } }],
  ['a cron schedule', { schedule: 'cron(0 12 * * ? *)' }],
  ['an event of another kind', { sns: 'topic' }],
])('%s is refused', (_title, event) => {
  expect(FunctionEvent.safeParse(event).success).toBe(false);
});

test('a filter that is not understood says what is', () => {
  expect(() => FunctionEvent.parse(filtered({ eventName: ['INSERT'] }))).toThrow(/texts of the key alone/);
});
