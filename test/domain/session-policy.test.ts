import { runSimulation } from '@cloud-copilot/iam-simulate';
import { sessionPolicy } from '../../shared/domain/credential-spec.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { at } from './values.ts';

const UNTIL = at('2026-11-24T10:00:00Z');
const PRODUCTION = '999999999999';

/** What the role of the story may do. */
const UPDATE_APP = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['s3:ListBucket', 's3:GetBucketLocation'],
      Resource: 'arn:aws:s3:::productionapp',
    },
    {
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      Resource: 'arn:aws:s3:::productionapp/*',
    },
  ],
};

/** Whether IAM lets a session with this policy do something at that time. */
async function isAllowed(policy: string, action: string, resource: string, time: string): Promise<boolean> {
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:sts::${PRODUCTION}:assumed-role/UpdateApp/dbr+david+01ARZ3NDEKTSV4RRFFQ69G5FAV+1`,
        action,
        resource: { resource, accountId: PRODUCTION },
        contextVariables: { 'aws:CurrentTime': time },
      },
      identityPolicies: [{ name: 'UpdateApp', policy: UPDATE_APP }],
      sessionPolicy: JSON.parse(policy),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return result.overallResult === 'Allowed';
}

const OBJECT = 'arn:aws:s3:::productionapp/banner.html';

test.each([
  ['2026-11-24T09:00:00Z', true],
  ['2026-11-24T09:59:59Z', true],
  ['2026-11-24T10:00:00Z', true],
  ['2026-11-24T10:00:01Z', false],
  ['2026-11-24T10:14:59Z', false],
  ['2026-11-25T09:00:00Z', false],
])('credentials of a window that ends at 10:00:00 work at %s: %s', async (time, works) => {
  expect(await isAllowed(sessionPolicy(undefined, UNTIL), 's3:PutObject', OBJECT, time)).toBe(works);
});

const READ: Scope = [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::productionapp/*'] }];
const EVERYTHING: Scope = [{ actions: ['ec2:*'], resources: ['*'] }];

test.each<[string, Scope | undefined, string, string, boolean]>([
  ['without a scope the role may do what it may', undefined, 's3:DeleteObject', OBJECT, true],
  ['without a scope nothing else', undefined, 's3:PutBucketPolicy', 'arn:aws:s3:::productionapp', false],
  ['a scope keeps what it names', READ, 's3:GetObject', OBJECT, true],
  ['a scope takes the rest away', READ, 's3:PutObject', OBJECT, false],
  [
    'a scope never widens the role',
    EVERYTHING,
    'ec2:TerminateInstances',
    `arn:aws:ec2:us-east-1:${PRODUCTION}:instance/i-1`,
    false,
  ],
])('%s', async (_title, scope, action, resource, allowed) => {
  expect(await isAllowed(sessionPolicy(scope, UNTIL), action, resource, '2026-11-24T09:30:00Z')).toBe(
    allowed,
  );
});

test('a scope ends as everything does', async () => {
  expect(await isAllowed(sessionPolicy(READ, UNTIL), 's3:GetObject', OBJECT, '2026-11-24T10:00:00Z')).toBe(
    true,
  );
  expect(await isAllowed(sessionPolicy(READ, UNTIL), 's3:GetObject', OBJECT, '2026-11-24T10:00:01Z')).toBe(
    false,
  );
});
