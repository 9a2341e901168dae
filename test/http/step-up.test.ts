import { proved } from '../domain/story.ts';
import { duration } from '../domain/values.ts';
import { ACCESS, ASK, byToken, DAVID_AT_IAM, type Hub, pending, startHub } from './hub.ts';

const STALE = byToken('david', { mfa: proved('16m') });

/** A provider with these authentication contexts, and nothing else of note. */
function providing(...acr: readonly string[]) {
  return {
    issuer: `https://idp${acr.length}.example.com`,
    accepts: { claim: 'aud', value: 'drawbridge' },
    mfa: { amr: ['hwk'], acr, acrs: [] },
  } as const;
}

const hubWith = (...providers: (typeof ACCESS)['providers']) =>
  startHub({ access: { ...ACCESS, providers } });

async function challengeOf(hub: Hub): Promise<string> {
  const { status, headers, body } = await hub.call(STALE, 'POST', '/elevations', { json: ASK });
  expect({ status, code: body['code'] }).toEqual({ status: 401, code: 'step-up-required' });
  expect(body['challenge']).toBe(headers['WWW-Authenticate']);
  return String(body['challenge']);
}

// RFC 9470, section 3: the error, and the parameters acr_values and max_age of the Bearer challenge.
describe('a proof of MFA that is too old is answered by a challenge', () => {
  test('that says how old a proof may be, in seconds', async () => {
    expect(await challengeOf(hubWith())).toBe(
      'Bearer error="insufficient_user_authentication", ' +
        'error_description="A fresh proof of MFA is required", max_age="900"',
    );
  });

  test('that names the contexts of every provider, once each', async () => {
    const hub = hubWith(providing('phr', 'phrh'), providing('phrh', 'urn:example:gold', 'x'));
    expect(await challengeOf(hub)).toContain('acr_values="phr phrh urn:example:gold x"');
  });

  // RFC 9110, section 5.6.4: a quoted string escapes quotes and backslashes.
  test('whose values are quoted so that none ends early', async () => {
    const challenge = await challengeOf(hubWith(providing('a"b', 'c\\d')));
    expect(challenge).toContain('acr_values="a\\"b c\\\\d", max_age="900"');
  });

  test('also where there is no proof at all, and nothing is made', async () => {
    const hub = startHub();
    const david = byToken('david', { mfa: { kind: 'absent' } });
    expect(await hub.call(david, 'POST', '/elevations', { json: ASK })).toMatchObject({ status: 401 });
    expect((await hub.call(david, 'GET', '/elevations')).body).toEqual({ elevations: [] });
  });

  test('that lists the condition, which is the only one not met', async () => {
    const { body } = await startHub().call(STALE, 'POST', '/elevations', { json: ASK });
    expect(body['conditions']).toEqual([
      { code: 'mfa', outcome: 'unsatisfied', sentence: expect.stringMatching(/\.$/) },
    ]);
  });
});

test('an approver with too old a proof is challenged, and the request still waits', async () => {
  const hub = startHub();
  const id = await pending(hub);
  const ruth = byToken('ruth', { mfa: proved('16m') });
  const answer = await hub.call(ruth, 'POST', `/elevations/${id}/approval`);
  expect(answer).toMatchObject({ status: 401, body: { code: 'step-up-required' } });
  expect(answer.body['challenge']).toBe(answer.headers['WWW-Authenticate']);
  expect((await hub.call(ruth, 'GET', `/elevations/${id}`)).body).toMatchObject({ state: 'pending' });
});

test('at the IAM door a challenge comes with what to do there', async () => {
  const strict = ACCESS.rules.map((rule) =>
    rule.kind === 'allow' ? { ...rule, mfa: { within: duration('5m'), each: 'request' as const } } : rule,
  );
  const hub = startHub({ access: { ...ACCESS, rules: strict } });
  const answer = await hub.call(DAVID_AT_IAM, 'POST', '/elevations', { json: ASK });
  expect(answer).toMatchObject({
    status: 401,
    body: { code: 'step-up-required', detail: expect.stringContaining('aws sts get-session-token') },
  });
  const atOther = await hub.call(STALE, 'POST', '/elevations', { json: ASK });
  expect(atOther.body['detail']).not.toContain('get-session-token');
});

test('other refusals challenge nobody', async () => {
  const answer = await startHub().call(byToken('tess'), 'POST', '/elevations', { json: ASK });
  expect(answer).toMatchObject({ status: 403, body: { code: 'denied-by-rule', rule: 'testers-never' } });
  expect(answer.headers).not.toHaveProperty('WWW-Authenticate');
  expect(answer.body).not.toHaveProperty('challenge');
});
