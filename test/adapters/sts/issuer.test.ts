import type { STSClient } from '@aws-sdk/client-sts';
import { stsClient } from '../../../shared/adapters/sts/client.ts';
import { stsIssuer } from '../../../shared/adapters/sts/issuer.ts';
import type { CredentialSpec } from '../../../shared/domain/credential-spec.ts';
import type { IssuerRefusalCode } from '../../../shared/domain/refusal.ts';
import { issueInWorker } from './issue-in-worker.ts';
import {
  type Answer,
  errorAnswer,
  type Issued,
  issuedAnswer,
  type StsEndpoint,
  startSts,
} from './sts-endpoint.ts';

const SOURCE_IDENTITY = 'dbr+david+01JD6Z0000000000000000ABCD';
const SESSION = `${SOURCE_IDENTITY}+1`;
const SPEC: CredentialSpec = {
  roleArn: 'arn:aws:iam::999999999999:role/apps/UpdateApp',
  roleSessionName: SESSION,
  sourceIdentity: SOURCE_IDENTITY,
  externalId: '7d9c0f6e',
  durationSeconds: 900,
  tags: [
    { key: 'drawbridge:elevation', value: '01JD6Z0000000000000000ABCD' },
    { key: 'drawbridge:person', value: 'david' },
  ],
  policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":["*"]}]}',
};
const ISSUED: Issued = {
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  sourceIdentity: SOURCE_IDENTITY,
  assumedRoleId: `AROA3XFRBF535PLBIFPI4:${SESSION}`,
  // Without the role's path: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  arn: `arn:aws:sts::999999999999:assumed-role/UpdateApp/${SESSION}`,
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  expiration: '2026-11-24T09:15:00Z',
};
const THROTTLED = errorAnswer(400, 'Throttling', 'Rate exceeded');

const before = { ...process.env };
let sts: StsEndpoint;
let client: STSClient;
beforeEach(async () => {
  sts = await startSts();
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL_STS: sts.url,
    AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEOFTHEISSUER',
    AWS_SECRET_ACCESS_KEY: 'example',
  });
  client = stsClient({ requestTimeoutMs: 300 });
});
afterEach(() => {
  client.destroy();
  sts.stop();
  process.env = { ...before };
});

function issue(...answers: readonly Answer[]) {
  sts.answer(...answers);
  return stsIssuer(client).issue(SPEC);
}

test('credentials are those of the answer', async () => {
  expect(await issue(issuedAnswer(ISSUED))).toEqual({
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    secretAccessKey: ISSUED.secret,
    sessionToken: 'token-of-the-session',
    expiresAt: Date.UTC(2026, 10, 24, 9, 15),
    assumedRoleId: ISSUED.assumedRoleId,
  });
});

test('the call holds the specification and nothing else, and goes to the Region of the environment', async () => {
  await issue(issuedAnswer(ISSUED));
  expect(sts.calls).toEqual([
    {
      fields: {
        Action: 'AssumeRole',
        Version: '2011-06-15',
        RoleArn: SPEC.roleArn,
        RoleSessionName: SESSION,
        SourceIdentity: SOURCE_IDENTITY,
        ExternalId: '7d9c0f6e',
        DurationSeconds: '900',
        'Tags.member.1.Key': 'drawbridge:elevation',
        'Tags.member.1.Value': '01JD6Z0000000000000000ABCD',
        'Tags.member.2.Key': 'drawbridge:person',
        'Tags.member.2.Value': 'david',
        Policy: SPEC.policy,
      },
      authorization: expect.stringContaining('/eu-central-1/sts/aws4_request'),
    },
  ]);
});

// Codes and statuses: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html and CommonErrors.html
const refusals: readonly (readonly [
  code: IssuerRefusalCode,
  status: number,
  error: string,
  message: string,
])[] = [
  [
    'role-not-assumable',
    403,
    'AccessDenied',
    'User: arn:aws:sts::222222222222:assumed-role/drawbridge-credentials/f is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::999999999999:role/apps/UpdateApp',
  ],
  [
    'region-disabled',
    403,
    'RegionDisabledException',
    'STS is not activated in this region for account:999999999999. Your account administrator can activate STS in this region using the IAM Console.',
  ],
  ['session-policy-too-large', 400, 'PackedPolicyTooLarge', 'Packed policy consumes 120% of allotted space'],
  [
    'session-too-long',
    400,
    'ValidationError',
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  ],
  [
    'role-chaining-limit',
    400,
    'ValidationError',
    'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
  ],
  ['issuer-throttled', 400, 'Throttling', 'Rate exceeded'],
  ['issuer-throttled', 400, 'ThrottlingException', 'Rate exceeded'],
  ['issuer-throttled', 503, 'RequestLimitExceeded', 'Request limit exceeded.'],
  ['issuer-unavailable', 500, 'InternalFailure', 'The request processing has failed.'],
  ['issuer-unavailable', 503, 'ServiceUnavailable', 'The request has failed.'],
];
test.each(refusals)('%s: %i %s', async (refused, status, code, message) => {
  const refusal = await issue(errorAnswer(status, code, message));
  expect(refusal).toMatchObject({ refused, text: expect.stringContaining(message) });
});

