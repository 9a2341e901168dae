import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  type IAMClient,
  ListMFADevicesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import {
  allow,
  assume,
  DAVID,
  issuer,
  outcomeOf,
  policy,
  type Story,
  startStory,
  updateApp,
} from './story.ts';

let story: Story;
let production: IAMClient;
beforeEach(async () => {
  story = await startStory();
  production = story.iam(story.aws.userCredentials('arn:aws:iam::999999999999:root'));
});
afterEach(() => story.stop());

const ROLE = { RoleName: 'UpdateApp' };
const text = (document: object) => JSON.stringify(document);

test('a role is described with its trust policy, URL-encoded', async () => {
  const { Role } = await production.send(new GetRoleCommand(ROLE));
  expect(Role).toMatchObject({
    RoleName: 'UpdateApp',
    Path: '/',
    MaxSessionDuration: 3600,
    Arn: 'arn:aws:iam::999999999999:role/UpdateApp',
  });
  expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toMatchObject({
    Version: '2012-10-17',
  });
});

test('inline policies are put, listed, read and deleted', async () => {
  const document = policy({ Effect: 'Deny', Action: '*', Resource: '*' });
  await production.send(
    new PutRolePolicyCommand({ ...ROLE, PolicyName: 'stop', PolicyDocument: text(document) }),
  );
  const { PolicyNames } = await production.send(new ListRolePoliciesCommand(ROLE));
  expect(PolicyNames).toEqual(['UpdateApp', 'stop']);
  const { PolicyDocument } = await production.send(new GetRolePolicyCommand({ ...ROLE, PolicyName: 'stop' }));
  expect(JSON.parse(decodeURIComponent(PolicyDocument ?? ''))).toEqual(document);
  await production.send(new DeleteRolePolicyCommand({ ...ROLE, PolicyName: 'stop' }));
  expect((await production.send(new ListRolePoliciesCommand(ROLE))).PolicyNames).toEqual(['UpdateApp']);
});

test("a Deny on one source identity stops that session at once and nobody else's", async () => {
  const mine = await assume(story, issuer(story), updateApp());
  const other = await assume(story, issuer(story), updateApp({ SourceIdentity: 'dbr+ruth+02DEF' }));
  const cutOff = policy({
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { StringEquals: { 'aws:SourceIdentity': 'dbr+david+01ABC' } },
  });
  await production.send(
    new PutRolePolicyCommand({ ...ROLE, PolicyName: 'cut-off', PolicyDocument: text(cutOff) }),
  );
  const put = new PutObjectCommand({ Bucket: 'productionapp', Key: 'x', Body: 'x' });
  expect(await outcomeOf(story.s3(mine).send(put))).toMatchObject({
    code: 'AccessDenied',
    message: expect.stringMatching(/explicit deny in an identity-based policy$/),
  });
  expect(await outcomeOf(story.s3(other).send(put))).toMatchObject({ code: 'allowed' });
});

test('a new trust policy holds at once', async () => {
  const trust = policy({ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' });
  await production.send(new UpdateAssumeRolePolicyCommand({ ...ROLE, PolicyDocument: text(trust) }));
  expect(await outcomeOf(story.sts(issuer(story)).send(new AssumeRoleCommand(updateApp())))).toMatchObject({
    code: 'AccessDenied',
  });
});

test('sessions of a role that was made anew get nothing from it', async () => {
  const trust = text(policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }));
  const anew = { RoleName: 'Anew', Path: '/apps/', AssumeRolePolicyDocument: trust };
  const all = { RoleName: 'Anew', PolicyName: 'all', PolicyDocument: text(allow(['s3:*'])) };
  const { Role } = await production.send(new CreateRoleCommand(anew));
  await production.send(new PutRolePolicyCommand(all));
  const session = await assume(story, story.aws.userCredentials('arn:aws:iam::111111111111:user/Tess'), {
    RoleArn: Role?.Arn,
    RoleSessionName: 'in',
  });
  const put = () =>
    outcomeOf(story.s3(session).send(new PutObjectCommand({ Bucket: 'payroll', Key: 'x', Body: 'x' })));
  expect(await put()).toMatchObject({ code: 'allowed' });
  await production.send(new DeleteRolePolicyCommand({ RoleName: 'Anew', PolicyName: 'all' }));
  await production.send(new DeleteRoleCommand({ RoleName: 'Anew' }));
  await production.send(new CreateRoleCommand(anew));
  await production.send(new PutRolePolicyCommand(all));
  expect(await put()).toMatchObject({ code: 'AccessDenied' });
});

