import type { Check } from './checks.ts';
import { functions, rights } from './template.ts';

const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const STREAM = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];
const SEAL = ['kms:GenerateMac', 'kms:VerifyMac'];
const READ = ['dynamodb:GetItem', 'dynamodb:Query', 'kms:VerifyMac'];
const TAKE = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
const KEEP = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'];

/** All that each function may do: whatever else somebody gives it is found. */
const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  activity: [...LOG, ...READ],
  announce: [
    ...[...LOG, ...STREAM, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'events:PutEvents'],
    ...['kms:VerifyMac', 's3:GetObject', 's3:PutObject', 'secretsmanager:GetSecretValue'],
    ...['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:SendMessage'],
  ],
  authorize: LOG,
  credentials: [
    ...[...LOG, ...SEAL, 'dynamodb:GetItem', 'dynamodb:PutItem'],
    ...['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
  ],
  elevations: [...LOG, ...SEAL, ...KEEP],
  report: [
    ...[...LOG, ...TAKE, 'dynamodb:BatchGetItem', 'dynamodb:Query', 'kms:VerifyMac'],
    ...['s3:GetObject', 's3:ListBucket', 's3:PutObject'],
    ...['secretsmanager:GetSecretValue', 'sts:AssumeRole'],
  ],
  reports: [...LOG, 's3:GetObject', 's3:ListBucket', 'sqs:SendMessage'],
  slack: [...LOG, ...SEAL, ...KEEP, 'secretsmanager:GetSecretValue'],
  sweep: [...LOG, 'dynamodb:Query', 'sqs:SendMessage'],
  trail: [
    ...[...LOG, ...READ, ...TAKE, 'dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'],
    ...['events:PutEvents', 's3:GetObject', 's3:ListBucket', 'sqs:SendMessage'],
  ],
};

/** Rights that a function has and should not have, or the other way round. */
export const functionsMayDoTheirOwnPart: Check = (template) =>
  functions(template).flatMap(({ name, role }) => {
    const may = rights(template)
      .filter((right) => right.role === role)
      .flatMap(({ statement }) => statement.Action);
    const should = RIGHTS[name] ?? [];
    return [
      ...may.filter((action) => !should.includes(action)).map((action) => `${name} may ${action}`),
      ...should.filter((action) => !may.includes(action)).map((action) => `${name} may not ${action}`),
    ];
  });

/** Statements of these actions have conditions, without which they would mean more than their resource says. */
export const rightsAreNarrowed: Check = (template) => {
  const bare = rights(template).filter(({ statement }) => statement.Condition === undefined);
  return [
    ...bare
      .filter(({ statement }) => statement.Action.includes('events:PutEvents'))
      .map(() => 'any source may be claimed'),
    ...bare
      .filter(({ role, statement }) => role === 'SweepRole' && statement.Action.includes('dynamodb:Query'))
      .map(() => 'sweep may read whole elevations'),
  ];
};
