import type { Json } from '../../../shared/domain/canonical-json.ts';
import type { TrailRecord } from '../../../shared/domain/trail/record.ts';
import { resourcesOf } from '../../../shared/domain/trail/resources.ts';
import { record } from './observations.ts';

type Row = readonly [
  what: string,
  source: string,
  name: string,
  parameters: Json,
  listed: readonly string[],
  expected: readonly string[],
];

const HERE = 'eu-central-1:999999999999';
const BUCKET = 'arn:aws:s3:::productionapp';
const KEY = `arn:aws:kms:${HERE}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

// Formats of ARNs: "Actions, resources, and condition keys for AWS services", Service Authorization Reference.
const ROWS: readonly Row[] = [
  [
    'an object, not its bucket',
    's3',
    'GetObject',
    null,
    [`${BUCKET}/a/b.txt`, BUCKET],
    [`${BUCKET}/a/b.txt`],
  ],
  ['a bucket', 's3', 'GetBucketPolicy', null, [BUCKET], [BUCKET]],
  [
    'a listing of a prefix',
    's3',
    'ListObjectsV2',
    { bucketName: 'productionapp', prefix: 'a/' },
    [`${BUCKET}/a/`, BUCKET],
    [BUCKET],
  ],
  [
    'a listing that lists nothing',
    's3',
    'ListObjects',
    { bucketName: 'productionapp', prefix: 'a/' },
    [],
    [BUCKET],
  ],
  [
    'an object by parameters',
    's3',
    'PutObject',
    { bucketName: 'productionapp', key: 'a b.txt' },
    [],
    [`${BUCKET}/a b.txt`],
  ],
  [
    'both objects of a copy',
    's3',
    'CopyObject',
    { 'x-amz-copy-source': 'from/a%20b.txt', bucketName: 'productionapp', key: 'c' },
    [`${BUCKET}/c`, BUCKET],
    ['arn:aws:s3:::from/a b.txt', `${BUCKET}/c`],
  ],
  [
    'a copy source that is no URL',
    's3',
    'CopyObject',
    { 'x-amz-copy-source': 'from/%E0%A4%A' },
    [`${BUCKET}/c`],
    [`${BUCKET}/c`],
  ],
  [
    'any object, where only the bucket is told',
    's3',
    'DeleteObjects',
    null,
    [`${BUCKET}/`, BUCKET],
    [`${BUCKET}/*`],
  ],
  [
    'an object behind an access point',
    's3',
    'GetObject',
    { bucketName: `arn:aws:s3:${HERE}:accesspoint/app`, key: 'a' },
    [],
    [`arn:aws:s3:${HERE}:accesspoint/app/object/a`],
  ],
  ['all buckets', 's3', 'ListBuckets', { Host: 's3.amazonaws.com' }, [], []],
  ['a table', 'dynamodb', 'PutItem', { tableName: 'T' }, [], [`arn:aws:dynamodb:${HERE}:table/T`]],
  [
    'an index',
    'dynamodb',
    'Query',
    { tableName: 'T', indexName: 'byState' },
    [`arn:aws:dynamodb:${HERE}:table/T`],
    [`arn:aws:dynamodb:${HERE}:table/T/index/byState`],
  ],
  [
    'a function',
    'lambda',
    'GetFunction20150331v2',
    { functionName: 'f' },
    [],
    [`arn:aws:lambda:${HERE}:function:f`],
  ],
  [
    'a function by ARN',
    'lambda',
    'Invoke',
    { functionName: `arn:aws:lambda:${HERE}:function:f` },
    [],
    [`arn:aws:lambda:${HERE}:function:f`],
  ],
  [
    'a queue',
    'sqs',
    'SendMessage',
    { queueUrl: 'https://sqs.eu-central-1.amazonaws.com/111111111111/q' },
    [],
    ['arn:aws:sqs:eu-central-1:111111111111:q'],
  ],
  ['a topic', 'sns', 'Publish', { topicArn: `arn:aws:sns:${HERE}:t` }, [], [`arn:aws:sns:${HERE}:t`]],
  ['a key', 'kms', 'Decrypt', { keyId: 'alias/app' }, [KEY, `arn:aws:kms:${HERE}:alias/app`], [KEY]],
  ['a key by id', 'kms', 'DescribeKey', { keyId: 'mrk-1' }, [], [`arn:aws:kms:${HERE}:key/mrk-1`]],
  ['an alias of an unknown key', 'kms', 'Encrypt', { keyId: 'alias/app' }, [], []],
  [
    'a role, not the policy attached to it',
    'iam',
    'AttachRolePolicy',
    { roleName: 'R', policyArn: 'arn:aws:iam::aws:policy/P' },
    [],
    ['arn:aws:iam::999999999999:role/R'],
  ],
  [
    'a role that is made with a path',
    'iam',
    'CreateRole',
    { roleName: 'R', path: '/apps/' },
    [],
    ['arn:aws:iam::999999999999:role/apps/R'],
  ],
  [
    'a managed policy',
    'iam',
    'GetPolicy',
    { policyArn: 'arn:aws:iam::aws:policy/P' },
    [],
    ['arn:aws:iam::aws:policy/P'],
  ],
  [
    'instances',
    'ec2',
    'StopInstances',
    { instancesSet: { items: [{ instanceId: 'i-1' }, { instanceId: 'i-2' }] } },
    [],
    [`arn:aws:ec2:${HERE}:instance/i-1`, `arn:aws:ec2:${HERE}:instance/i-2`],
  ],
  [
    'a launch that needs many kinds of resources',
    'ec2',
    'RunInstances',
    { instancesSet: { items: [{ imageId: 'ami-1' }] } },
    [],
    [],
  ],
  [
    'a secret by name',
    'secretsmanager',
    'GetSecretValue',
    { secretId: 'db' },
    [],
    [`arn:aws:secretsmanager:${HERE}:secret:db-??????`],
  ],
  [
    'a secret by ARN',
    'secretsmanager',
    'GetSecretValue',
    { secretId: `arn:aws:secretsmanager:${HERE}:secret:db-2aONLk` },
    [],
    [`arn:aws:secretsmanager:${HERE}:secret:db-2aONLk`],
  ],
  [
    'parameters',
    'ssm',
    'GetParameters',
    { names: ['/a/b', 'c'] },
    [],
    [`arn:aws:ssm:${HERE}:parameter/a/b`, `arn:aws:ssm:${HERE}:parameter/c`],
  ],
  ['a document, which is no parameter', 'ssm', 'GetDocument', { name: 'AWS-RunShellScript' }, [], []],
  [
    'a log group',
    'logs',
    'GetLogEvents',
    { logGroupName: '/aws/lambda/f' },
    [],
    [`arn:aws:logs:${HERE}:log-group:/aws/lambda/f:*`],
  ],
  [
    'a role that is assumed',
    'sts',
    'AssumeRole',
    { roleArn: 'arn:aws:iam::999999999999:role/R' },
    [],
    ['arn:aws:iam::999999999999:role/R'],
  ],
  [
    'a service that nothing is known of',
    'example',
    'GetThing',
    { thingArn: 'arn:aws:example:::thing' },
    [],
    [],
  ],
];

test.each(ROWS)('%s', (_, service, name, parameters, listed, expected) => {
  expect(resourcesOf(ofCall(service, name, parameters, listed))).toEqual(expected);
});

test('in another partition ARNs begin as that does', () => {
  const call = ofCall('dynamodb', 'PutItem', { tableName: 'T' }, []);
  expect(resourcesOf({ ...call, region: 'cn-north-1' })).toEqual([
    'arn:aws-cn:dynamodb:cn-north-1:999999999999:table/T',
  ]);
});

test('a parameter of the wrong type names nothing', () => {
  for (const parameters of [
    null,
    'T',
    ['T'],
    { tableName: 7 },
    { tableName: '' },
    { tableName: { name: 'T' } },
  ])
    expect(resourcesOf(ofCall('dynamodb', 'PutItem', parameters, []))).toEqual([]);
});

test('more names than an item can hold name nothing: half of them would be taken for all', () => {
  const names = (count: number) => ({ names: Array.from({ length: count }, (_, n) => `p${n}`) });
  expect(resourcesOf(ofCall('ssm', 'GetParameters', names(100), []))).toHaveLength(100);
  expect(resourcesOf(ofCall('ssm', 'GetParameters', names(10_000), []))).toEqual([]);
});

function ofCall(service: string, name: string, parameters: Json, listed: readonly string[]): TrailRecord {
  const resources = listed.map((arn) => ({ arn }));
  return record({ source: `${service}.amazonaws.com`, name, parameters, resources });
}
