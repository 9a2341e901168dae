import { memorySeal } from '../../shared/adapters/memory/memory-seal.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { duration } from '../domain/values.ts';
import { ACCESS, approved, byToken, type Hub, pending, startHub } from './hub.ts';

const [DAVID, RUTH, ADA, OTTO] = [byToken('david'), byToken('ruth'), byToken('ada'), byToken('otto')];

let hub: Hub;
beforeEach(() => {
  hub = startHub();
});

const say = (who: typeof DAVID, id: string, what: string, json?: object) =>
  hub.call(who, 'POST', `/elevations/${id}/${what}`, json === undefined ? {} : { json });

describe('refused, and nothing changes:', () => {
  const cases = [
    ['the requester approves', pending, DAVID, 'approval', 403, 'own-request'],
    ['the requester denies', pending, DAVID, 'denial', 403, 'own-request'],
    ['the requester revokes', approved, DAVID, 'revocation', 403, 'own-request'],
    ['an auditor approves', pending, OTTO, 'approval', 403, 'not-an-approver'],
    ['an admin approves', pending, ADA, 'approval', 403, 'not-an-approver'],
    ['an auditor revokes', approved, OTTO, 'revocation', 403, 'not-an-approver'],
    ['an approver withdraws', pending, RUTH, 'withdrawal', 403, 'not-the-requester'],
    ['an approver gives back', approved, RUTH, 'return', 403, 'not-the-requester'],
    ['a denial of what is approved', approved, RUTH, 'denial', 409, 'wrong-state'],
    ['a return of what waits', pending, DAVID, 'return', 409, 'wrong-state'],
    ['a withdrawal of what is approved', approved, DAVID, 'withdrawal', 409, 'wrong-state'],
  ] as const;
  test.each(cases)('%s', async (_title, made, who, what, status, code) => {
    const id = await made(hub);
    const before = await hub.call(DAVID, 'GET', `/elevations/${id}`);
    expect(await say(who, id, what)).toMatchObject({ status, body: { code } });
    expect(await hub.call(DAVID, 'GET', `/elevations/${id}`)).toEqual(before);
  });
});

test('whoever decides too late is told the state that won', async () => {
  const id = await pending(hub);
  await say(RUTH, id, 'denial');
  expect(await say(byToken('rob'), id, 'approval')).toMatchObject({
    status: 409,
    body: { code: 'wrong-state', state: 'denied' },
  });
});

test('the same decision again answers as the first did', async () => {
  const id = await pending(hub);
  const first = await say(RUTH, id, 'approval');
  expect(await say(RUTH, id, 'approval')).toEqual(first);
});

test('a decision on what was read is taken, and one on anything else is refused', async () => {
  const id = await pending(hub);
  const { digest } = (await hub.call(RUTH, 'GET', `/elevations/${id}`)).body;
  expect(await say(RUTH, id, 'approval', { digest: 'f'.repeat(64) })).toMatchObject({
    status: 409,
    body: { code: 'digest-mismatch' },
  });
  expect(await say(RUTH, id, 'approval', { digest, comment: 'Go' })).toMatchObject({
    status: 200,
    body: { state: 'approved', approvals: [{ comment: 'Go' }] },
  });
});

test('an approval under a file that no longer allows the request is refused, with what is not met', async () => {
  const id = await pending(hub);
  const rules = ACCESS.rules.map((rule) =>
    rule.kind === 'allow' ? { ...rule, longest: duration('30m') } : rule,
  );
  const later = startHub({ access: { ...ACCESS, rules }, store: hub.broker.store });
  const sentence = expect.stringContaining('Ask for 30m or less');
  expect(await later.call(RUTH, 'POST', `/elevations/${id}/approval`)).toMatchObject({
    status: 403,
    body: { code: 'no-longer-allowed', conditions: [{ code: 'duration', outcome: 'unsatisfied', sentence }] },
  });
  expect(await later.call(DAVID, 'GET', `/elevations/${id}`)).toMatchObject({
    status: 200,
    body: { state: 'pending', missing: expect.arrayContaining([sentence]) },
  });
});

describe('a record that its seal does not cover', () => {
  test.each([
    ['GET', ''],
    ['POST', '/approval'],
    ['POST', '/denial'],
    ['POST', '/withdrawal'],
    ['POST', '/return'],
    ['POST', '/revocation'],
    ['POST', '/credentials'],
  ])('decides nothing: %s …%s', async (method, what) => {
    const id = await pending(hub);
    const forged = startHub({ store: hub.broker.store, seal: memorySeal('another key') });
    expect(await forged.call(DAVID, method, `/elevations/${id}${what}`)).toMatchObject({
      status: 500,
      body: { code: 'record-damaged' },
    });
    expect(forged.logged).toContainEqual({ level: 'error', event: 'record-damaged', elevation: id });
  });
});

test('a decision that loses every race says so, and did nothing', async () => {
  const store = memoryStore();
  const id = await pending(startHub({ store }));
  const contended = startHub({
    store: {
      ...store,
      replace: async (_version, next) => (await store.read(next.elevation.request.id)) ?? next,
    },
  });
  expect(await contended.call(RUTH, 'POST', `/elevations/${id}/approval`)).toMatchObject({
    status: 409,
    body: { code: 'contended' },
  });
});
