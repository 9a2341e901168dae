import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AuditJson, auditJsonSchema } from '../../cli/audit/json-schema.ts';
import { assumeRole, call, deniedAssumeRole, roleArn, service, session, user } from './made-records.ts';
import { type Ran, run } from './run.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-audit-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function written(name: string, records: readonly unknown[]): Promise<void> {
  await writtenBytes(name, gzipSync(JSON.stringify({ Records: records })));
}

async function writtenBytes(name: string, bytes: Buffer | string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), bytes);
}

function audited(...options: readonly string[]): Promise<Ran> {
  return run(['audit', join(folder, 'logs'), ...options]);
}

/** The audit as JSON, which the published schema describes. */
async function found(...options: readonly string[]): Promise<{ code: number } & AuditJson> {
  const { code, out } = await audited('--json', ...options);
  return { code, ...AuditJson.parse(JSON.parse(out)) };
}

async function roleFound(role: string, ...options: readonly string[]) {
  const { roles } = await found(...options);
  return roles.find(({ arn }) => arn === roleArn(role));
}

test('an event is counted once, whichever files and trails repeat it', async () => {
  const one = call({ userIdentity: session('Admin', 'ruth') });
  const copy = call({ userIdentity: session('Admin', 'ruth'), sharedEventID: 'shared-1' });
  const other = call({ userIdentity: session('Admin', 'ruth'), sharedEventID: 'shared-1' });
  await written('logs/a.json.gz', [one, one, copy]);
  await written('logs/b.json.gz', [one, other]);
  expect(await found()).toMatchObject({ code: 0, events: 2, repeated: 3, roles: [{ calls: 2 }] });
});

test.each(['before', 'after'])('a session is linked to whoever began it, read %s it', async (order) => {
  const begin = assumeRole('Admin', 'work', user('ruth'));
  const use = call({ userIdentity: session('Admin', 'work') });
  await written('logs/a.json.gz', order === 'before' ? [begin, use] : [use, begin]);
  expect(await roleFound('Admin')).toMatchObject({
    ...{ kind: 'people', calls: 1, sessions: 1, unlinked: 0 },
    borrowers: [{ kind: 'user', name: 'arn:aws:iam::111111111111:user/ruth', allowed: 1 }],
  });
});

test('whoever is behind a chain of sessions is the borrower of each role in it', async () => {
  await written('logs/a.json.gz', [
    assumeRole('Deploy', 'second', session('Entry', 'first')),
    assumeRole('Entry', 'first', user('ruth')),
    call({ userIdentity: session('Deploy', 'second') }),
  ]);
  expect((await roleFound('Deploy'))?.borrowers).toEqual([
    expect.objectContaining({ kind: 'user', name: 'arn:aws:iam::111111111111:user/ruth' }),
  ]);
});

test('a source identity names the borrower, whatever the session is called', async () => {
  await written('logs/a.json.gz', [
    assumeRole('Admin', 'a', user('shared'), {
      requestParameters: { roleArn: roleArn('Admin'), roleSessionName: 'a', sourceIdentity: 'tess' },
    }),
    assumeRole('Admin', 'b', user('shared'), {
      requestParameters: { roleArn: roleArn('Admin'), roleSessionName: 'b', sourceIdentity: 'tess' },
    }),
  ]);
  expect((await roleFound('Admin'))?.borrowers).toEqual([
    expect.objectContaining({ kind: 'source-identity', name: 'tess', allowed: 2 }),
  ]);
});

test('it says of each borrower whether AWS saw MFA', async () => {
  const withMfa = (mfaAuthenticated: string) => ({
    ...user('ruth'),
    sessionContext: { attributes: { creationDate: '2026-11-02T09:00:00Z', mfaAuthenticated } },
  });
  await written('logs/a.json.gz', [
    assumeRole('Admin', 'a', withMfa('true')),
    assumeRole('Admin', 'b', withMfa('true')),
    assumeRole('Admin', 'c', withMfa('false')),
    assumeRole('Deploy', 'd', withMfa('true')),
    assumeRole('Plain', 'e', user('tess')),
  ]);
  expect((await roleFound('Admin'))?.borrowers).toMatchObject([{ mfa: { seen: 2, notSeen: 1, notTold: 0 } }]);
  const { out } = await audited();
  expect(out).toContain('user/ruth 3× (MFA 2×, no MFA 1×)');
  expect(out).toContain('user/ruth 1× (MFA)');
  expect(out).toContain('user/tess 1× (MFA not told)');
  expect(out).toContain('is what AWS saw itself');
});

test("the copy of the role's account knows a user by the id alone, and is told the name", async () => {
  const stranger = { type: 'AWSAccount', principalId: 'AIDARUTH', accountId: '111111111111' };
  await written('logs/a.json.gz', [assumeRole('Admin', 'a', stranger), call()]);
  expect((await roleFound('Admin'))?.borrowers).toEqual([
    expect.objectContaining({ kind: 'user', name: 'arn:aws:iam::111111111111:user/ruth' }),
  ]);
});

