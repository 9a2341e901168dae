import type { IssuerRefusalCode } from '../../shared/domain/refusal.ts';
import { STATUSES } from '../../shared/http/problem.ts';
import { ACCESS, approved, byToken, type Hub, pending, startHub } from './hub.ts';

const DAVID = byToken('david');

let hub: Hub;
beforeEach(() => {
  hub = startHub();
});

const issue = (id: string, who = DAVID) => hub.call(who, 'POST', `/elevations/${id}/credentials`);

// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html: these names, Version 1, and an
// Expiration in ISO 8601 without which the SDKs take credentials for long-lived ones.
test('credentials are the JSON of credential_process, and what names the session', async () => {
  const id = await approved(hub);
  const { status, headers, body } = await issue(id);
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      Version: 1,
      AccessKeyId: expect.stringMatching(/^ASIA/),
      SecretAccessKey: expect.stringMatching(/./),
      SessionToken: expect.stringMatching(/./),
      Expiration: '2026-11-24T09:15:00Z',
      ElevationId: id,
      SessionName: `dbr+david+${id}+1`,
    },
  });
  expect(headers).toMatchObject({ 'Cache-Control': 'no-store', 'Content-Type': 'application/json' });
});

test('they expire with the elevation where that ends first', async () => {
  const id = await approved(hub);
  hub.advance('50m');
  expect((await issue(id)).body).toMatchObject({
    Expiration: '2026-11-24T10:00:00Z',
    SessionName: `dbr+david+${id}+1`,
  });
});

test('each issue is a session of its own, which the elevation shows without its secrets', async () => {
  const id = await approved(hub);
  const [first, second] = [await issue(id), await issue(id)];
  const { body, text } = await hub.call(DAVID, 'GET', `/elevations/${id}`);
  expect(body['sessions']).toEqual(
    [first, second].map((issued, index) => ({
      n: index + 1,
      sessionName: `dbr+david+${id}+${index + 1}`,
      accessKeyId: issued.body['AccessKeyId'],
      assumedRoleId: expect.stringContaining(`:dbr+david+${id}+${index + 1}`),
      issuedAt: '2026-11-24T09:00:00.000Z',
      expiresAt: '2026-11-24T09:15:00.000Z',
    })),
  );
  for (const { SecretAccessKey, SessionToken } of [first.body, second.body]) {
    expect(text).not.toContain(SecretAccessKey);
    expect(text).not.toContain(SessionToken);
  }
});

test('nothing that a caller sends is asked of STS', async () => {
  const id = await approved(hub);
  const answer = await hub.call(DAVID, 'POST', `/elevations/${id}/credentials`, {
    json: { durationSeconds: 43_200, policy: '{}' },
  });
  expect(answer).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/durationSeconds' }, { pointer: '/policy' }] },
  });
  expect(hub.issuer.issued).toEqual([]);
});

describe('there are none', () => {
  test('for an approver', async () => {
    const answer = await issue(await approved(hub), byToken('ruth'));
    expect(answer).toMatchObject({ status: 403, body: { code: 'not-the-requester' } });
  });

  test.each([
    ['waits', async () => pending(hub), 'pending'],
    ['has been given back', async () => ended('return', 'david'), 'returned'],
    ['was revoked', async () => ended('revocation', 'ruth'), 'revoked'],
    ['is over', async () => over('1h1m'), 'ended'],
  ] as const)('while it %s', async (_title, made, state) => {
    expect(await issue(await made())).toMatchObject({ status: 409, body: { code: 'wrong-state', state } });
  });

  test('once the file no longer lends the role', async () => {
    const id = await approved(hub);
    const without = { ...ACCESS, rules: ACCESS.rules.filter(({ kind }) => kind === 'deny') };
    const later = startHub({ access: without, store: hub.broker.store });
    const answer = await later.call(DAVID, 'POST', `/elevations/${id}/credentials`);
    expect(answer).toMatchObject({ status: 403, body: { code: 'no-longer-allowed' } });
    expect(later.issuer.issued).toEqual([]);
  });

  afterEach(() => {
    expect(hub.issuer.issued).toEqual([]);
  });

  async function ended(what: string, name: string): Promise<string> {
    const id = await approved(hub);
    await hub.call(byToken(name), 'POST', `/elevations/${id}/${what}`);
    return id;
  }

  async function over(length: string): Promise<string> {
    const id = await approved(hub);
    hub.advance(length);
    return id;
  }
});

const refusals: readonly IssuerRefusalCode[] = [
  'role-not-assumable',
  'region-disabled',
  'session-policy-too-large',
  'session-too-long',
  'role-chaining-limit',
  'issuer-throttled',
  'issuer-unavailable',
  'issuer-answer-mismatch',
];
test.each(refusals)(
  'where STS refuses (%s) the caller learns the code, and the log the text',
  async (code) => {
    const id = await approved(hub);
    hub.issuer.refuse(code);
    const answer = await issue(id);
    expect(answer).toMatchObject({ status: STATUSES[code], body: { code } });
    expect(answer.text).not.toContain('Refused for the test');
    expect('Retry-After' in answer.headers).toBe(answer.status === 503);
    expect(hub.logged).toContainEqual(
      expect.objectContaining({ event: 'issue-refused', code, text: `Refused for the test: ${code}` }),
    );
  },
);

test('too many issues in a minute are told to wait', async () => {
  const id = await approved(hub);
  let answer = await issue(id);
  for (let n = 0; answer.status === 200 && n < 100; n++) answer = await issue(id);
  expect(answer).toMatchObject({ status: 429, body: { code: 'too-many-issues' } });
  expect(Number(answer.headers['Retry-After'])).toBeGreaterThan(0);
});
