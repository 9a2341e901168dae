import { type GrantedAction, unobservable } from '../../../shared/domain/report/observability.ts';
import type { DataEventSelectors } from '../../../shared/domain/report/observable.ts';
import { ALL_RECORDED } from './world.ts';

const NOTHING: ReadonlySet<string> = new Set();
const NO_DATA: DataEventSelectors = { management: 'all', excludedSources: [], data: [] };
const OBJECTS = 'arn:aws:s3:::productionapp/*';

function data(
  access: 'all' | 'write-only' | 'read-only',
  arnPrefixes: readonly string[] = [],
  exceptPrefixes: readonly string[] = [],
): DataEventSelectors {
  const limits = { arnPrefixes, arns: [], exceptPrefixes };
  return { ...NO_DATA, data: [{ resourceType: 'AWS::S3::Object', access, ...limits }] };
}

function granted(
  action: string,
  level: GrantedAction['level'] = 'Write',
  resources = [OBJECTS],
): GrantedAction {
  return { action, resources, ...(level && { level }) };
}

// "Amazon S3 CloudTrail events" in the S3 User Guide, "Logging DynamoDB operations by using AWS CloudTrail" in its
// Developer Guide, and the table of "Logging data events" in the CloudTrail User Guide.
const DATA_EVENTS = [
  's3:GetObject',
  's3:PutObjectAcl',
  's3:ListBucket',
  's3:AbortMultipartUpload',
  'dynamodb:PutItem',
  'dynamodb:GetRecords',
  'dynamodb:PartiQLSelect',
  'lambda:InvokeFunction',
  'sns:Publish',
  'sqs:ReceiveMessage',
  'kinesis:PutRecords',
  'ebs:GetSnapshotBlock',
];

test.each(DATA_EVENTS)('%s is a data event: without selectors for it nobody can see it', (action) => {
  expect(unobservable(granted(action), NO_DATA, NOTHING)).toBe('data-event-not-recorded');
});

const MANAGEMENT_EVENTS = [
  's3:ListAllMyBuckets',
  's3:GetBucketLocation',
  's3:CreateBucket',
  'dynamodb:CreateTable',
  'dynamodb:DescribeStream',
  'lambda:UpdateFunctionCode',
  'lambda:GetFunction',
  'sns:CreateTopic',
  'sqs:CreateQueue',
  'kms:Decrypt',
  'ssm:GetParameter',
  'secretsmanager:GetSecretValue',
  'ec2:RunInstances',
];

test.each(MANAGEMENT_EVENTS)('%s is a management event: a trail without data events has it', (action) => {
  expect(unobservable(granted(action), NO_DATA, NOTHING)).toBeUndefined();
});

const PERMISSION_ONLY = [
  'iam:PassRole',
  's3:BypassGovernanceRetention',
  's3:DeleteObjectVersion',
  'sts:TagSession',
  'rds-db:connect',
];

test.each(PERMISSION_ONLY)('%s is checked inside other calls: no trail can have it', (action) => {
  expect(unobservable(granted(action), ALL_RECORDED, NOTHING)).toBe('permission-only');
});

test.each(['execute-api:Invoke', 'es:ESHttpGet', 'logs:PutLogEvents'])('no selectors record %s', (action) => {
  expect(unobservable(granted(action), ALL_RECORDED, NOTHING)).toBe('data-event-not-recorded');
});

const PREFIXES = [
  { prefixes: [], on: OBJECTS, is: undefined },
  { prefixes: ['arn:aws:s3'], on: '*', is: undefined },
  { prefixes: ['arn:aws:s3:::'], on: OBJECTS, is: undefined },
  { prefixes: ['arn:aws:s3:::productionapp/'], on: OBJECTS, is: undefined },
  { prefixes: ['arn:aws:s3:::productionapp/'], on: 'arn:aws:s3:::productionapp', is: undefined },
  { prefixes: ['arn:aws:s3:::productionapp/public/'], on: OBJECTS, is: 'data-event-not-recorded' },
  {
    prefixes: ['arn:aws:s3:::productionapp/'],
    on: 'arn:aws:s3:::production*',
    is: 'data-event-not-recorded',
  },
  { prefixes: ['arn:aws:s3:::productionapp/'], on: '*', is: 'data-event-not-recorded' },
  { prefixes: ['arn:aws:s3:::other/', 'arn:aws:s3:::productionapp/'], on: OBJECTS, is: undefined },
];

test.each(PREFIXES)(
  'with selectors for $prefixes, what is granted on $on is: $is',
  ({ prefixes, on, is }) => {
    expect(unobservable(granted('s3:GetObject', 'Read', [on]), data('all', prefixes), NOTHING)).toBe(is);
  },
);

const WHOLE = [
  { arns: ['arn:aws:s3:::b/k'], on: 'arn:aws:s3:::b/k', is: undefined },
  { arns: ['arn:aws:s3:::b/k'], on: 'arn:aws:s3:::b/k/*', is: 'data-event-not-recorded' },
  // The event of a bucket has the bucket with a slash behind it.
  { arns: ['arn:aws:s3:::b'], on: 'arn:aws:s3:::b', is: 'data-event-not-recorded' },
  { arns: ['arn:aws:s3:::b/*'], on: 'arn:aws:s3:::b/*', is: 'data-event-not-recorded' },
];

