import { recordedTogether } from '../../../shared/adapters/auditor/recorded-together.ts';
import {
  type Recorded,
  recordedByAdvanced,
  recordedByBasic,
} from '../../../shared/adapters/auditor/selectors.ts';

const S3 = 'AWS::S3::Object';
const EVERY_OBJECT: Recorded['data'][number] = {
  ...{ resourceType: S3, access: 'all' },
  ...{ arnPrefixes: [], arns: [], exceptPrefixes: [] },
};
const NOTHING: Recorded = { management: 'none', excludedSources: [], data: [] };

// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html and API_DataResource.html
test.each<[string, Parameters<typeof recordedByBasic>[0], Partial<Recorded>]>([
  ['the default', {}, { management: 'all' }],
  ['writes alone', { ReadWriteType: 'WriteOnly' }, { management: 'write-only' }],
  ['no management events', { IncludeManagementEvents: false }, { management: 'none' }],
  [
    'sources left out',
    { ExcludeManagementEventSources: ['kms.amazonaws.com'] },
    { management: 'all', excludedSources: ['kms.amazonaws.com'] },
  ],
  ['every object', { DataResources: [{ Type: S3, Values: ['arn:aws:s3'] }] }, { data: [EVERY_OBJECT] }],
  [
    'every object, older',
    { DataResources: [{ Type: S3, Values: ['arn:aws:s3:::'] }] },
    { data: [EVERY_OBJECT] },
  ],
  [
    'a prefix of a bucket',
    { ReadWriteType: 'ReadOnly', DataResources: [{ Type: S3, Values: ['arn:aws:s3:::productionapp/a'] }] },
    {
      management: 'read-only',
      data: [{ ...EVERY_OBJECT, access: 'read-only', arnPrefixes: ['arn:aws:s3:::productionapp/a'] }],
    },
  ],
  [
    'one function, which is met whole',
    {
      DataResources: [
        { Type: 'AWS::Lambda::Function', Values: ['arn:aws:lambda:us-east-1:999999999999:function:f'] },
      ],
    },
    {
      data: [
        {
          ...EVERY_OBJECT,
          resourceType: 'AWS::Lambda::Function',
          arns: ['arn:aws:lambda:us-east-1:999999999999:function:f'],
        },
      ],
    },
  ],
])('a basic selector: %s', (_, selector, expected) => {
  expect(recordedByBasic(selector)).toEqual({ ...NOTHING, management: 'all', ...expected });
});

const data = { Field: 'eventCategory', Equals: ['Data'] };
const management = { Field: 'eventCategory', Equals: ['Management'] };
const type = { Field: 'resources.type', Equals: [S3] };

// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
test.each([
  ['management events', [management], { management: 'all' }],
  ['their reads', [management, { Field: 'readOnly', Equals: ['true'] }], { management: 'read-only' }],
  [
    'without a source',
    [management, { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }],
    { management: 'all', excludedSources: ['kms.amazonaws.com'] },
  ],
  ['every object', [data, type], { data: [EVERY_OBJECT] }],
  [
    'writes under a prefix',
    [
      data,
      type,
      { Field: 'readOnly', Equals: ['false'] },
      { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::productionapp/'] },
    ],
    {
      data: [{ ...EVERY_OBJECT, access: 'write-only', arnPrefixes: ['arn:aws:s3:::productionapp/'] }],
    },
  ],
  [
    'one object',
    [data, type, { Field: 'resources.ARN', Equals: ['arn:aws:s3:::b/k'] }],
    { data: [{ ...EVERY_OBJECT, arns: ['arn:aws:s3:::b/k'] }] },
  ],
  [
    // AWS advises to leave out the trail's own bucket ("Filtering data events by using advanced event selectors").
    'all but a prefix',
    [data, type, { Field: 'resources.ARN', NotStartsWith: ['arn:aws:s3:::logs/'] }],
    { data: [{ ...EVERY_OBJECT, exceptPrefixes: ['arn:aws:s3:::logs/'] }] },
  ],
  [
    'a prefix without another, and without one object',
    [
      data,
      type,
      {
        Field: 'resources.ARN',
        StartsWith: ['arn:aws:s3:::b'],
        NotStartsWith: ['arn:aws:s3:::bb'],
        NotEquals: ['arn:aws:s3:::b/k'],
      },
    ],
    {
      data: [
        {
          ...EVERY_OBJECT,
          arnPrefixes: ['arn:aws:s3:::b'],
          exceptPrefixes: ['arn:aws:s3:::bb', 'arn:aws:s3:::b/k'],
        },
      ],
    },
  ],
  [
    // "SELECT operators are OR'd together": https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html
    'a prefix or one object',
    [data, type, { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::b/a'], Equals: ['arn:aws:s3:::b/k'] }],
    { data: [{ ...EVERY_OBJECT, arnPrefixes: ['arn:aws:s3:::b/a'], arns: ['arn:aws:s3:::b/k'] }] },
  ],
])('an advanced selector: %s', (_, FieldSelectors, expected) => {
  expect(recordedByAdvanced({ FieldSelectors })).toEqual({ ...NOTHING, ...expected });
});

test.each([
  ['what ends somehow', [data, type, { Field: 'resources.ARN', EndsWith: ['.txt'] }]],
  [
    'a prefix, but for what ends somehow',
    [data, type, { Field: 'resources.ARN', StartsWith: ['a'], NotEndsWith: ['.txt'] }],
  ],
  ['resources that are not said', [data, type, { Field: 'resources.ARN' }]],
  ['some calls', [data, type, { Field: 'eventName', Equals: ['PutObject'] }]],
  ['some callers', [data, type, { Field: 'userIdentity.arn', StartsWith: ['arn:aws:iam::1'] }]],
  ['one source of management events', [management, { Field: 'eventSource', Equals: ['s3.amazonaws.com'] }]],
  ['network events', [{ Field: 'eventCategory', Equals: ['NetworkActivity'] }]],
  ['nothing', []],
])('an advanced selector that records %s counts for nothing', (_, FieldSelectors) => {
  expect(recordedByAdvanced({ FieldSelectors })).toEqual(NOTHING);
});

const KMS = ['kms.amazonaws.com'];

test.each<[string, readonly Partial<Recorded>[], readonly [string, readonly string[]]]>([
  ['nothing', [], ['none', []]],
  ['data events alone', [{ management: 'none' }], ['none', []]],
  ['reads here and writes there', [{ management: 'read-only' }, { management: 'write-only' }], ['all', []]],
  [
    'a source left out by one of two',
    [{ management: 'all', excludedSources: KMS }, { management: 'all' }],
    ['all', []],
  ],
  [
    'a source left out by both',
    [
      { management: 'all', excludedSources: KMS },
      { management: 'all', excludedSources: KMS },
    ],
    ['all', KMS],
  ],
  [
    'a source that only the writes of another have',
    [{ management: 'all', excludedSources: KMS }, { management: 'write-only' }],
    ['all', KMS],
  ],
  [
    'writes alone without a source',
    [{ management: 'write-only', excludedSources: KMS }, {}],
    ['write-only', KMS],
  ],
])('together: %s', (_, parts, [kind, excludedSources]) => {
  const all = parts.map((part) => ({ ...NOTHING, ...part }));
  expect(recordedTogether(all)).toEqual({ management: kind, excludedSources, data: [] });
});

test('what one selector leaves out stays left out of it alone: entries are not joined', () => {
  const logsLeftOut = { ...EVERY_OBJECT, exceptPrefixes: ['arn:aws:s3:::logs/'] };
  const dataLeftOut = { ...EVERY_OBJECT, exceptPrefixes: ['arn:aws:s3:::data/'] };
  const all = [logsLeftOut, dataLeftOut, logsLeftOut].map((entry) => ({ ...NOTHING, data: [entry] }));
  expect(recordedTogether(all).data).toEqual([logsLeftOut, dataLeftOut]);
});