// Codes and statuses: "Errors" of each operation in the IAM API Reference.
describe('refusals', () => {
  test.each([
    [
      'a role',
      () => production.send(new GetRoleCommand({ RoleName: 'Nobody' })),
      'The role with name Nobody cannot be found.',
    ],
    [
      'a policy',
      () => production.send(new GetRolePolicyCommand({ ...ROLE, PolicyName: 'none' })),
      'The role policy with name none cannot be found.',
    ],
    [
      'a policy to delete',
      () => production.send(new DeleteRolePolicyCommand({ ...ROLE, PolicyName: 'none' })),
      'The role policy with name none cannot be found.',
    ],
    [
      'a user',
      () => production.send(new GetUserCommand({ UserName: 'David' })),
      'The user with name David cannot be found.',
    ],
  ])('%s that is not there', async (_name, call, message) => {
    expect(await outcomeOf(call())).toEqual({ code: 'NoSuchEntity', message, status: 404 });
  });

  test('inline policies of more than 10,240 characters together, white space not counted', async () => {
    const { PolicyDocument } = await production.send(
      new GetRolePolicyCommand({ ...ROLE, PolicyName: 'UpdateApp' }),
    );
    const room = 10_240 - decodeURIComponent(PolicyDocument ?? '').length;
    const spaces = ' '.repeat(100);
    const named = (Sid: string) =>
      text(
        policy({
          Sid,
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:username': spaces } },
        }),
      );
    const counted = named('').length - spaces.length;
    const put = (characters: number) => {
      const document = named('x'.repeat(characters - counted));
      return outcomeOf(
        production.send(new PutRolePolicyCommand({ ...ROLE, PolicyName: 'long', PolicyDocument: document })),
      );
    };
    expect(await put(room)).toMatchObject({ code: 'allowed' });
    expect(await put(room + 1)).toEqual({
      code: 'LimitExceeded',
      message: 'Maximum policy size of 10240 bytes exceeded for role UpdateApp',
      status: 409,
    });
  });

  test.each([
    ['text', 'no policy'],
    [
      'an unknown effect',
      text({ Version: '2012-10-17', Statement: [{ Effect: 'Perhaps', Action: '*', Resource: '*' }] }),
    ],
  ])('a policy document that is %s', async (_name, PolicyDocument) => {
    expect(
      await outcomeOf(
        production.send(new PutRolePolicyCommand({ ...ROLE, PolicyName: 'bad', PolicyDocument })),
      ),
    ).toMatchObject({ code: 'MalformedPolicyDocument', status: 400 });
  });

  test('a trust policy with a resource', async () => {
    const PolicyDocument = text(
      policy({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', Resource: '*' }),
    );
    expect(
      await outcomeOf(production.send(new UpdateAssumeRolePolicyCommand({ ...ROLE, PolicyDocument }))),
    ).toMatchObject({ code: 'MalformedPolicyDocument', message: 'Has prohibited field Resource' });
  });

  test('a role that exists, and one that still has policies', async () => {
    const AssumeRolePolicyDocument = text(
      policy({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }),
    );
    expect(
      await outcomeOf(
        production.send(new CreateRoleCommand({ RoleName: 'updateapp', AssumeRolePolicyDocument })),
      ),
    ).toMatchObject({ code: 'EntityAlreadyExists', status: 409 });
    expect(await outcomeOf(production.send(new DeleteRoleCommand(ROLE)))).toMatchObject({
      code: 'DeleteConflict',
      status: 409,
    });
  });

  test('who may not', async () => {
    const david = story.iam(story.aws.userCredentials(DAVID));
    expect(await outcomeOf(david.send(new GetRoleCommand({ RoleName: 'ReadBilling' })))).toEqual({
      code: 'AccessDenied',
      message: `User: ${DAVID} is not authorized to perform: iam:GetRole on resource: role ReadBilling because no identity-based policy allows the iam:GetRole action`,
      status: 403,
    });
  });
});

test("a user's device is listed", async () => {
  const development = story.iam(story.aws.userCredentials('arn:aws:iam::111111111111:root'));
  const { MFADevices } = await development.send(new ListMFADevicesCommand({ UserName: 'David' }));
  expect(MFADevices).toMatchObject([
    { UserName: 'David', SerialNumber: 'arn:aws:iam::111111111111:mfa/David' },
  ]);
});
