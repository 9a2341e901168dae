import type { EventPattern } from '../../../sandbox/aws/aws.ts';
import { matches } from '../../../sandbox/aws/events/pattern.ts';

const event = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  resources: ['arn:aws:s3:::logs', 'arn:aws:s3:::other'],
  detail: { bucket: { name: 'logs' }, object: { key: 'AWSLogs/1', size: 5 }, reason: null },
};

// EventBridge User Guide, "Amazon EventBridge event patterns".
const CASES: readonly (readonly [string, EventPattern, boolean])[] = [
  [
    'every path of the pattern has one of its values',
    { source: ['aws.iam', 'aws.s3'], detail: { bucket: { name: ['logs'] } } },
    true,
  ],
  ['one path has another value', { source: ['aws.s3'], detail: { bucket: { name: ['audit'] } } }, false],
  ['a value begins otherwise than it', { source: ['aws'] }, false],
  ['a path is not there', { detail: { bucket: { arn: ['logs'] } } }, false],
  ['a text begins with a prefix', { detail: { object: { key: [{ prefix: 'AWSLogs/' }] } } }, true],
  ['a text does not', { detail: { object: { key: [{ prefix: 'logs/' }] } } }, false],
  ['a list of the event has a value', { resources: ['arn:aws:s3:::other'] }, true],
  ['a number is the number', { detail: { object: { size: [5] } } }, true],
  ['a number is no text', { detail: { object: { size: ['5'] } } }, false],
  ['null is null', { detail: { reason: [null] } }, true],
  ['an object stands where a value is wanted', { detail: { bucket: ['logs'] } }, false],
];

test.each(CASES)('where %s, an event matches or not', (_title, pattern, expected) => {
  expect(matches(pattern, event)).toBe(expected);
});
