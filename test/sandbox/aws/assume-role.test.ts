import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import type { Credentials } from '../../../sandbox/aws/aws.ts';
import {
  allow,
  assume,
  DAVID,
  ISSUER,
  issuer,
  LEGACY,
  outcomeOf,
  policy,
  role,
  type Story,
  startStory,
  TESS,
  UPDATE_APP,
  updateApp,
  withMfa,
} from './story.ts';

const ANSWERABLE = role('999999999999', 'Second', allow(['s3:*', 'sts:*']));
const OTHER = 'arn:aws:iam::999999999999:role/Second';
const HUB_ROLE = role('222222222222', 'NamesTheIssuer', allow(['s3:*']), {
  trust: policy({
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::222222222222:role/Bare' },
    Action: 'sts:AssumeRole',
  }),
});
const HUB_ROOT_ROLE = role('222222222222', 'NamesTheAccount', allow(['s3:*']), {
  trust: policy({
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::222222222222:root' },
    Action: 'sts:AssumeRole',
  }),
});
const BARE = role('222222222222', 'Bare', allow(['s3:*']));
const NEEDS_MFA = role('111111111111', 'NeedsMfa', allow(['s3:*']), {
  trust: policy({
    Effect: 'Allow',
    Principal: { AWS: DAVID },
    Action: 'sts:AssumeRole',
    Condition: {
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      NumericLessThanEquals: { 'aws:MultiFactorAuthAge': '900' },
    },
  }),
});

const ASSUME_ONLY = role('999999999999', 'AssumeOnly', allow(['s3:*']), {
  trust: policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }),
});

let story: Story;
beforeEach(async () => {
  story = await startStory({ roles: [ANSWERABLE, HUB_ROLE, HUB_ROOT_ROLE, BARE, NEEDS_MFA, ASSUME_ONLY] });
});
afterEach(() => story.stop());

function attempt(by: Credentials, input: AssumeRoleCommandInput) {
  return outcomeOf(story.sts(by).send(new AssumeRoleCommand(input)));
}

test('the issuer gets UpdateApp, with the source identity, the ids and the size that STS answers', async () => {
  const answer = await story.sts(issuer(story)).send(new AssumeRoleCommand(updateApp()));
  expect(answer).toMatchObject({
    SourceIdentity: 'dbr+david+01ABC',
    PackedPolicySize: expect.any(Number),
    AssumedRoleUser: {
      AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:dbr\+david\+01ABC\+1$/),
      Arn: 'arn:aws:sts::999999999999:assumed-role/UpdateApp/dbr+david+01ABC+1',
    },
    Credentials: {
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
      Expiration: new Date('2026-11-24T13:00:00Z'),
    },
  });
});

test.each<[string, Partial<AssumeRoleCommandInput>]>([
  ['the wrong external id', { ExternalId: 'not-this-one' }],
  ['no external id', { ExternalId: undefined }],
  ['no source identity', { SourceIdentity: undefined }],
  ['a source identity of another kind', { SourceIdentity: 'david' }],
  ['no session tags', { Tags: undefined }],
  ['another session tag', { Tags: [{ Key: 'team', Value: 'blue' }] }],
])('UpdateApp is not given with %s, and the refusal does not tell why', async (_name, changes) => {
  // The text is STS's own; one text for every reason: facts of IAM's troubleshooting page for AssumeRole.
  expect(await attempt(issuer(story), updateApp(changes))).toEqual({
    code: 'AccessDenied',
    message: `User: arn:aws:sts::222222222222:assumed-role/drawbridge-credentials/drawbridge-credentials is not authorized to perform: sts:AssumeRole on resource: ${UPDATE_APP}`,
    status: 403,
  });
});

test('a role that is not there is refused like one that does not trust the caller', async () => {
  const outcome = await attempt(issuer(story), updateApp({ RoleArn: `${UPDATE_APP}Nowhere` }));
  expect(outcome).toMatchObject({
    code: 'AccessDenied',
    message: expect.stringMatching(/role\/UpdateAppNowhere$/),
  });
});

test.each([
  ['David', DAVID],
  ['Tess', TESS],
])('%s cannot reach UpdateApp, only the legacy role that trusts the account', async (_name, arn) => {
  const keys = story.aws.userCredentials(arn);
  expect(await attempt(keys, updateApp())).toMatchObject({ code: 'AccessDenied' });
  expect(await attempt(keys, { RoleArn: LEGACY, RoleSessionName: 'in' })).toMatchObject({ code: 'allowed' });
});

test('across accounts the caller needs a permission too', async () => {
  const ruth = story.aws.userCredentials('arn:aws:iam::111111111111:user/Ruth');
  expect(await attempt(ruth, { RoleArn: LEGACY, RoleSessionName: 'in' })).toMatchObject({
    code: 'AccessDenied',
  });
});

