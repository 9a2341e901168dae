import type { Assumption, RoleChange } from '../../../shared/domain/trail/observation.ts';
import { observe } from '../../../shared/domain/trail/observe.ts';
import type { TrailRecord } from '../../../shared/domain/trail/record.ts';
import { EVERYTHING, OURS, record, sessionOf, UPDATE_APP, updateAppId } from './observations.ts';

/** IAM user of AWS's examples. */
const ANAYA = {
  type: 'IAMUser',
  arn: 'arn:aws:iam::111122223333:user/anaya',
  principalId: 'AIDACKCEVSQ6C2EXAMPLE',
  account: '111122223333',
};

const assumeRole = (more: Partial<TrailRecord>) =>
  record({ source: 'sts.amazonaws.com', name: 'AssumeRole', caller: ANAYA, ...more });

// "Logging IAM and AWS STS API calls with AWS CloudTrail", IAM User Guide; a denied call and its message as delivered.
const ASSUMPTIONS: readonly (readonly [string, TrailRecord, Assumption | undefined])[] = [
  [
    'a role that was assumed',
    assumeRole({
      parameters: { roleArn: UPDATE_APP, roleSessionName: `${OURS}+1`, sourceIdentity: OURS },
      response: { assumedRoleUser: { assumedRoleId: updateAppId(`${OURS}+1`) }, sourceIdentity: OURS },
    }),
    {
      roleArn: UPDATE_APP,
      sessionName: `${OURS}+1`,
      sourceIdentity: OURS,
      assumedRoleId: updateAppId(`${OURS}+1`),
    },
  ],
  [
    'what no role is called: nothing began',
    assumeRole({
      parameters: { roleArn: `${UPDATE_APP}${'x'.repeat(2000)}`, roleSessionName: `${OURS}+1` },
      error: { code: 'ValidationError' },
    }),
    undefined,
  ],
  [
    'a role that a session assumed: its source identity goes on',
    assumeRole({
      caller: sessionOf(UPDATE_APP, `${OURS}+1`, OURS),
      parameters: { roleArn: 'arn:aws:iam::111111111111:role/Next', roleSessionName: 'n' },
    }),
    { roleArn: 'arn:aws:iam::111111111111:role/Next', sessionName: 'n', sourceIdentity: OURS },
  ],
  [
    'a denied attempt, whose role is in the message alone',
    assumeRole({
      error: {
        code: 'AccessDenied',
        message: `User: ${ANAYA.arn} is not authorized to perform: sts:AssumeRole on resource: ${UPDATE_APP}`,
      },
    }),
    { roleArn: UPDATE_APP },
  ],
  [
    'an attempt whose role is among the resources alone',
    assumeRole({ resources: [{ arn: UPDATE_APP, type: 'AWS::IAM::Role' }] }),
    { roleArn: UPDATE_APP },
  ],
  [
    'a federated session',
    assumeRole({
      name: 'AssumeRoleWithSAML',
      parameters: { roleArn: UPDATE_APP, roleSessionName: 'anaya' },
    }),
    { roleArn: UPDATE_APP, sessionName: 'anaya' },
  ],
  [
    'a switch in the console, as the role’s account sees it',
    signIn({ name: 'SwitchRole', caller: sessionOf(UPDATE_APP, 'anaya') }),
    { roleArn: UPDATE_APP, sessionName: 'anaya', assumedRoleId: updateAppId('anaya') },
  ],
  [
    'a switch in the console that says where to',
    signIn({ name: 'SwitchRole', switchTo: 'arn:aws:sts::999999999999:assumed-role/UpdateApp/anaya' }),
    { roleArn: UPDATE_APP },
  ],
  ['a switch back, which begins nothing', signIn({ name: 'ExitRole', switchTo: UPDATE_APP }), undefined],
  ['a call of another service with that name', assumeRole({ source: 'example.amazonaws.com' }), undefined],
  ['an attempt that tells no role', assumeRole({}), undefined],
];

test.each(ASSUMPTIONS)('%s', (_, call, expected) => {
  expect(observe(call, EVERYTHING).assumed).toEqual(expected);
});

const iam = (name: string, parameters: TrailRecord['parameters'], more: Partial<TrailRecord> = {}) =>
  record({ source: 'iam.amazonaws.com', name, parameters, ...more });

