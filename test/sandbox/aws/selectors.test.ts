import type { FieldSelector } from '../../../sandbox/aws/aws.ts';
import { selects } from '../../../sandbox/aws/trail/selectors.ts';
import type { TrailRecord } from '../../../sandbox/aws/trail/trail.ts';

const record: TrailRecord = {
  eventTime: '2026-11-24T12:00:00Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'PutObject',
  eventID: 'e',
  eventCategory: 'Data',
  awsRegion: 'us-east-1',
  recipientAccountId: '999999999999',
  readOnly: false,
  managementEvent: false,
  resources: [
    { type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::productionapp/index.html' },
    { type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::productionapp' },
  ],
};
const type = { Field: 'resources.type', Equals: ['AWS::S3::Object'] };

// CloudTrail API Reference, "AdvancedFieldSelector".
const CASES: readonly (readonly [string, readonly FieldSelector[], boolean])[] = [
  ['the category is another', [{ Field: 'eventCategory', Equals: ['Management'] }], false],
  ['the category and the type of a resource fit', [{ Field: 'eventCategory', Equals: ['Data'] }, type], true],
  ['one of two fields does not hold', [type, { Field: 'eventName', Equals: ['GetObject'] }], false],
  ['it changes something and what only reads is wanted', [{ Field: 'readOnly', Equals: ['true'] }], false],
  [
    'the ARN begins so',
    [type, { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::productionapp/'] }],
    true,
  ],
  [
    'the ARN must not begin so',
    [type, { Field: 'resources.ARN', NotStartsWith: ['arn:aws:s3:::production'] }],
    false,
  ],
  ['the ARN ends otherwise', [type, { Field: 'resources.ARN', EndsWith: ['.css'] }], false],
  [
    'type and ARN fit two different resources',
    [type, { Field: 'resources.ARN', Equals: ['arn:aws:s3:::productionapp'] }],
    false,
  ],
  ['the name is none of those left out', [{ Field: 'eventName', NotEquals: ['GetObject'] }], true],
];

test.each(CASES)('where %s, a record is selected or not', (_title, fields, expected) => {
  expect(selects([{ FieldSelectors: fields }], record)).toBe(expected);
});

test('one selector that fits is enough, and none selects nothing', () => {
  const other = { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] };
  expect(selects([other, { FieldSelectors: [type] }], record)).toBe(true);
  expect(selects([], record)).toBe(false);
});

test('the listing of a bucket is of its objects', () => {
  const listing: TrailRecord = {
    ...record,
    eventName: 'ListObjects',
    resources: [{ type: 'AWS::S3::Object', ARNPrefix: 'arn:aws:s3:::productionapp/' }],
  };
  const fields = [type, { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::productionapp/'] }];
  expect(selects([{ FieldSelectors: fields }], listing)).toBe(true);
});
