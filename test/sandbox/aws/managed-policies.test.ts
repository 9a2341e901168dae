import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePermissionsBoundaryCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { ListBucketsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { auditorRolesOf } from '../../../sandbox/hub/auditor-roles.ts';
import { ROOT } from '../hub/story-hub.ts';
import { allow, assume, outcomeOf, policy, role, type Story, startStory } from './story.ts';

const PRODUCTION = '999999999999';
const READ_ONLY = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
const POWER = 'arn:aws:iam::aws:policy/PowerUserAccess';
const AUDITOR = `arn:aws:iam::${PRODUCTION}:role/drawbridge/drawbridge-auditor`;
const AUDITORS = auditorRolesOf(ROOT, [AUDITOR], { account: '222222222222', partition: 'aws' });

let story: Story;
beforeEach(async () => {
  story = await startStory({
    roles: [
      ...AUDITORS,
      role('222222222222', 'drawbridge-report', allow(['sts:AssumeRole']), { path: '/drawbridge/' }),
      role(PRODUCTION, 'Admin', allow(['iam:*'])),
      { ...role(PRODUCTION, 'Worker', policy()), policies: {}, attached: [READ_ONLY] },
      { ...role(PRODUCTION, 'Bounded', allow(['s3:*', 'iam:GetRole'])), boundary: READ_ONLY },
      {
        ...role(PRODUCTION, 'Many', policy()),
        policies: { a: allow(['s3:*']), b: allow(['s3:*']), c: allow(['s3:*']) },
      },
    ],
  });
});
afterEach(() => story.stop());

const as = (name: string) => story.aws.functionCredentials(`arn:aws:iam::${PRODUCTION}:role/${name}`, 'test');
const admin = () => story.iam(as('Admin'));
const listsBuckets = (name: string) => outcomeOf(story.s3(as(name)).send(new ListBucketsCommand({})));
const records = () => story.aws.records();

test('a role has the rights of the policies that are attached to it, as long as they are', async () => {
  expect(await listsBuckets('Worker')).toMatchObject({ code: 'allowed' });
  const attachment = { RoleName: 'Worker', PolicyArn: READ_ONLY };
  await admin().send(new DetachRolePolicyCommand(attachment));
  expect(await listsBuckets('Worker')).toMatchObject({ code: 'AccessDenied' });
  await admin().send(new AttachRolePolicyCommand(attachment));
  await admin().send(new AttachRolePolicyCommand(attachment)); // once more changes nothing
  expect(await listsBuckets('Worker')).toMatchObject({ code: 'allowed' });
  const { AttachedPolicies } = await admin().send(
    new ListAttachedRolePoliciesCommand({ RoleName: 'Worker' }),
  );
  expect(AttachedPolicies).toEqual([{ PolicyName: 'AmazonS3ReadOnlyAccess', PolicyArn: READ_ONLY }]);
});

// IAM User Guide, "Permissions boundaries for IAM entities" and "Troubleshoot access denied error messages".
test('a permissions boundary takes away what it does not allow', async () => {
  const bounded = story.iam(as('Bounded'));
  expect(await listsBuckets('Bounded')).toMatchObject({ code: 'allowed' });
  expect(await outcomeOf(bounded.send(new GetRoleCommand({ RoleName: 'Admin' })))).toMatchObject({
    code: 'AccessDenied',
    message: expect.stringContaining('because no permissions boundary allows the iam:GetRole action'),
  });
  await admin().send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'Bounded' }));
  expect(await outcomeOf(bounded.send(new GetRoleCommand({ RoleName: 'Admin' })))).toMatchObject({
    code: 'allowed',
  });
});

test('a boundary gives nothing by itself, and GetRole shows it', async () => {
  await admin().send(new PutRolePermissionsBoundaryCommand({ RoleName: 'Many', PermissionsBoundary: POWER }));
  const { Role } = await admin().send(new GetRoleCommand({ RoleName: 'Many' }));
  expect(Role).toMatchObject({
    MaxSessionDuration: 3600,
    PermissionsBoundary: {
      PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
      PermissionsBoundaryArn: POWER,
    },
  });
  expect(
    await outcomeOf(story.iam(as('Many')).send(new GetRoleCommand({ RoleName: 'Admin' }))),
  ).toMatchObject({
    code: 'AccessDenied',
  });
});

test('a role can be made with a boundary, and not be deleted while policies are attached', async () => {
  const made = await admin().send(
    new CreateRoleCommand({
      RoleName: 'Made',
      AssumeRolePolicyDocument: JSON.stringify(
        policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }),
      ),
      PermissionsBoundary: READ_ONLY,
    }),
  );
  expect(made.Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(READ_ONLY);
  expect(await outcomeOf(admin().send(new DeleteRoleCommand({ RoleName: 'Worker' })))).toMatchObject({
    code: 'DeleteConflict',
  });
});

test('a managed policy is read by its default version, URL-encoded', async () => {
  const { Policy } = await admin().send(new GetPolicyCommand({ PolicyArn: READ_ONLY }));
  expect(Policy).toMatchObject({ PolicyName: 'AmazonS3ReadOnlyAccess', Path: '/', DefaultVersionId: 'v1' });
  const { PolicyVersion } = await admin().send(
    new GetPolicyVersionCommand({ PolicyArn: READ_ONLY, VersionId: Policy?.DefaultVersionId }),
  );
  expect(PolicyVersion?.Document).toMatch(/^%7B%22Version%22/);
  expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ''))).toMatchObject({
    Statement: [{ Effect: 'Allow', Action: ['s3:Get*', 's3:List*', 's3:Describe*'] }],
  });
});

