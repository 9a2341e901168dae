import type { Random } from './random.ts';

/** One event in so many is of a session of ours. */
export const OUR_SHARE = 100;

/** The ARN of the n-th role of the catalog. */
export function roleArn(n: number): string {
  return `arn:aws:iam::${100_000_000_000 + (n % 50) * 7919}:role/team-${n % 97}/Deploy${n}`;
}

/** The calls of a busy account, as often as they come in such logs: mostly reads by machines. */
const CALLS: readonly (readonly [source: string, name: string, weight: number, parameters: object | null])[] =
  [
    [
      'ec2',
      'DescribeInstances',
      18,
      {
        instancesSet: {},
        filterSet: { items: [{ name: 'tag:team', valueSet: { items: [{ value: 'search' }] } }] },
      },
    ],
    [
      'ec2',
      'DescribeNetworkInterfaces',
      8,
      { networkInterfaceIdSet: { items: [{ networkInterfaceId: 'eni-0f1e2d3c4b5a69788' }] } },
    ],
    [
      'ssm',
      'UpdateInstanceInformation',
      12,
      {
        instanceId: 'i-0f1e2d3c4b5a69788',
        agentVersion: '3.3.2299.0',
        platformType: 'Linux',
        platformName: 'Amazon Linux',
      },
    ],
    [
      'kms',
      'Decrypt',
      14,
      {
        encryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::productionapp/2026/11/24/part-000' },
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      },
    ],
    [
      'secretsmanager',
      'GetSecretValue',
      8,
      { secretId: 'arn:aws:secretsmanager:us-east-1:999999999999:secret:search/database-AbCdEf' },
    ],
    [
      's3',
      'GetBucketAcl',
      12,
      { bucketName: 'productionapp', Host: 'productionapp.s3.us-east-1.amazonaws.com', acl: '' },
    ],
    [
      'logs',
      'CreateLogStream',
      8,
      { logGroupName: '/aws/lambda/search', logStreamName: '2026/11/24/[$LATEST]0f1e2d3c4b5a697887' },
    ],
    [
      'rds',
      'DescribeDBInstances',
      6,
      { maxRecords: 100, filters: [{ filterName: 'engine', filterValues: ['postgres'] }] },
    ],
    [
      'lambda',
      'GetFunction20150331v2',
      5,
      { functionName: 'arn:aws:lambda:us-east-1:999999999999:function:search' },
    ],
    ['iam', 'GetRole', 4, { roleName: 'search-worker' }],
    ['iam', 'ListAttachedRolePolicies', 2, { roleName: 'search-worker' }],
    [
      'sts',
      'AssumeRole',
      3,
      {
        roleArn: 'arn:aws:iam::999999999999:role/search-worker',
        roleSessionName: 'i-0f1e2d3c4b5a69788',
        durationSeconds: 3600,
      },
    ],
  ];
const WEIGHTED = CALLS.flatMap((call) => Array.from({ length: call[2] }, () => call));

const AGENTS = [
  '[aws-sdk-java/2.31.9 Linux/6.1.0 OpenJDK_64-Bit_Server_VM/21.0.5\u002b11-LTS Java/21.0.5 vendor/Amazon.com_Inc. exec-env/AWS_ECS_FARGATE]',
  'Boto3/1.40.2 md/Botocore#1.40.2 ua/2.1 os/linux#6.1.0-amzn2023 md/arch#x86_64 lang/python#3.13.1 md/pyimpl#CPython cfg/retry-mode#standard Botocore/1.40.2',
  'aws-sdk-go-v2/1.36.3 os/linux lang/go#1.24.1 md/GOOS#linux md/GOARCH#arm64 api/ssm#1.58.2',
  'autoscaling.amazonaws.com',
];

/** An event of that number as CloudTrail writes it, in JSON; one of ours by a session of a role of the catalog. */
export function eventOf(n: number, isOurs: boolean, random: Random): string {
  const [service, eventName, , requestParameters] = WEIGHTED[random(WEIGHTED.length)] ?? [
    's3',
    'ListBuckets',
    1,
    null,
  ];
  return JSON.stringify({
    eventVersion: '1.11',
    userIdentity: isOurs ? ourCaller(n, random) : callerOf(random),
    eventTime: `2026-11-24T${two(n, 24)}:${two(random(60), 60)}:${two(random(60), 60)}Z`,
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: 'us-east-1',
    sourceIPAddress: `10.0.${random(256)}.${random(256)}`,
    userAgent: AGENTS[random(AGENTS.length)],
    requestParameters,
    responseElements: null,
    additionalEventData: {
      SignatureVersion: 'SigV4',
      CipherSuite: 'TLS_AES_128_GCM_SHA256',
      'x-amz-id-2': `${token(random)}+${token(random)}/${token(random)}=`,
    },
    requestID: uuid(random),
    eventID: uuid(random),
    readOnly: true,
    resources: [{ accountId: '999999999999', type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::productionapp' }],
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '999999999999',
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${service}.us-east-1.amazonaws.com`,
    },
  });
}

function ourCaller(n: number, random: Random): object {
  const id = `${n}`.padStart(26, '0');
  const arn = roleArn(random(1000));
  return session(
    arn,
    `dbr+person${n % 100}+${id}+1`,
    { sourceIdentity: `dbr+person${n % 100}+${id}` },
    random,
  );
}

function callerOf(random: Random): object {
  return session(
    `arn:aws:iam::999999999999:role/search-worker-${random(400)}`,
    `i-0${token(random)}`,
    {},
    random,
  );
}

function session(arn: string, name: string, more: object, random: Random): object {
  const [, , , , account = '', role = ''] = arn.split(':');
  const userName = role.split('/').at(-1) ?? '';
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLEEXAMPLE000:${name}`,
    arn: `arn:aws:sts::${account}:assumed-role/${userName}/${name}`,
    accountId: account,
    accessKeyId: `ASIA${token(random).toUpperCase()}`,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAEXAMPLEEXAMPLE000',
        arn,
        accountId: account,
        userName,
      },
      attributes: { creationDate: '2026-11-24T08:00:00Z', mfaAuthenticated: 'false' },
      ...more,
    },
  };
}

function two(n: number, bound: number): string {
  return String(n % bound).padStart(2, '0');
}

function token(random: Random): string {
  return `${random(2 ** 31).toString(36)}${random(2 ** 31).toString(36)}${random(2 ** 31).toString(36)}`;
}

function uuid(random: Random): string {
  const hex = () =>
    random(2 ** 31)
      .toString(16)
      .padStart(8, '0');
  return `${hex()}-${hex().slice(4)}-4${hex().slice(5)}-8${hex().slice(5)}-${hex()}${hex().slice(4)}`;
}
