import { auditorRoleReader } from '../../../shared/adapters/auditor/role-reader.ts';
import { type Instant, instant } from '../../../shared/domain/instant.ts';
import type { RoleReader } from '../../../shared/ports/role-reader.ts';
import { type AwsEndpoint, startAws } from './aws-endpoint.ts';
import { answering, answersOf, ROLE, TRAIL } from './target-account.ts';

const before = { ...process.env };
let aws: AwsEndpoint;
let now: Instant;
let answers: ReturnType<typeof answersOf>;

beforeEach(async () => {
  now = instant(Date.UTC(2026, 10, 24, 9));
  answers = answersOf(() => now);
  aws = await startAws((call) => answering(answers)(call));
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: 'ASIAREPORTEXAMPLE001',
    AWS_SECRET_ACCESS_KEY: 'example',
  });
});
afterEach(() => {
  aws.stop();
  process.env = { ...before };
});

function reader(trails?: Parameters<typeof auditorRoleReader>[1]): RoleReader {
  return auditorRoleReader(() => now, trails);
}

function changed(change: Partial<typeof answers>): void {
  answers = { ...answers, ...(change as typeof answers) };
}

function callsOf(operation: string) {
  return aws.calls.filter((call) => call.operation === operation);
}

const refused = () => ({ error: 'AccessDenied' });
const allowing = (...patterns: readonly string[]) => ({
  statements: [expect.objectContaining({ actions: { kind: 'any-of', patterns } })],
});

test('a role is read whole: trust, every page of its policies, and its boundary', async () => {
  expect(await reader().policiesOf(ROLE)).toEqual({
    value: {
      arn: ROLE,
      trust: allowing('sts:AssumeRole'),
      inline: [
        { name: 'first', document: allowing('s3:GetObject') },
        { name: 'second', document: allowing('s3:ListBucket') },
      ],
      attached: [{ name: 'arn:aws:iam::999999999999:policy/Deploy', document: allowing('s3:Put*') }],
      boundary: { name: 'arn:aws:iam::999999999999:policy/Boundary', document: allowing('s3:*') },
      maxSessionSeconds: 7200,
    },
  });
});

test("everything is asked as the account's auditor role, which is assumed for 15 minutes", async () => {
  await reader().policiesOf(ROLE);
  expect(callsOf('AssumeRole')).toEqual([
    expect.objectContaining({
      key: 'ASIAREPORTEXAMPLE001',
      parameters: expect.objectContaining({
        RoleArn: 'arn:aws:iam::999999999999:role/drawbridge/drawbridge-auditor',
        RoleSessionName: 'drawbridge-report',
        DurationSeconds: '900',
      }),
    }),
  ]);
  const others = aws.calls.filter(({ operation }) => operation !== 'AssumeRole');
  expect(new Set(others.map(({ key }) => key))).toEqual(new Set(['ASIAAUDITOREXAMPLE01']));
});

test('in China the auditor role is one of China', async () => {
  process.env['AWS_REGION'] = 'cn-north-1';
  await reader().selectorsOf('999999999999');
  const [assumed] = callsOf('AssumeRole');
  expect(assumed?.parameters['RoleArn']).toBe(
    'arn:aws-cn:iam::999999999999:role/drawbridge/drawbridge-auditor',
  );
});

test.each([
  ['is kept until five minutes before it expires', 10 * 60 * 1000 - 1, 1],
  ['is made anew in its last five minutes', 10 * 60 * 1000, 2],
])('a session %s', async (_, later, times) => {
  const roles = reader();
  await roles.policiesOf(ROLE);
  now = instant(now + later);
  await roles.policiesOf(ROLE);
  expect(callsOf('AssumeRole').length).toBe(times);
});

test('two roles that are read at once share one session', async () => {
  const roles = reader();
  await Promise.all([roles.policiesOf(ROLE), roles.selectorsOf('999999999999')]);
  expect(callsOf('AssumeRole').length).toBe(1);
});

test('a version of a managed policy is read once, and again where another policy has its name', async () => {
  const roles = reader();
  await roles.policiesOf(ROLE);
  await roles.policiesOf(ROLE);
  expect(callsOf('GetPolicyVersion').length).toBe(2);
  changed({
    GetPolicy: () => ({
      xml: '<Policy><PolicyId>ANPANEW</PolicyId><DefaultVersionId>v2</DefaultVersionId></Policy>',
    }),
  });
  await roles.policiesOf(ROLE);
  expect(callsOf('GetPolicyVersion').length).toBe(4);
});