test.each([
  ['a policy', () => new GetPolicyCommand({ PolicyArn: `arn:aws:iam::${PRODUCTION}:policy/None` })],
  ['a version', () => new GetPolicyVersionCommand({ PolicyArn: READ_ONLY, VersionId: 'v2' })],
  [
    'what is to be attached',
    () => new AttachRolePolicyCommand({ RoleName: 'Worker', PolicyArn: 'arn:aws:iam::aws:policy/None' }),
  ],
  ['what is to be detached', () => new DetachRolePolicyCommand({ RoleName: 'Many', PolicyArn: READ_ONLY })],
  [
    'a boundary',
    () =>
      new PutRolePermissionsBoundaryCommand({
        RoleName: 'Many',
        PermissionsBoundary: 'arn:aws:iam::aws:policy/None',
      }),
  ],
])('%s that is not there is NoSuchEntity', async (_title, command) => {
  expect(await outcomeOf(admin().send(command() as GetPolicyCommand))).toMatchObject({
    code: 'NoSuchEntity',
    status: 404,
  });
});

test('lists come in pages', async () => {
  const first = await admin().send(new ListRolePoliciesCommand({ RoleName: 'Many', MaxItems: 2 }));
  expect(first).toMatchObject({ PolicyNames: ['a', 'b'], IsTruncated: true });
  const rest = await admin().send(new ListRolePoliciesCommand({ RoleName: 'Many', Marker: first.Marker }));
  expect(rest).toMatchObject({ PolicyNames: ['c'], IsTruncated: false });
  const madeUp = new ListRolePoliciesCommand({ RoleName: 'Many', Marker: 'x' });
  expect(await outcomeOf(admin().send(madeUp))).toMatchObject({ code: 'ValidationError' });
});

// As CloudTrail wrote real ones: parameters as given, with small first letters; nothing under responseElements.
test('what the audit has to notice is recorded as CloudTrail writes it', async () => {
  const PolicyDocument = JSON.stringify(
    policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }),
  );
  await admin().send(new UpdateAssumeRolePolicyCommand({ RoleName: 'Worker', PolicyDocument }));
  await admin().send(new DetachRolePolicyCommand({ RoleName: 'Worker', PolicyArn: READ_ONLY }));
  await admin().send(new AttachRolePolicyCommand({ RoleName: 'Worker', PolicyArn: POWER }));
  await admin().send(
    new PutRolePermissionsBoundaryCommand({ RoleName: 'Worker', PermissionsBoundary: POWER }),
  );
  expect(records().map((it) => [it['eventName'], it['requestParameters'], it['responseElements']])).toEqual([
    ['UpdateAssumeRolePolicy', { roleName: 'Worker', policyDocument: PolicyDocument }, null],
    ['DetachRolePolicy', { roleName: 'Worker', policyArn: READ_ONLY }, null],
    ['AttachRolePolicy', { roleName: 'Worker', policyArn: POWER }, null],
    ['PutRolePermissionsBoundary', { roleName: 'Worker', permissionsBoundary: POWER }, null],
  ]);
});

test('the auditor role, as it is deployed, reads roles and their policies and changes nothing', async () => {
  const report = story.aws.functionCredentials(
    'arn:aws:iam::222222222222:role/drawbridge/drawbridge-report',
    'report',
  );
  const iam = story.iam(await assume(story, report, { RoleArn: AUDITOR, RoleSessionName: 'report' }));
  const read = [
    new GetRoleCommand({ RoleName: 'UpdateApp' }),
    new ListRolePoliciesCommand({ RoleName: 'UpdateApp' }),
    new ListAttachedRolePoliciesCommand({ RoleName: 'UpdateApp' }),
    new GetPolicyCommand({ PolicyArn: READ_ONLY }),
    new GetPolicyVersionCommand({ PolicyArn: READ_ONLY, VersionId: 'v1' }),
  ];
  for (const command of read) {
    expect(await outcomeOf(iam.send(command as GetRoleCommand))).toMatchObject({ code: 'allowed' });
  }
  const attach = new AttachRolePolicyCommand({ RoleName: 'UpdateApp', PolicyArn: POWER });
  expect(await outcomeOf(iam.send(attach))).toMatchObject({ code: 'AccessDenied' });
  const stranger = story.aws.functionCredentials(`arn:aws:iam::${PRODUCTION}:role/Admin`, 'test');
  expect(await outcomeOf(assume(story, stranger, { RoleArn: AUDITOR, RoleSessionName: 'in' }))).toMatchObject(
    {
      code: 'AccessDenied',
    },
  );
});

test('the listing of a bucket is recorded as of all its objects', async () => {
  await story.s3(as('Worker')).send(new ListObjectsV2Command({ Bucket: 'productionapp' }));
  expect(records().at(-1)?.['resources']).toEqual([
    { type: 'AWS::S3::Object', ARNPrefix: 'arn:aws:s3:::productionapp/' },
    { accountId: PRODUCTION, type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::productionapp' },
  ]);
});
