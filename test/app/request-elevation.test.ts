import { decideElevation } from '../../shared/app/decide-elevation.ts';
import { requestElevation, tryRequest } from '../../shared/app/request-elevation.ts';
import type { Access } from '../../shared/domain/access.ts';
import type { Ask } from '../../shared/domain/evaluation.ts';
import { ASK, allow, caller, NOW, STORY, UPDATE_APP, withRules } from '../domain/story.ts';
import { duration, roleName } from '../domain/values.ts';
import { asked, codeOf, decided, granted, type TestBroker, testBroker } from './broker.ts';

const DAVID = caller('david');
const SCOPE = [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::productionapp/*'] }];

/** How many elevations of this person are stored. */
async function countOf(broker: TestBroker, name: string): Promise<number> {
  const page = await broker.store.list({ by: 'person', person: caller(name).person }, { limit: 100 });
  return page?.elevations.length ?? 0;
}

test('a request records what was asked, what was required and the file in force', async () => {
  const broker = testBroker();
  const { elevation, replayed } = granted(await requestElevation(broker, DAVID, ASK, undefined));
  expect(replayed).toBe(false);
  expect(elevation).toMatchObject({ state: 'pending', requestedBy: DAVID, approvals: [] });
  expect(elevation.request).toEqual({
    ...ASK,
    id: elevation.request.id,
    person: 'david',
    roleArn: 'arn:aws:iam::999999999999:role/UpdateApp',
    rule: 'developers-update-app',
    requirements: {
      mfa: UPDATE_APP.mfa,
      approval: { ...UPDATE_APP.approval, by: ['group:release-managers'] },
    },
    accessVersion: STORY.version,
    requestedAt: NOW,
  });
});

test('a request that needs no approval is approved at once', async () => {
  const broker = testBroker(withRules(allow('alone', ['group:developers'], ['update-app'])));
  const { elevation } = granted(await requestElevation(broker, DAVID, ASK, undefined));
  expect(elevation).toMatchObject({ state: 'approved', request: { requirements: {} } });
});

test('without a key each request is a new elevation', async () => {
  const broker = testBroker();
  expect(await asked(broker)).not.toBe(await asked(broker));
  expect(await countOf(broker, 'david')).toBe(2);
});

const NARROWED = withRules(allow('narrowed', ['group:developers'], ['update-app'], { scope: SCOPE }));

test.each<[string, Access, Ask, object]>([
  ['the requester', STORY, { ...ASK, scope: SCOPE }, { scope: SCOPE, narrowedBy: 'requester' }],
  ['the rule', NARROWED, ASK, { scope: SCOPE, narrowedBy: 'rule' }],
])('a scope of %s is recorded as theirs', async (_who, access, ask, recorded) => {
  const { elevation } = granted(await requestElevation(testBroker(access), DAVID, ask, undefined));
  expect(elevation.request).toMatchObject(recorded);
});

test.each([
  ['for nobody', caller('nina'), ASK, 'no-rule-allows'],
  ['that is denied', caller('tess'), ASK, 'denied-by-rule'],
  ['without MFA', caller('david', { mfa: { kind: 'absent' } }), ASK, 'step-up-required'],
  ['for too long', DAVID, { ...ASK, duration: duration('24h') }, 'no-rule-allows'],
  ['for a role that there is not', DAVID, { ...ASK, role: roleName('update') }, 'invalid'],
  [
    'with too long a scope',
    DAVID,
    {
      ...ASK,
      scope: [
        {
          actions: ['s3:*'],
          resources: [`arn:aws:s3:::${'b'.repeat(1400)}`, `arn:aws:s3:::${'c'.repeat(600)}`],
        },
      ],
    },
    'invalid',
  ],
])('a request %s is refused, and nothing is stored or counted', async (_title, by, ask, code) => {
  const broker = testBroker();
  for (let n = 0; n < 10; n++) expect(codeOf(await requestElevation(broker, by, ask, 'key'))).toBe(code);
  expect(codeOf(tryRequest(broker, by, ask))).toBe(code);
  expect(await countOf(broker, by.person)).toBe(0);
});

test('who must prove MFA again is told how recent the proof must be', async () => {
  const outcome = await requestElevation(
    testBroker(),
    caller('david', { mfa: { kind: 'absent' } }),
    ASK,
    undefined,
  );
  expect(outcome).toMatchObject({ refusal: { code: 'step-up-required', maxAgeSeconds: 900 } });
});

test('faults are told with JSON pointers', () => {
  const ask = {
    ...ASK,
    role: roleName('update'),
    scope: [{ actions: ['s3:*'], resources: ['*'.repeat(2048)] }],
  };
  const outcome = tryRequest(testBroker(), DAVID, ask);
  expect(outcome).toMatchObject({ refusal: { faults: [{ pointer: '/role' }, { pointer: '/scope' }] } });
});

test('a dry run tells the rule, and neither stores nor counts', async () => {
  const broker = testBroker();
  for (let n = 0; n < 100; n++) expect(granted(tryRequest(broker, DAVID, ASK)).rule).toBe(UPDATE_APP);
  expect(await countOf(broker, 'david')).toBe(0);
  expect(codeOf(await requestElevation(broker, DAVID, ASK, undefined))).toBe('done');
});

test('the same key and body get the first answer again, also after it was approved and the file has changed', async () => {
  const broker = testBroker();
  const first = granted(await requestElevation(broker, DAVID, ASK, 'a-key'));
  const { id } = first.elevation.request;
  expect(await decided(broker, id, { type: 'approve', by: caller('ruth') })).toBe('approved');
  broker.wait(3_600_000);
  const later = { ...broker, access: withRules() };
  const again = granted(
    await requestElevation(later, caller('david', { mfa: { kind: 'absent' } }), ASK, 'a-key'),
  );
  expect(again).toEqual({ elevation: first.elevation, replayed: true });
  expect(again.elevation.state).toBe('pending');
  expect(await countOf(broker, 'david')).toBe(1);
});

test('a body that says the same with its members in another order is the same', async () => {
  const broker = testBroker();
  const reordered = Object.fromEntries(Object.entries(ASK).reverse()) as Ask;
  const first = granted(await requestElevation(broker, DAVID, ASK, 'a-key'));
  expect(granted(await requestElevation(broker, DAVID, reordered, 'a-key'))).toEqual({
    ...first,
    replayed: true,
  });
});

test('a scope that the rule has set does not make a repetition another body', async () => {
  const broker = testBroker(NARROWED);
  granted(await requestElevation(broker, DAVID, ASK, 'a-key'));
  expect(granted(await requestElevation(broker, DAVID, ASK, 'a-key')).replayed).toBe(true);
});

test.each<[string, Ask]>([
  ['duration', { ...ASK, duration: duration('2h') }],
  ['reason', { ...ASK, reason: 'Fix the banner of the shop!' }],
  ['ticket', { ...ASK, ticket: 'OPS-13' }],
  ['scope', { ...ASK, scope: SCOPE }],
  ['role', { ...ASK, role: roleName('read-logs') }],
])('the same key with another %s is refused and changes nothing', async (_field, other) => {
  const broker = testBroker();
  granted(await requestElevation(broker, DAVID, ASK, 'a-key'));
  expect(codeOf(await requestElevation(broker, DAVID, other, 'a-key'))).toBe('idempotency-key-reused');
  expect(await countOf(broker, 'david')).toBe(1);
});

test('the same key of another person is another elevation', async () => {
  const broker = testBroker();
  const davids = granted(await requestElevation(broker, DAVID, ASK, 'a-key'));
  const doras = granted(await requestElevation(broker, caller('dora'), ASK, 'a-key'));
  expect(doras.replayed).toBe(false);
  expect(doras.elevation.request.id).not.toBe(davids.elevation.request.id);
});

test('a key and a person are not one text: “ab”+“c” and “a”+“bc” differ', async () => {
  const broker = testBroker();
  const one = granted(await requestElevation(broker, DAVID, ASK, '","x'));
  const other = granted(await requestElevation(broker, DAVID, ASK, '"'));
  expect(one.elevation.request.id).not.toBe(other.elevation.request.id);
});

test('requests with one key at once make one elevation, and all get the same answer', async () => {
  const access = { ...STORY, limits: { pending: 3, requests: { count: 100, per: duration('1m') } } };
  const broker = testBroker(access);
  const all = await Promise.all(
    Array.from({ length: 20 }, () => requestElevation(broker, DAVID, ASK, 'a-key')),
  );
  const answers = all.map((outcome) => granted(outcome));
  expect(new Set(answers.map(({ elevation }) => elevation.request.id)).size).toBe(1);
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  expect(await countOf(broker, 'david')).toBe(1);
});

test('different bodies with one key at once make one elevation, and the others are refused', async () => {
  const broker = testBroker();
  const reasons = ['Fix the banner of the shop', 'Fix the banner of the bank', 'Fix the banner of the café'];
  const all = await Promise.all(
    reasons.map((reason) => requestElevation(broker, DAVID, { ...ASK, reason }, 'a-key')),
  );
  expect(all.map(codeOf).sort()).toEqual(['done', 'idempotency-key-reused', 'idempotency-key-reused']);
  expect(await countOf(broker, 'david')).toBe(1);
});

test('a repetition after a denial still gets the first answer', async () => {
  const broker = testBroker();
  const { elevation } = granted(await requestElevation(broker, DAVID, ASK, 'a-key'));
  granted(await decideElevation(broker, elevation.request.id, { type: 'deny', by: caller('ruth') }));
  expect(granted(await requestElevation(broker, DAVID, ASK, 'a-key'))).toEqual({ elevation, replayed: true });
});