test.each(WHOLE)('with selectors for $arns alone, what is granted on $on is: $is', ({ arns, on, is }) => {
  const [entry] = data('all').data;
  const selectors = { ...NO_DATA, data: entry === undefined ? [] : [{ ...entry, arns }] };
  expect(unobservable(granted('s3:GetObject', 'Read', [on]), selectors, NOTHING)).toBe(is);
});

const EXCEPT = [
  { except: ['arn:aws:s3:::logs/'], on: OBJECTS, is: undefined },
  { except: ['arn:aws:s3:::logs/'], on: 'arn:aws:s3:::productionapp', is: undefined },
  { except: ['arn:aws:s3:::production/'], on: 'arn:aws:s3:::productionapp', is: undefined },
  { except: ['arn:aws:s3:::logs/'], on: '*', is: 'data-event-not-recorded' },
  { except: ['arn:aws:s3:::logs/'], on: 'arn:aws:s3:::*/index.html', is: 'data-event-not-recorded' },
  { except: ['arn:aws:s3:::logs/'], on: 'arn:aws:s3:::log?', is: 'data-event-not-recorded' },
  { except: ['arn:aws:s3:::productionapp/tmp/'], on: OBJECTS, is: 'data-event-not-recorded' },
  // A listing of the bucket names what was listed of it: arn:aws:s3:::productionapp/tmp/.
  {
    except: ['arn:aws:s3:::productionapp/tmp/'],
    on: 'arn:aws:s3:::productionapp',
    is: 'data-event-not-recorded',
  },
  { except: ['arn:aws:s3:::logs/', 'arn:aws:s3:::prod'], on: OBJECTS, is: 'data-event-not-recorded' },
  { except: ['arn:aws:s3'], on: OBJECTS, is: 'data-event-not-recorded' },
];

test.each(EXCEPT)(
  'with selectors that leave out $except, what is granted on $on is: $is',
  ({ except, on, is }) => {
    const selectors = data('all', [], except);
    expect(unobservable(granted('s3:GetObject', 'Read', [on]), selectors, NOTHING)).toBe(is);
  },
);

test('what one selector leaves out another can record, and only that which has the whole grant counts', () => {
  const part = (arnPrefixes: readonly string[], exceptPrefixes: readonly string[]) =>
    data('all', arnPrefixes, exceptPrefixes).data;
  const whole = { ...NO_DATA, data: [...part([], ['arn:aws:s3:::pr']), ...part(['arn:aws:s3:::pr'], [])] };
  expect(unobservable(granted('s3:PutObject'), whole, NOTHING)).toBeUndefined();
  const halves = { ...NO_DATA, data: [...part([], ['arn:aws:s3:::a/']), ...part([], ['arn:aws:s3:::b/'])] };
  expect(unobservable(granted('s3:PutObject', 'Write', ['*']), halves, NOTHING)).toBe(
    'data-event-not-recorded',
  );
});

test('every resource of a grant must be recorded', () => {
  const some = data('all', ['arn:aws:s3:::productionapp/']);
  const both = granted('s3:GetObject', 'Read', [OBJECTS, 'arn:aws:s3:::other/*']);
  expect(unobservable(both, some, NOTHING)).toBe('data-event-not-recorded');
});

test('selectors for writes do not show reads, nor the other way round', () => {
  expect(unobservable(granted('s3:GetObject', 'Read'), data('write-only'), NOTHING)).toBe(
    'data-event-not-recorded',
  );
  expect(unobservable(granted('s3:PutObject'), data('write-only'), NOTHING)).toBeUndefined();
  expect(unobservable(granted('s3:PutObject'), data('read-only'), NOTHING)).toBe('data-event-not-recorded');
});

const MANAGEMENT = [
  {
    management: 'write-only',
    action: 'ec2:DescribeInstances',
    level: 'List',
    is: 'management-event-not-recorded',
  },
  { management: 'write-only', action: 'ec2:RunInstances', level: 'Write', is: undefined },
  {
    management: 'read-only',
    action: 'ec2:RunInstances',
    level: 'Write',
    is: 'management-event-not-recorded',
  },
  { management: 'none', action: 'ec2:RunInstances', level: 'Write', is: 'management-event-not-recorded' },
  // AssumeRole is a read-only event, whatever IAM says of it (facts of the CloudTrail record: readOnly true).
  { management: 'write-only', action: 'sts:AssumeRole', level: 'Write', is: 'management-event-not-recorded' },
] as const;

test.each(MANAGEMENT)(
  '$action where management events are $management: $is',
  ({ management, action, level, is }) => {
    expect(unobservable(granted(action, level), { ...NO_DATA, management }, NOTHING)).toBe(is);
  },
);

test('services that the selectors leave out are not seen', () => {
  const without = { ...NO_DATA, excludedSources: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] };
  expect(unobservable(granted('kms:Decrypt'), without, NOTHING)).toBe('management-event-not-recorded');
  expect(unobservable(granted('ec2:RunInstances'), without, NOTHING)).toBeUndefined();
});

test('tags can be given where something is made: then the permission to tag is no call of its own', () => {
  const tag = granted('ec2:CreateTags', 'Tagging', ['*']);
  expect(unobservable(tag, ALL_RECORDED, new Set(['ec2']))).toBe('permission-only');
  expect(unobservable(tag, ALL_RECORDED, new Set(['s3']))).toBeUndefined();
  expect(
    unobservable(granted('lambda:UntagResource', 'Tagging'), ALL_RECORDED, new Set(['lambda'])),
  ).toBeUndefined();
});
