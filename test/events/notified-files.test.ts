import { notifiedFiles } from '../../shared/events/notified-files.ts';

const FILE = { bucket: 'trail', key: 'AWSLogs/a b+c/é.json.gz' };

/** As S3 writes it: "Event message structure" in the S3 User Guide; keys are URL-encoded. */
const RECORD = {
  eventVersion: '2.5',
  eventSource: 'aws:s3',
  eventName: 'ObjectCreated:Put',
  s3: {
    s3SchemaVersion: '1.0',
    bucket: { name: 'trail' },
    object: { key: 'AWSLogs/a+b%2Bc/%C3%A9.json.gz', size: 1 },
  },
};
const DIRECT = { Records: [RECORD] };
const SNS = { Type: 'Notification', MessageId: 'm', TopicArn: 't', Message: JSON.stringify(DIRECT) };
/** "EventBridge event message structure" in the S3 User Guide; keys are not encoded. */
const BUS = {
  version: '0',
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: { bucket: { name: 'trail' }, object: { key: FILE.key, size: 1 } },
};
const queue = (...bodies: readonly unknown[]) => ({
  Records: bodies.map((body) => ({ eventSource: 'aws:sqs', body: JSON.stringify(body) })),
});

test.each([
  ['S3 itself', DIRECT],
  ['SNS', { Records: [{ EventSource: 'aws:sns', Sns: SNS }] }],
  ['the message of SNS', SNS],
  ['SQS', queue(DIRECT)],
  ['SNS through SQS', queue(SNS)],
  ['EventBridge', BUS],
  ['EventBridge through SQS', queue(BUS)],
])('a notification of %s tells its file, with the key as it is in the bucket', (_, event) => {
  expect(notifiedFiles(event)).toEqual([FILE]);
});

test('all files of all messages are told, in their order', () => {
  const second = { ...RECORD, s3: { bucket: { name: 'trail' }, object: { key: 'second' } } };
  expect(notifiedFiles(queue({ Records: [RECORD, second] }, BUS))).toEqual([
    FILE,
    { bucket: 'trail', key: 'second' },
    FILE,
  ]);
});

test.each([
  ['the test that S3 makes', { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'trail' }],
  ['the same through SQS', queue({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'trail' })],
  ['an object that was removed', { Records: [{ ...RECORD, eventName: 'ObjectRemoved:Delete' }] }],
  ['the same of EventBridge', { ...BUS, 'detail-type': 'Object Deleted' }],
])('%s tells of no file', (_, event) => {
  expect(notifiedFiles(event)).toEqual([]);
});

test.each([
  ['nothing', undefined],
  ['a text', 'x'],
  ['an event of another service', { source: 'aws.ec2', detail: {} }],
  ['a body that is no JSON', { Records: [{ eventSource: 'aws:sqs', body: '{' }] }],
  [
    'a key that is not encoded',
    { Records: [{ ...RECORD, s3: { bucket: { name: 'b' }, object: { key: '%' } } }] },
  ],
  ['a record without an object', { Records: [RECORD, { ...RECORD, s3: { bucket: { name: 'b' } } }] }],
  ['an event without an object', { ...BUS, detail: { bucket: { name: 'b' } } }],
])('%s is no notification, and no half of one', (_, event) => {
  expect(notifiedFiles(event)).toBeUndefined();
});

test('a message wrapped again and again is given up', () => {
  let event: unknown = DIRECT;
  for (let n = 0; n < 6; n++) event = queue(event);
  expect(notifiedFiles(event)).toBeUndefined();
});
