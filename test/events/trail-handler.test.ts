import { gzipSync } from 'node:zlib';
import type { Context } from 'aws-lambda';
import { type TrailEdge, trailHandler } from '../../shared/events/trail-handler.ts';
import type { DeadLetter } from '../../shared/ports/dead-letters.ts';
import { type TrailFile, UnreadableFile } from '../../shared/ports/trail-files.ts';
import type { Delivery } from '../../shared/ports/usage-store.ts';

const BUCKET = 'drawbridge-prod-trail-222222222222-us-east-1';
const FOLDER = 'AWSLogs/o-exampleorgid/999999999999/CloudTrail/us-east-1/2026/11/24';
const LOG_FILE = `${FOLDER}/999999999999_CloudTrail_us-east-1_20261124T0905Z_Mu0KsOhtH1ar15ZZ.json.gz`;
const OTHER_FILE = `${FOLDER}/999999999999_CloudTrail_us-east-1_20261124T0910Z_Nv1LtPiuI2bs26AA.json.gz`;
const DIGEST = `AWSLogs/o-exampleorgid/999999999999/CloudTrail-Digest/us-east-1/2026/11/24/999999999999_CloudTrail-Digest_us-east-1_org_us-east-1_20261124T100000Z.json.gz`;

/** As S3 sends it to EventBridge (S3 user guide, "EventBridge event message structure"). */
const created = (key: string) => ({
  version: '0',
  'detail-type': 'Object Created',
  source: 'aws.s3',
  account: '222222222222',
  region: 'us-east-1',
  resources: [`arn:aws:s3:::${BUCKET}`],
  detail: {
    version: '0',
    bucket: { name: BUCKET },
    object: { key, size: 5, etag: 'b1946ac9' },
    reason: 'PutObject',
  },
});