test.each<[string, Partial<AssumeRoleCommandInput>, string]>([
  ['tags', { Tags: [{ Key: 'a', Value: 'b' }] }, 'sts:TagSession'],
  ['a source identity', { SourceIdentity: 'tess' }, 'sts:SetSourceIdentity'],
])('%s need a permission of their own in the trust policy', async (_name, more, action) => {
  const plain = { RoleArn: 'arn:aws:iam::999999999999:role/AssumeOnly', RoleSessionName: 'in' };
  expect(await attempt(story.aws.userCredentials(TESS), plain)).toMatchObject({ code: 'allowed' });
  expect(await attempt(story.aws.userCredentials(TESS), { ...plain, ...more })).toMatchObject({
    code: 'AccessDenied',
    message: expect.stringContaining(`to perform: ${action} on resource`),
  });
});

test('inside an account a trust policy that names the role is enough; one that names the account is not', async () => {
  const bare = story.aws.functionCredentials('arn:aws:iam::222222222222:role/Bare', 'bare');
  const named = { RoleArn: 'arn:aws:iam::222222222222:role/NamesTheIssuer', RoleSessionName: 'in' };
  const account = { RoleArn: 'arn:aws:iam::222222222222:role/NamesTheAccount', RoleSessionName: 'in' };
  expect(await attempt(bare, named)).toMatchObject({ code: 'allowed' });
  expect(await attempt(bare, account)).toMatchObject({ code: 'AccessDenied' });
});

test('root cannot assume a role', async () => {
  const root = story.aws.userCredentials('arn:aws:iam::111111111111:root');
  expect(await attempt(root, { RoleArn: LEGACY, RoleSessionName: 'in' })).toEqual({
    code: 'AccessDenied',
    message: 'Roles may not be assumed by root accounts.',
    status: 403,
  });
});

describe('a chained session', () => {
  const chained = { RoleArn: OTHER, RoleSessionName: 'second' };

  test('keeps the source identity', async () => {
    const first = await assume(story, story.aws.userCredentials(TESS), {
      ...chained,
      SourceIdentity: 'david',
    });
    const answer = await story.sts(first).send(new AssumeRoleCommand(chained));
    expect(answer.SourceIdentity).toBe('david');
  });

  test.each([
    ['the same', 'david', 'allowed'],
    ['another', 'ruth', 'AccessDenied'],
  ])('asking for %s source identity is %s: %s', async (_name, SourceIdentity, code) => {
    const first = await assume(story, story.aws.userCredentials(TESS), {
      ...chained,
      SourceIdentity: 'david',
    });
    expect(await attempt(first, { ...chained, SourceIdentity })).toMatchObject({ code });
  });

  test('keeps transitive tags, drops the others and cannot override', async () => {
    const first = await assume(story, story.aws.userCredentials(TESS), {
      ...chained,
      Tags: [
        { Key: 'kept', Value: '1' },
        { Key: 'dropped', Value: '1' },
      ],
      TransitiveTagKeys: ['kept'],
    });
    expect(await attempt(first, { ...chained, Tags: [{ Key: 'dropped', Value: '2' }] })).toMatchObject({
      code: 'allowed',
    });
    expect(await attempt(first, { ...chained, Tags: [{ Key: 'kept', Value: '2' }] })).toMatchObject({
      code: 'InvalidParameterValue',
    });
  });
});

describe('MFA in the trust policy', () => {
  const needsMfa = { RoleArn: 'arn:aws:iam::111111111111:role/NeedsMfa', RoleSessionName: 'in' };
  const keys = () => story.aws.userCredentials(DAVID);

  test('long-term keys are refused without a code and let in with one', async () => {
    expect(await attempt(keys(), needsMfa)).toMatchObject({ code: 'AccessDenied' });
    const { serialNumber, code } = story.aws.mfaCode(DAVID);
    const withCode = { ...needsMfa, SerialNumber: serialNumber, TokenCode: code };
    expect(await attempt(keys(), withCode)).toMatchObject({ code: 'allowed' });
    expect(await attempt(keys(), withCode)).toMatchObject({
      code: 'AccessDenied',
      message: 'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
    });
  });

  test('a session with MFA is let in until its MFA is too old, to the second', async () => {
    const session = await withMfa(story, DAVID);
    story.move(900);
    expect(await attempt(session, needsMfa)).toMatchObject({ code: 'allowed' });
    story.move(1);
    expect(await attempt(session, needsMfa)).toMatchObject({ code: 'AccessDenied' });
  });

  test("another user's device proves nothing", async () => {
    const { serialNumber, code } = story.aws.mfaCode(TESS);
    expect(await attempt(keys(), { ...needsMfa, SerialNumber: serialNumber, TokenCode: code })).toMatchObject(
      {
        code: 'AccessDenied',
        message:
          'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
      },
    );
  });
});

test('the assumed role says who it is', async () => {
  const session = await assume(story, issuer(story), updateApp());
  expect(await story.sts(session).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '999999999999',
    Arn: 'arn:aws:sts::999999999999:assumed-role/UpdateApp/dbr+david+01ABC+1',
    UserId: expect.stringMatching(/^AROA.{17}:dbr\+david\+01ABC\+1$/),
  });
});

test('a function has its own role and no MFA', async () => {
  const credentials = story.aws.functionCredentials(ISSUER, 'drawbridge-credentials');
  expect(await story.sts(credentials).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Arn: 'arn:aws:sts::222222222222:assumed-role/drawbridge-credentials/drawbridge-credentials',
  });
});
