import type { RoleReport, Seen } from '../../shared/domain/report/report.ts';
import { at, permission, role } from './a-report.ts';

const FIRST = at('2026-11-16T09:02:00.000Z');
const LAST = at('2026-11-22T16:48:00.000Z');
const NOT_SEEN: Seen = { as: 'not-seen' };

function used(allowed: number, denied: number, ...resources: readonly string[]): Seen {
  return { as: 'used', first: FIRST, last: LAST, people: 2, allowed, denied, unknown: 0, resources };
}

/** The role of the story: used a little, granted more, and trusted by a whole account. */
export function updateApp(): RoleReport {
  return {
    role: role('update-app'),
    arn: 'arn:aws:iam::999999999999:role/UpdateApp',
    inCatalog: true,
    elevations: 12,
    people: 2,
    lent: 43_200_000,
    permissions: [
      permission('s3:DeleteObject', 'Write', NOT_SEEN),
      permission('s3:GetBucketLocation', 'List', NOT_SEEN),
      permission('s3:GetObject', 'Read', used(812, 3, 'arn:aws:s3:::productionapp/*')),
      permission('s3:ListAllMyBuckets', 'List', {
        as: 'denied-only',
        first: FIRST,
        last: LAST,
        people: 1,
        denied: 4,
      }),
      {
        ...permission('s3:ListBucket', 'List', used(120, 0, 'arn:aws:s3:::productionapp')),
        conditional: true,
      },
      permission('s3:PutBucketPolicy', 'Permissions management', NOT_SEEN),
      permission('s3:PutObject', 'Write', used(378, 0, 'arn:aws:s3:::productionapp/*')),
      permission('s3:PutObjectTagging', 'Tagging', {
        as: 'not-observable',
        reason: 'data-event-not-recorded',
      }),
      permission('iam:PassRole', 'Write', { as: 'not-observable', reason: 'permission-only' }),
      permission('kms:Decrypt', 'Write', { as: 'not-observable', reason: 'management-event-not-recorded' }),
      permission('kms:Encrypt', 'Write', { as: 'not-observable', reason: 'hours-without-digest' }),
      permission('sqs:SendMessage', 'Write', { as: 'not-observable', reason: 'no-files' }),
      permission('sqs:PurgeQueue', 'Write', { as: 'not-observable', reason: 'selectors-unknown' }),
      permission('sns:Publish', 'Write', { as: 'not-observable', reason: 'outcome-unknown' }),
      permission('sns:Subscribe', 'Write', { as: 'not-observable', reason: 'record-damaged' }),
      {
        action: 'ec2:DescribeInstances',
        granted: false,
        conditional: false,
        seen: { as: 'denied-only', first: FIRST, last: LAST, people: 1, denied: 10 },
      },
    ],
    unexpanded: [],
    narrower: {
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['s3:GetObject', 's3:PutObject'],
            Resource: ['arn:aws:s3:::productionapp/*'],
          },
          { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['arn:aws:s3:::productionapp'] },
        ],
      },
      scope:
        'rules:\n  - name: developers-update-app\n    scope:\n      - actions: [s3:GetObject, s3:PutObject]\n        resources: ["arn:aws:s3:::productionapp/*"]\n',
      proof: { events: 1310, matched: 1310 },
      actionsBefore: 15,
      actionsAfter: 3,
      left: ['s3:DeleteObject', 's3:GetBucketLocation', 's3:ListAllMyBuckets', 's3:PutBucketPolicy'],
      kept: ['iam:PassRole', 'kms:Decrypt', 's3:PutObjectTagging'],
      conditional: ['s3:ListBucket'],
    },
    standing: [{ principal: 'arn:aws:iam::111111111111:root', kind: 'aws' }],
  };
}