test('a role of the name at another path is not the role', async () => {
  const other = ROLE.replace('/app/', '/');
  expect(await reader().policiesOf(other)).toEqual({ unknown: expect.stringContaining('at another path') });
});

test.each([
  'AssumeRole',
  'GetRole',
  'ListRolePolicies',
  'GetRolePolicy',
  'ListAttachedRolePolicies',
  'GetPolicy',
  'GetPolicyVersion',
])(
  "where %s is refused, the role is unknown: the code and what to do are told, and not the account's words",
  async (operation) => {
    changed({ [operation]: refused });
    const answer = await reader().policiesOf(ROLE);
    expect(answer).toEqual({
      unknown: expect.stringMatching(/failed \(AccessDenied\)\. .*infra\/auditor-role\.yml/),
    });
    expect(JSON.stringify(answer)).not.toContain('Secret');
  },
);

test('a failure is not remembered', async () => {
  const roles = reader();
  changed({ AssumeRole: refused });
  expect(await roles.policiesOf(ROLE)).toHaveProperty('unknown');
  expect(await roles.selectorsOf('999999999999')).toHaveProperty('unknown');
  answers = answersOf(() => now);
  expect(await roles.policiesOf(ROLE)).toHaveProperty('value');
  expect(await roles.selectorsOf('999999999999')).toHaveProperty('value');
});

test('a policy that is not understood makes the whole role unknown', async () => {
  changed({
    GetRolePolicy: () => ({ xml: '<PolicyDocument>%7B%22Statement%22%3A%5B%7B%7D%5D%7D</PolicyDocument>' }),
  });
  expect(await reader().policiesOf(ROLE)).toEqual({ unknown: expect.stringContaining('is not understood') });
});

const RECORDED = {
  management: 'all',
  excludedSources: [],
  data: [{ resourceType: 'AWS::S3::Object', access: 'all', arnPrefixes: [], arns: [], exceptPrefixes: [] }],
  // The trail is the organization's, whose account changes it.
  trailAccounts: ['222222222222'],
};

test("the organization's trail counts: it is asked for by its ARN, in its home Region", async () => {
  expect(await reader().selectorsOf('999999999999')).toEqual({ value: RECORDED });
  expect(callsOf('DescribeTrails')).toEqual([
    expect.objectContaining({ parameters: { includeShadowTrails: true }, region: 'us-east-1' }),
  ]);
  expect(callsOf('GetEventSelectors')).toEqual([
    expect.objectContaining({ parameters: { TrailName: TRAIL }, region: 'eu-west-1' }),
  ]);
});

const NONE = { management: 'none', excludedSources: [], data: [], trailAccounts: [] };

test('a trail that was stopped records nothing', async () => {
  changed({ GetTrailStatus: () => ({ json: { IsLogging: false } }) });
  const trailAccounts = ['222222222222'];
  expect(await reader().selectorsOf('999999999999')).toEqual({ value: { ...NONE, trailAccounts } });
});

test('a trail into another bucket does not count where the bucket is known', async () => {
  expect(await reader({ bucket: 'trail' }).selectorsOf('999999999999')).toEqual({ value: RECORDED });
  expect(await reader({ bucket: 'elsewhere' }).selectorsOf('999999999999')).toEqual({ value: NONE });
});

test('the trails of an account are read once for all of its roles', async () => {
  const roles = reader();
  await roles.selectorsOf('999999999999');
  await roles.selectorsOf('999999999999');
  expect(callsOf('DescribeTrails').length).toBe(1);
});

test.each(['DescribeTrails', 'GetTrailStatus', 'GetEventSelectors'])(
  'where %s is refused, what is recorded is unknown',
  async (operation) => {
    changed({ [operation]: () => ({ error: 'AccessDeniedException' }) });
    expect(await reader().selectorsOf('999999999999')).toEqual({
      unknown: expect.stringMatching(/failed \(AccessDeniedException\)\./),
    });
  },
);

test('text that is no ARN of a role is not asked for', async () => {
  expect(await reader().policiesOf('UpdateApp')).toEqual({
    unknown: 'UpdateApp is not the ARN of an IAM role.',
  });
  expect(aws.calls).toEqual([]);
});