// Names of parameters: IAM API Reference; the trail writes them with a small letter.
const CHANGES: readonly (readonly [TrailRecord, RoleChange | undefined])[] = [
  [iam('UpdateAssumeRolePolicy', { roleName: 'UpdateApp' }), { of: 'role', arn: UPDATE_APP, what: 'trust' }],
  [
    iam('PutRolePolicy', { roleName: 'UpdateApp', policyName: 'p' }),
    { of: 'role', arn: UPDATE_APP, what: 'inline-policy', policy: 'p' },
  ],
  [
    iam('DeleteRolePolicy', { roleName: 'UpdateApp', policyName: 'p' }),
    { of: 'role', arn: UPDATE_APP, what: 'inline-policy', policy: 'p' },
  ],
  [
    iam('AttachRolePolicy', { roleName: 'UpdateApp', policyArn: 'arn:aws:iam::aws:policy/P' }),
    { of: 'role', arn: UPDATE_APP, what: 'attached-policy', policy: 'arn:aws:iam::aws:policy/P' },
  ],
  [
    iam('PutRolePermissionsBoundary', {
      roleName: 'UpdateApp',
      permissionsBoundary: 'arn:aws:iam::aws:policy/B',
    }),
    { of: 'role', arn: UPDATE_APP, what: 'boundary', policy: 'arn:aws:iam::aws:policy/B' },
  ],
  [
    iam('DeleteRolePermissionsBoundary', { roleName: 'UpdateApp' }),
    { of: 'role', arn: UPDATE_APP, what: 'boundary' },
  ],
  [
    iam('CreateRole', { roleName: 'Deploy', path: '/apps/' }),
    { of: 'role', arn: 'arn:aws:iam::999999999999:role/apps/Deploy', what: 'role' },
  ],
  [iam('DeleteRole', { roleName: 'UpdateApp' }), { of: 'role', arn: UPDATE_APP, what: 'role' }],
  [
    iam('SetDefaultPolicyVersion', { policyArn: 'arn:aws:iam::999999999999:policy/P', versionId: 'v2' }),
    { of: 'policy', arn: 'arn:aws:iam::999999999999:policy/P', what: 'policy-version' },
  ],
  [
    iam('PutRolePolicy', null, {
      error: {
        code: 'AccessDenied',
        message: `User: ${ANAYA.arn} is not authorized to perform: iam:PutRolePolicy on resource: role UpdateApp because no identity-based policy allows the iam:PutRolePolicy action`,
      },
    }),
    { of: 'role', arn: UPDATE_APP, what: 'inline-policy' },
  ],
  [iam('PutUserPolicy', { userName: 'anaya', policyName: 'p' }), undefined],
  // What a failed call names need not exist, nor be anything that could: 2,048 characters are taken (IAM API Reference, "DeletePolicy").
  [iam('DeletePolicy', { policyArn: `arn:aws:iam::999999999999:policy/${'p'.repeat(2000)}` }), undefined],
  [iam('DeletePolicy', { policyArn: 'not the ARN of a policy' }), undefined],
  [iam('GetRole', { roleName: 'UpdateApp' }), undefined],
  [iam('PutRolePolicy', null), undefined],
];

test.each(CHANGES.map(([call, change]) => [call.name, call, change] as const))(
  'a change to a role or policy: %s',
  (_, call, expected) => {
    expect(observe(call, EVERYTHING).changed).toEqual(expected);
  },
);

test.each([
  ['api', {}],
  ['console', { fromConsole: true }],
  ['console', { userAgent: 'signin.amazonaws.com' }],
  ['console', { userAgent: 'console.amazonaws.com' }],
  ['console', { type: 'AwsConsoleSignIn' }],
  ['service', { type: 'AwsServiceEvent' }],
  ['service', { caller: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' } }],
  ['service', { fromConsole: true, caller: { type: 'AssumedRole', invokedBy: 'athena.amazonaws.com' } }],
] as const)('it came by way of the %s', (via, more) => {
  expect(observe(record(more), EVERYTHING).via).toBe(via);
});

test('a sign-in that failed was denied, although it has no error code', () => {
  const failed = signIn({ name: 'ConsoleLogin', response: { ConsoleLogin: 'Failure' } });
  expect(observe(failed, EVERYTHING).outcome).toBe('denied');
  const done = signIn({ name: 'ConsoleLogin', response: { ConsoleLogin: 'Success' } });
  expect(observe(done, EVERYTHING).outcome).toBe('allowed');
});

test('a call whose actions take no resources is allowed by * alone, so none are told', () => {
  const parameters = { instanceId: 'i-1' };
  const describe = record({ source: 'ec2.amazonaws.com', name: 'DescribeInstanceAttribute', parameters });
  expect(observe(describe, EVERYTHING).resources).toEqual([]);
  const stop = observe({ ...describe, name: 'StopInstances' }, EVERYTHING);
  expect(stop.resources).toEqual(['arn:aws:ec2:eu-central-1:999999999999:instance/i-1']);
});

test('access keys are not kept, and what is absent is absent', () => {
  const call = record({ caller: { type: 'IAMUser', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' } });
  const observation = observe(call, EVERYTHING);
  expect(JSON.stringify(observation)).not.toContain('AKIA');
  expect(Object.values(observation)).not.toContain(undefined);
  expect(observation.actor).toEqual({ type: 'IAMUser' });
});

function signIn(more: Partial<TrailRecord>): TrailRecord {
  return record({ source: 'signin.amazonaws.com', type: 'AwsConsoleSignIn', caller: ANAYA, ...more });
}
