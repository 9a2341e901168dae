import * as z from 'zod';
import { MISSHAPEN, NO_DURATIONS, NO_SCOPES, UNSEEN_TEXTS } from './bad-requests.ts';
import { type Answer, ASK, byToken, type Hub, pending, startHub } from './hub.ts';

const DAVID = byToken('david');

let hub: Hub;
beforeEach(() => {
  hub = startHub();
});

const ask = (sent: Parameters<Hub['call']>[3]) => hub.call(DAVID, 'POST', '/elevations', sent);

const Faults = z.looseObject({ errors: z.array(z.object({ pointer: z.string(), detail: z.string() })) });

/** Where the faults are; each must come with a sentence. */
function pointersOf({ body }: Answer): readonly string[] {
  const { errors } = Faults.parse(body);
  for (const { detail } of errors) expect(detail).toMatch(/^[A-Z].*\.$/s);
  return errors.map(({ pointer }) => pointer);
}

async function expectNothingAsked(): Promise<void> {
  const { body } = await hub.call(DAVID, 'GET', '/elevations', { query: [['mine', '']] });
  expect(body).toEqual({ elevations: [] });
}

describe('a request is invalid with', () => {
  test.each([...MISSHAPEN, ...NO_DURATIONS, ...NO_SCOPES, ...UNSEEN_TEXTS])(
    '%s',
    async (_title, json, pointers) => {
      const answer = await ask({ json });
      expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } });
      expect(pointersOf(answer)).toEqual(pointers);
      await expectNothingAsked();
    },
  );
});

describe('what looks odd but is a text', () => {
  test.each([
    ['emoji', 'Fix the banner 🎏 of the shop'],
    ['a combining accent', 'Cafe\u0301 page is broken'],
    ['a heart, which a variation selector makes red', 'Fix the \u2764\ufe0f of the shop'],
    ['two lines', 'Fix the banner.\nIt is red.'],
    ['right-to-left letters', 'תיקון הבאנר של החנות'],
    ['HTML, which is for nobody to interpret', '<script>alert(1)</script>'],
  ])('is taken as a reason: %s', async (_title, reason) => {
    expect(await ask({ json: { ...ASK, reason } })).toMatchObject({ status: 201, body: { reason } });
  });
});

test.each([
  ['above every rule', { duration: '8h1m' }, 'duration'],
  ['with too short a reason', { reason: 'Fix it' }, 'reason'],
  ['longer than the one rule of another role', { role: 'read-logs', duration: '1h1m' }, 'duration'],
])('%s no rule allows, and the answer says what is not met', async (_title, part, code) => {
  const answer = await ask({ json: { ...ASK, ...part } });
  expect(answer).toMatchObject({ status: 403, body: { code: 'no-rule-allows' } });
  expect(answer.body['conditions']).toContainEqual({
    code,
    outcome: 'unsatisfied',
    sentence: expect.stringMatching(/\.$/),
  });
  await expectNothingAsked();
});

describe('a comment', () => {
  test.each(['approval', 'denial', 'revocation', 'withdrawal', 'return'])(
    'with hidden marks decides nothing: %s',
    async (what) => {
      const id = await pending(hub);
      const who = ['withdrawal', 'return'].includes(what) ? DAVID : byToken('ruth');
      const answer = await hub.call(who, 'POST', `/elevations/${id}/${what}`, {
        json: { comment: 'Fine\u202e' },
      });
      expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } });
      expect(pointersOf(answer)).toEqual(['/comment']);
      expect((await hub.call(DAVID, 'GET', `/elevations/${id}`)).body).toMatchObject({ state: 'pending' });
    },
  );

  test.each([
    ['a digest that is none', 'approval', { digest: 'abc' }, '/digest'],
    ['a field of another call', 'revocation', { digest: 'a'.repeat(64) }, '/digest'],
    ['anything at an issue', 'credentials', { durationSeconds: 43_200 }, '/durationSeconds'],
  ])('%s is refused', async (_title, what, json, pointer) => {
    const id = await pending(hub);
    const answer = await hub.call(DAVID, 'POST', `/elevations/${id}/${what}`, { json });
    expect(pointersOf(answer)).toEqual([pointer]);
  });
});

describe('an Idempotency-Key', () => {
  test.each([
    ['empty', ''],
    ['of 256 characters', 'k'.repeat(256)],
    ['with a space', 'one click'],
    ['with a character that is not ASCII', 'clé'],
    ['with a control', 'one\u0007'],
  ])('%s is refused, and nothing is made', async (_title, key) => {
    const answer = await ask({ json: ASK, headers: { 'Idempotency-Key': key } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } });
    await expectNothingAsked();
  });

  test('of 255 characters is taken, whatever the case of the header', async () => {
    const headers = { 'idempotency-KEY': 'k'.repeat(255) };
    const [first, again] = [await ask({ json: ASK, headers }), await ask({ json: ASK, headers })];
    expect(first).toMatchObject({ status: 201 });
    expect(first.headers['Idempotency-Replayed']).toBeUndefined();
    expect(again).toMatchObject({
      status: 201,
      text: first.text,
      headers: { 'Idempotency-Replayed': 'true' },
    });
  });

  test('that comes with another body is refused, and the first request stays as it was', async () => {
    const headers = { 'Idempotency-Key': 'one-click' };
    const { body } = await ask({ json: ASK, headers });
    expect(await ask({ json: { ...ASK, duration: '2h' }, headers })).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
    expect((await hub.call(DAVID, 'GET', `/elevations/${body['id']}`)).body).toMatchObject(body);
  });

  test('of another person is another key', async () => {
    const headers = { 'Idempotency-Key': 'one-click' };
    const { body } = await ask({ json: ASK, headers });
    const dora = await hub.call(byToken('dora'), 'POST', '/elevations', { json: ASK, headers });
    expect(dora).toMatchObject({ status: 201, body: { person: 'dora' } });
    expect(dora.body['id']).not.toBe(body['id']);
  });
});
