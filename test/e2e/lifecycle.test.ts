import { credentials } from '../../sandbox/demo/answers.ts';
import { awsCalls } from '../../sandbox/demo/aws-calls.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { ASK, approved, byToken, pending, told } from './elevation.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({});
}, 30_000);
afterAll(() => sandbox.stop());

describe('asking', () => {
  test('without a fresh MFA gets the challenge of RFC 9470 in header and body, and creates nothing', async () => {
    const david = await byToken(sandbox, 'david', 16);
    const answer = await david('POST', '/elevations', { ...ASK, reason: 'Not to be found anywhere' });
    const challenge = answer.headers.get('x-amzn-remapped-www-authenticate');
    expect(challenge).toMatch(/^Bearer error="insufficient_user_authentication",.* max_age="900"$/);
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: 'step-up-required', challenge });
    expect(JSON.stringify((await david('GET', '/elevations?mine')).body)).not.toContain('Not to be found');
  });

  test('is repeated with the same key without making another elevation', async () => {
    const david = await byToken(sandbox, 'david', 0);
    const key = { 'Idempotency-Key': 'one-click' };
    const first = await david('POST', '/elevations', ASK, key);
    const again = await david('POST', '/elevations', ASK, key);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(told(await david('POST', '/elevations', { ...ASK, duration: '2h' }, key))).toMatchObject({
      status: 422,
      code: 'idempotency-key-reused',
    });
  });

  test('by somebody whom a rule denies is refused whatever else allows', async () => {
    const tess = await byToken(sandbox, 'tess', 0);
    expect(told(await tess('POST', '/elevations', ASK))).toMatchObject({
      status: 403,
      code: 'denied-by-rule',
    });
  });

  test('for a role in the own account or in the hub works the same, by a rule that needs no approval', async () => {
    const david = await byToken(sandbox, 'david');
    for (const role of ['read-billing', 'read-hub-billing']) {
      const asked = told(
        await david('POST', '/elevations', { role, duration: '30m', reason: 'Monthly costs' }),
      );
      expect(asked).toMatchObject({ status: 201, state: 'approved' });
      const got = credentials(await david('POST', `/elevations/${asked.id}/credentials`), sandbox.now());
      expect(got.said).toBe('200 credentials for 30 minutes');
      if (got.value === undefined) throw new Error(got.said);
      expect(await awsCalls(sandbox.endpoints.aws, got.value, sandbox.now).listBuckets()).toMatchObject({
        said: expect.not.stringContaining('Denied'),
      });
    }
  });
});

describe('deciding at once', () => {
  test('approve against deny: one wins, and the loser learns the state that won', async () => {
    const id = await pending(sandbox);
    const [ruth, rob] = [await byToken(sandbox, 'ruth', 0), await byToken(sandbox, 'rob', 0)];
    const answers = await Promise.all([
      ruth('POST', `/elevations/${id}/approval`).then(told),
      rob('POST', `/elevations/${id}/denial`).then(told),
    ]);
    const [winner, loser] = answers.toSorted((one, other) => one.status - other.status);
    expect([winner?.status, loser?.status]).toEqual([200, 409]);
    expect(loser).toMatchObject({ code: 'wrong-state', state: winner?.state });
  });

  test('two approvals of two that are needed both count', async () => {
    const david = await byToken(sandbox, 'david', 0);
    const ask = { role: 'read-billing', duration: '4h', reason: 'Yearly costs' };
    const { id } = told(await david('POST', '/elevations', ask));
    const approvers = [await byToken(sandbox, 'ruth', 0), await byToken(sandbox, 'rob', 0)];
    const answers = await Promise.all(approvers.map((one) => one('POST', `/elevations/${id}/approval`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(told(await david('GET', `/elevations/${id}`))).toMatchObject({ state: 'approved' });
  });

  test('issue against revocation: what was issued was issued before, and nothing after', async () => {
    const id = await approved(sandbox);
    const [david, ruth] = [await byToken(sandbox, 'david', 0), await byToken(sandbox, 'ruth', 0)];
    const [revocation, ...issues] = await Promise.all([
      ruth('POST', `/elevations/${id}/revocation`).then(told),
      ...[1, 2, 3].map(() => david('POST', `/elevations/${id}/credentials`).then(told)),
    ]);
    expect(revocation).toMatchObject({ status: 200, state: 'revoked' });
    const refused = issues.filter(({ status }) => status !== 200);
    for (const issue of refused) expect(issue).toMatchObject({ status: 409, state: 'revoked' });
    const { body } = await david('GET', `/elevations/${id}`);
    const { sessions } = body as { sessions: unknown[] };
    expect(sessions).toHaveLength(issues.length - refused.length);
    expect(told(await david('POST', `/elevations/${id}/credentials`))).toMatchObject({ status: 409 });
  });
});

describe('an elevation', () => {
  test('is known to requester, approvers, auditors and admins, and to nobody else', async () => {
    const id = await pending(sandbox);
    const status = async (person: string) =>
      (await (await byToken(sandbox, person))('GET', `/elevations/${id}`)).status;
    expect(await Promise.all(['david', 'ruth', 'ada', 'omar', 'tess'].map(status))).toEqual([
      200, 200, 200, 200, 404,
    ]);
  });

  test('that is not there answers as one that is somebody else’s', async () => {
    const id = await pending(sandbox);
    const tess = await byToken(sandbox, 'tess');
    const [others, none] = [
      await tess('GET', `/elevations/${id}`),
      await tess('GET', `/elevations/${'0'.repeat(26)}`),
    ];
    expect(others.body).toEqual(none.body);
    expect(told(await tess('POST', `/elevations/${id}/approval`))).toMatchObject({ status: 404 });
    expect(told(await tess('POST', `/elevations/${id}/credentials`))).toMatchObject({ status: 404 });
  });

  test('gives credentials to the requester alone, also not to its approver', async () => {
    const id = await approved(sandbox);
    const ruth = await byToken(sandbox, 'ruth', 0);
    expect(told(await ruth('POST', `/elevations/${id}/credentials`))).toMatchObject({
      status: 403,
      code: 'not-the-requester',
    });
  });

  test('is narrowed by a scope, which the session cannot leave', async () => {
    const david = await byToken(sandbox, 'david', 0);
    const scope = [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::productionapp/*'] }];
    const { id } = told(await david('POST', '/elevations', { ...ASK, scope }));
    const ruth = await byToken(sandbox, 'ruth', 0);
    await ruth('POST', `/elevations/${id}/approval`);
    const got = credentials(await david('POST', `/elevations/${id}/credentials`), sandbox.now());
    if (got.value === undefined) throw new Error(got.said);
    const calls = awsCalls(sandbox.endpoints.aws, got.value, sandbox.now);
    expect((await calls.read('productionapp', 'index.html')).said).toContain('productionapp');
    expect((await calls.write('productionapp', 'index.html', 'no')).said).toBe('AccessDenied');
    expect((await calls.listBuckets()).said).toBe('AccessDenied');
  });
});