const RECORD = { eventID: 'e-1', eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole' };
/** As CloudTrail's events come over the bus (EventBridge user guide, "AWS service events via CloudTrail"). */
const viaCloudTrail = (type: string) => ({ 'detail-type': type, source: 'aws.sts', detail: RECORD });

/** As a subscription hands it over (CloudWatch Logs user guide, "Subscription filters with Lambda"). */
const logsBatch = (batch: object) => ({
  awslogs: { data: gzipSync(JSON.stringify(batch)).toString('base64') },
});

type Setting = {
  /** What is thrown for files, by their keys. */
  readonly failing?: Readonly<Record<string, Error>>;
  readonly letters?: readonly DeadLetter[];
  readonly leftMs?: readonly number[];
  readonly lettersFail?: boolean;
};

function start({ failing = {}, letters = [], leftMs = [], lettersFail = false }: Setting = {}) {
  const did = {
    taken: [] as string[],
    records: [] as unknown[],
    noted: [] as Delivery[],
    laidAside: [] as DeadLetter[],
    checks: 0,
  };
  const edge: TrailEdge = {
    async takeFile({ key }: TrailFile) {
      const error = failing[key];
      if (error !== undefined) throw error;
      did.taken.push(key);
      return { records: 3, kept: 1, skipped: {} };
    },
    async takeRecords(records) {
      did.records.push(...records);
      return letters;
    },
    async noteDeliveries(deliveries) {
      did.noted.push(...deliveries);
    },
    async checkSessions() {
      did.checks++;
    },
    deadLetters: {
      async add(letter) {
        if (lettersFail) throw new Error('The queue does not answer.');
        did.laidAside.push(letter);
      },
    },
    log: () => undefined,
  };
  const left = [...leftMs];
  const context = { getRemainingTimeInMillis: () => left.shift() ?? 300_000 } as Context;
  return { did, handle: (event: unknown) => trailHandler(edge)(event, context) };
}

const inQueue = (...bodies: readonly unknown[]) => ({
  Records: bodies.map((body, n) => ({
    messageId: `m-${n}`,
    eventSource: 'aws:sqs',
    attributes: { ApproximateReceiveCount: '1' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })),
});

const failures = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

test('a log file is taken, and then its arrival is written down', async () => {
  const { did, handle } = start();
  expect(await handle(inQueue(created(LOG_FILE)))).toEqual(failures());
  expect(did.taken).toEqual([LOG_FILE]);
  expect(did.noted).toEqual([
    { account: '999999999999', region: 'us-east-1', kind: 'log', at: Date.parse('2026-11-24T09:05:00Z') },
  ]);
});

test('a digest is not read, and its arrival is written down', async () => {
  const { did, handle } = start();
  await handle(inQueue(created(DIGEST)));
  expect(did.taken).toEqual([]);
  expect(did.noted).toMatchObject([{ account: '999999999999', kind: 'digest' }]);
});

test('other objects of the bucket are passed over', async () => {
  const { did, handle } = start();
  expect(await handle(inQueue(created('AWSLogs/999999999999/Config/file.json.gz')))).toEqual(failures());
  expect([did.taken, did.noted, did.laidAside]).toEqual([[], [], []]);
});

test('a file that cannot be read is laid aside with its key and the reason, and the rest of the batch goes on', async () => {
  const failing = { [LOG_FILE]: new UnreadableFile('truncated', 'The file ends in the middle.') };
  const { did, handle } = start({ failing });
  expect(await handle(inQueue(created(LOG_FILE), created(OTHER_FILE)))).toEqual(failures());
  expect(did.laidAside).toEqual([
    { bucket: BUCKET, key: LOG_FILE, reason: 'truncated', detail: 'The file ends in the middle.' },
  ]);
  expect(did.taken).toEqual([OTHER_FILE]);
  expect(did.noted.map(({ kind }) => kind)).toEqual(['unread', 'log']); // the hour of an unread file is not vouched for
});

test('a file that was laid aside is noted as unread before it is tried again, and as mended once it was read', async () => {
  const letter = { bucket: BUCKET, key: LOG_FILE, reason: 'truncated', detail: '' };
  const { did, handle } = start();
  await handle(inQueue(letter));
  const file = LOG_FILE.slice(FOLDER.length + 1);
  expect(did.noted).toMatchObject([{ kind: 'unread', file }, { kind: 'log' }, { kind: 'mended', file }]);
  const failed = start({ failing: { [LOG_FILE]: new UnreadableFile('truncated', '') } });
  await failed.handle(inQueue(letter));
  expect(failed.did.noted).toMatchObject([{ kind: 'unread', file }]);
});

test('so is one whose message comes back: what ends the function every time is not taken for read', async () => {
  const { did, handle } = start({ failing: { [LOG_FILE]: new Error('S3 is slow.') } });
  const [message] = inQueue(created(LOG_FILE)).Records;
  await handle({ Records: [message] });
  expect(did.noted).toEqual([]);
  await handle({ Records: [{ ...message, attributes: { ApproximateReceiveCount: '2' } }] });
  expect(did.noted).toMatchObject([{ kind: 'unread' }]);
});

test('a file that fails for now stays in the queue, and the rest of the batch goes on', async () => {
  const { did, handle } = start({ failing: { [LOG_FILE]: new Error('S3 is slow.') } });
  expect(await handle(inQueue(created(LOG_FILE), created(OTHER_FILE)))).toEqual(failures('m-0'));
  expect(did.taken).toEqual([OTHER_FILE]);
  expect(did.laidAside).toEqual([]);
});

test('what can neither be read nor laid aside stays in the queue', async () => {
  const failing = { [LOG_FILE]: new UnreadableFile('not-gzip', 'No gzip.') };
  const { handle } = start({ failing, lettersFail: true });
  expect(await handle(inQueue(created(LOG_FILE)))).toEqual(failures('m-0'));
});

test('a letter about a file that is sent to the queue again is a notification of it', async () => {
  const { did, handle } = start();
  await handle(inQueue({ bucket: BUCKET, key: LOG_FILE, reason: 'truncated', detail: '' }));
  expect(did.taken).toEqual([LOG_FILE]);
});

test.each(['no JSON', '{}', '[]', 'null', { Records: 3 }, { detail: RECORD }])(
  'a message that is no event of the trail is laid aside: %j',
  async (body) => {
    const { did, handle } = start();
    expect(await handle(inQueue(body))).toEqual(failures());
    const event = typeof body === 'string' ? body : JSON.stringify(body);
    expect(did.laidAside).toMatchObject([{ reason: 'unknown-event', event }]);
  },
);

test.each(['AWS API Call via CloudTrail', 'AWS Console Sign In via CloudTrail'])(
  'an event of the bus is a record: %s',
  async (type) => {
    const { did, handle } = start();
    await handle(viaCloudTrail(type));
    await handle(inQueue(viaCloudTrail(type)));
    expect(did.records).toEqual([RECORD, RECORD]);
  },
);

test('a batch of CloudWatch Logs holds a record in each message', async () => {
  const { did, handle } = start();
  const logEvents = [1, 2].map((n) => ({
    id: `${n}`,
    timestamp: 0,
    message: JSON.stringify({ ...RECORD, n }),
  }));
  await handle(logsBatch({ messageType: 'DATA_MESSAGE', logGroup: 'trail', logEvents }));
  await handle(
    logsBatch({ messageType: 'CONTROL_MESSAGE', logEvents: [{ message: 'CWL CONTROL MESSAGE' }] }),
  );
  expect(did.records).toEqual([
    { ...RECORD, n: 1 },
    { ...RECORD, n: 2 },
  ]);
  expect(did.laidAside).toEqual([]);
});

test('of what is laid aside as much is kept as a message takes', async () => {
  const { did, handle } = start();
  await handle(inQueue(`\uFFFF${'x'.repeat(250_000)}`));
  const [{ event = '' } = {}] = did.laidAside;
  expect(event).toMatch(/^\uFFFDx+$/);
  expect(event.length).toBeLessThan(256 * 1024);
});

test('a message of CloudWatch Logs that is no JSON is handed on as it is, to be laid aside', async () => {
  const { did, handle } = start();
  await handle(logsBatch({ messageType: 'DATA_MESSAGE', logEvents: [{ id: '1', message: 'no JSON' }] }));
  expect(did.records).toEqual(['no JSON']);
});

test('a batch of CloudWatch Logs that is none is laid aside', async () => {
  const { did, handle } = start();
  await handle({ awslogs: { data: 'bm90IGd6aXA=' } });
  expect(did.laidAside).toMatchObject([{ reason: 'unknown-event' }]);
});

test('records that are none are laid aside with what is wrong with them', async () => {
  const letter = { reason: 'bad-record', detail: 'There is no eventID.' };
  const { did, handle } = start({ letters: [letter] });
  await handle(viaCloudTrail('AWS API Call via CloudTrail'));
  expect(did.laidAside).toEqual([letter]);
});

test('what a direct call cannot do is thrown, so that Lambda tries again', async () => {
  const { handle } = start({ failing: { [LOG_FILE]: new Error('S3 is slow.') } });
  await expect(handle(created(LOG_FILE))).rejects.toThrow('S3 is slow.');
});

test('what is not begun in time stays in the queue', async () => {
  const { did, handle } = start({ leftMs: [300_000, 89_999] });
  expect(await handle(inQueue(created(LOG_FILE), created(OTHER_FILE)))).toEqual(failures('m-1'));
  expect(did.taken).toEqual([LOG_FILE]);
});

test('the schedule has sessions checked', async () => {
  const { did, handle } = start();
  await handle({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} });
  expect(did.checks).toBe(1);
});