test('roles of services are told apart, and are not for people', async () => {
  await written('logs/a.json.gz', [
    assumeRole('Worker', 'i', service('lambda.amazonaws.com')),
    call({ userIdentity: session('Instance', 'i-0123456789abcdef0') }),
    assumeRole('aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS', 'r', service('rds.amazonaws.com')),
    call({ userIdentity: session('Stray', 'nobody-knows') }),
  ]);
  const { roles, first } = await found();
  expect(Object.fromEntries(roles.map(({ arn, kind }) => [arn, kind]))).toEqual({
    [roleArn('Worker')]: 'workload',
    [roleArn('Instance')]: 'workload',
    [roleArn('aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS')]: 'service-linked',
    [roleArn('Stray')]: 'unknown',
  });
  expect(first.map(({ arn }) => arn)).toEqual([roleArn('Stray')]);
});

test('what was denied is neither used nor unseen', async () => {
  const denied = { errorCode: 'AccessDenied', userIdentity: session('Admin', 'ruth') };
  await written('logs/a.json.gz', [
    call({ ...denied, eventName: 'DeleteObject' }),
    call({ userIdentity: session('Admin', 'ruth') }),
    deniedAssumeRole('Admin', user('mallory')),
  ]);
  expect(await roleFound('Admin')).toMatchObject({
    ...{ calls: 2, denied: 1, assumed: { allowed: 0, denied: 1 } },
    actions: [
      { action: 's3:DeleteObject', level: 'Write', allowed: 0, denied: 1 },
      { action: 's3:PutObject', level: 'Write', allowed: 1, denied: 0 },
    ],
  });
});

const LETS_IN = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
};

function details(roles: readonly { name: string; actions: readonly string[] }[]) {
  return JSON.stringify({
    RoleDetailList: roles.map(({ name }) => ({
      Arn: roleArn(name),
      AssumeRolePolicyDocument: LETS_IN,
      RolePolicyList: [],
      AttachedManagedPolicies: [{ PolicyName: name, PolicyArn: `arn:aws:iam::999999999999:policy/${name}` }],
    })),
    Policies: roles.map(({ name, actions }) => ({
      Arn: `arn:aws:iam::999999999999:policy/${name}`,
      PolicyVersionList: [
        {
          VersionId: 'v1',
          IsDefaultVersion: false,
          Document: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
        },
        {
          VersionId: 'v2',
          IsDefaultVersion: true,
          Document: { Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] },
        },
      ],
    })),
  });
}

test('with its policies, what a role may do and nobody did is named, apart from what would not show', async () => {
  await written('logs/a.json.gz', [
    call({ userIdentity: session('Admin', 'ruth'), eventSource: 'iam.amazonaws.com', eventName: 'GetRole' }),
  ]);
  await writtenBytes('policies.json', details([{ name: 'Admin', actions: ['iam:*', 's3:PutObject'] }]));
  expect((await roleFound('Admin', '--policies', join(folder, 'policies.json')))?.policies).toEqual({
    ...{ granted: 5, used: 1, deniedOnly: [], unexpanded: [] },
    notSeen: [
      { action: 'iam:CreateRole', level: 'Write' },
      { action: 'iam:PutRolePolicy', level: 'Permissions management' },
    ],
    notObservable: [
      { action: 'iam:PassRole', level: 'Write' },
      { action: 's3:PutObject', level: 'Write' },
    ],
    levels: ['Permissions management', 'Write', 'Read'],
  });
});

test('the strong and rarely used role of few comes before the weak one that everybody uses', async () => {
  const day = (n: number) => ({ eventTime: `2026-11-${String(n).padStart(2, '0')}T10:00:00Z` });
  const days = Array.from({ length: 28 }, (_, n) => n + 1);
  await written('logs/a.json.gz', [
    ...days.map((n) => assumeRole('Reader', `s${n}`, user(`user${n}`), day(n))),
    ...days.map((n) =>
      call({
        ...day(n),
        userIdentity: session('Reader', `s${n}`),
        eventSource: 'ec2.amazonaws.com',
        eventName: 'DescribeInstances',
      }),
    ),
    assumeRole('Admin', 'a', user('ruth'), day(3)),
    call({
      ...day(3),
      userIdentity: session('Admin', 'a'),
      eventSource: 'iam.amazonaws.com',
      eventName: 'GetRole',
    }),
  ]);
  await writtenBytes(
    'policies.json',
    details([
      { name: 'Admin', actions: ['iam:*'] },
      { name: 'Reader', actions: ['ec2:Describe*'] },
      { name: 'Dormant', actions: ['s3:PutObject'] },
    ]),
  );
  const { first } = await found('--policies', join(folder, 'policies.json'));
  expect(first).toMatchObject([
    { arn: roleArn('Admin'), score: 9, power: { mark: 3 }, rarity: { mark: 3 }, people: { mark: 3 } },
    { arn: roleArn('Dormant'), score: 8, power: { mark: 2 }, rarity: { mark: 3 }, people: { mark: 3 } },
    { arn: roleArn('Reader'), score: 1, power: { mark: 0 }, rarity: { mark: 0 }, people: { mark: 1 } },
  ]);
});