test.each([
  ['a gateway answers instead of STS', { status: 502, body: '<html>Bad gateway</html>' }],
  ['there is no answer in time', 'never answers'],
] as const)('the issuer is unavailable when %s', async (_, answer) => {
  expect(await issue(answer)).toMatchObject({ refused: 'issuer-unavailable' });
  expect(sts.calls).toHaveLength(1);
});

test('the issuer is unavailable when the connection is lost, and is not asked again', async () => {
  sts.answer('hangs up');
  expect(await issueInWorker(SPEC)).toMatchObject({
    refused: 'issuer-unavailable',
    text: expect.stringContaining('socket hang up'),
  });
  expect(sts.calls).toHaveLength(1);
});

test('the issuer is unavailable when nothing listens', async () => {
  sts.stop();
  expect(await issueInWorker(SPEC)).toMatchObject({
    refused: 'issuer-unavailable',
    text: expect.stringContaining('ECONNREFUSED'),
  });
});

test.each([
  ['a policy that is none', 400, 'MalformedPolicyDocument', 'Syntax errors in policy.'],
  ['another validation error', 400, 'ValidationError', '1 validation error detected'],
  ['credentials of ours that have expired', 403, 'ExpiredToken', 'The security token is expired'],
  ['a key that is not known', 403, 'InvalidClientTokenId', 'The security token is invalid.'],
])('%s is a defect of ours, and is thrown', async (_, status, code, message) => {
  await expect(issue(errorAnswer(status, code, message))).rejects.toThrow(message);
});

describe('retries', () => {
  test('a throttled call is tried once more', async () => {
    expect(await issue(THROTTLED, issuedAnswer(ISSUED))).toMatchObject({
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    });
    expect(sts.calls).toHaveLength(2);
  });

  test('and not a third time', async () => {
    expect(await issue(THROTTLED, THROTTLED, issuedAnswer(ISSUED))).toMatchObject({
      refused: 'issuer-throttled',
    });
    expect(sts.calls).toHaveLength(2);
  });

  test.each([
    ['a denied call', errorAnswer(403, 'AccessDenied', 'no')],
    ['an internal failure', errorAnswer(500, 'InternalFailure', 'The request processing has failed.')],
    ['an unavailable service', errorAnswer(503, 'ServiceUnavailable', 'The request has failed.')],
  ])('%s is not tried again, since it may have issued', async (_, answer) => {
    await issue(answer, issuedAnswer(ISSUED));
    expect(sts.calls).toHaveLength(1);
  });
});

describe('an answer to another call hands nothing on', () => {
  const cases: readonly (readonly [title: string, differing: Partial<Issued>])[] = [
    ['no source identity', { sourceIdentity: '' }],
    ['the source identity of somebody else', { sourceIdentity: 'dbr+tess+01JD6Z0000000000000000ABCD' }],
    ['the session of another issue', { assumedRoleId: `AROA3XFRBF535PLBIFPI4:${SOURCE_IDENTITY}+2` }],
    ['a session name that only ends alike', { assumedRoleId: `AROA3XFRBF535PLBIFPI4:x:${SESSION}` }],
    ['no role id', { assumedRoleId: `:${SESSION}` }],
    ['another role', { arn: `arn:aws:sts::999999999999:assumed-role/Admin/${SESSION}` }],
    ['another account', { arn: `arn:aws:sts::111111111111:assumed-role/UpdateApp/${SESSION}` }],
    ['another partition', { arn: `arn:aws-cn:sts::999999999999:assumed-role/UpdateApp/${SESSION}` }],
    ['no secret', { secret: '' }],
  ];
  test.each(cases)('%s', async (_, differing) => {
    const answer = await issue(issuedAnswer({ ...ISSUED, ...differing }));
    expect(answer).toEqual({ refused: 'issuer-answer-mismatch', text: expect.any(String) });
    expect(JSON.stringify(answer)).not.toContain(ISSUED.secret);
  });

  test('an empty answer', async () => {
    expect(await issue({ status: 200, body: '<AssumeRoleResponse/>' })).toMatchObject({
      refused: 'issuer-answer-mismatch',
    });
  });
});