test('hours without any event of an account are named', async () => {
  await written('logs/a.json.gz', [
    call({ eventTime: '2026-11-02T10:59:59Z' }),
    call({ eventTime: '2026-11-02T13:00:00Z' }),
  ]);
  expect(await found()).toMatchObject({
    period: { from: '2026-11-02T10:00:00Z', until: '2026-11-02T14:00:00Z' },
    accounts: [{ silentHours: ['2026-11-02T11:00:00Z', '2026-11-02T12:00:00Z'] }],
  });
});

test('a file that cannot be read is named, the others count, and the exit code says so', async () => {
  const whole = gzipSync(JSON.stringify({ Records: [call()] }));
  await writtenBytes('logs/a.json.gz', whole.subarray(0, whole.length - 12));
  await written('logs/b.json.gz', [call(), call()]);
  const { code, out, err } = await audited();
  expect({ code, err }).toEqual({ code: 3, err: '' });
  expect(out).toContain('a.json.gz cannot be read.');
  const { files } = await found();
  expect(files).toMatchObject({ read: 1, unreadableCount: 1 });
});

test('calls that no action is known for are named, never guessed', async () => {
  await written('logs/a.json.gz', [
    call({ userIdentity: session('Admin', 'ruth'), eventSource: 'new.amazonaws.com', eventName: 'DoThing' }),
  ]);
  expect(await found()).toMatchObject({
    unmapped: { named: [{ name: 'new.amazonaws.com:DoThing', count: 1 }] },
    roles: [{ calls: 1, actions: [] }],
  });
});

test('names that callers chose cannot move the cursor of whoever reads', async () => {
  await written('logs/a.json.gz', [
    assumeRole(
      'Admin',
      'a',
      { type: 'SAMLUser', principalId: 'x' },
      {
        eventName: 'AssumeRoleWithSAML',
        requestParameters: { roleArn: roleArn('Admin'), roleSessionName: 'a\u001b[2Jb\u202e' },
      },
    ),
  ]);
  const { out } = await audited();
  expect(out).toContain('a\\u{1b}[2Jb\\u{202e}');
  expect(out).not.toContain('\u001b');
  expect(out).not.toContain('\u202e');
});

test('text stays within the width of the terminal', async () => {
  await written('logs/a.json.gz', [
    assumeRole('A'.repeat(64), 'a', user('ruth')),
    call({ userIdentity: session('A'.repeat(64), 'a') }),
    assumeRole('B'.repeat(64), 'a', service('lambda.amazonaws.com')),
  ]);
  const { out } = await audited();
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

test.each([
  ['{}', 'holds no account authorization details'],
  ['{"RoleDetailList":[],"Policies":[],"IsTruncated":true}', 'holds the first page alone'],
])('policies that are none are refused: %s', async (content, sentence) => {
  await written('logs/a.json.gz', [call()]);
  await writtenBytes('policies.json', content);
  const { code, err } = await audited('--policies', join(folder, 'policies.json'));
  expect(code).toBe(3);
  expect(err).toContain(sentence);
});

test('of a role with a policy that is not understood nothing is said, and that is told', async () => {
  await written('logs/a.json.gz', [call({ userIdentity: session('Admin', 'ruth') })]);
  await writtenBytes(
    'policies.json',
    JSON.stringify({
      RoleDetailList: [
        {
          Arn: roleArn('Admin'),
          AssumeRolePolicyDocument: LETS_IN,
          AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
        },
      ],
      Policies: [],
    }),
  );
  const { code, policyFaults, roles } = await found('--policies', join(folder, 'policies.json'));
  expect(code).toBe(3);
  expect(policyFaults).toEqual([
    expect.stringContaining('arn:aws:iam::aws:policy/AdministratorAccess is not in the file'),
  ]);
  expect(roles[0]?.policies).toBeUndefined();
});

test('a folder without log files is an error that says what was looked for', async () => {
  await mkdir(join(folder, 'logs'));
  const { code, out, err } = await audited();
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).toContain('There are no log files');
});

test('the published schema is the one that the output is checked by', async () => {
  expect(JSON.parse(await readFile('docs/audit.schema.json', 'utf8'))).toEqual(auditJsonSchema());
});
