import { requestElevation } from '../../shared/app/request-elevation.ts';
import { ASK, allow, caller, STORY } from '../domain/story.ts';
import { duration, roleName } from '../domain/values.ts';
import { asked, codeOf, decided, testBroker } from './broker.ts';

const DAVID = caller('david');
const MINUTE = 60_000;

/** The story's file with a rule without approvals and these limits. */
function limited(pending: number, count: number) {
  const alone = allow('alone', ['group:developers'], ['read-logs'], { reasonMin: 0 });
  return {
    ...STORY,
    rules: [...STORY.rules, alone],
    limits: { pending, requests: { count, per: duration('1m') } },
  };
}

const ALONE = { ...ASK, role: roleName('read-logs') };

test('of many requests at once exactly the limit is let through', async () => {
  const broker = testBroker(limited(100, 5));
  const all = await Promise.all(
    Array.from({ length: 40 }, () => requestElevation(broker, DAVID, ALONE, undefined)),
  );
  expect(all.map(codeOf).filter((code) => code === 'done')).toHaveLength(5);
  expect(all.map(codeOf).filter((code) => code === 'too-many-requests')).toHaveLength(35);
});

// Windows begin at multiples of their length since 1970, and nine o'clock is one.
test.each([
  [0, 60],
  [1, 60],
  [1_000, 59],
  [59_000, 1],
  [59_999, 1],
])(
  'who asks too often %i ms after the window began is told to wait %i s',
  async (offset, retryAfterSeconds) => {
    const broker = testBroker(limited(100, 1));
    broker.wait(offset);
    expect(codeOf(await requestElevation(broker, DAVID, ALONE, undefined))).toBe('done');
    expect(await requestElevation(broker, DAVID, ALONE, undefined)).toMatchObject({
      refusal: { code: 'too-many-requests', retryAfterSeconds },
    });
  },
);

test('in the next window one may ask again', async () => {
  const broker = testBroker(limited(100, 1));
  await asked(broker, ALONE);
  broker.wait(MINUTE - 1);
  expect(codeOf(await requestElevation(broker, DAVID, ALONE, undefined))).toBe('too-many-requests');
  broker.wait(1);
  expect(codeOf(await requestElevation(broker, DAVID, ALONE, undefined))).toBe('done');
});

test('one person’s requests do not count for another', async () => {
  const broker = testBroker(limited(100, 1));
  await asked(broker, ALONE);
  expect(codeOf(await requestElevation(broker, caller('dora'), ALONE, undefined))).toBe('done');
});

test('a repetition with a key is not counted', async () => {
  const broker = testBroker(limited(100, 1));
  for (let n = 0; n < 10; n++)
    expect(codeOf(await requestElevation(broker, DAVID, ALONE, 'a-key'))).toBe('done');
});

test('no more than the limit may wait, and a decision, a withdrawal or a lapse makes room', async () => {
  const broker = testBroker(limited(3, 100));
  const [first, second, third] = [await asked(broker), await asked(broker), await asked(broker)];
  const again = async () => codeOf(await requestElevation(broker, DAVID, ASK, undefined));
  expect(await again()).toBe('too-many-pending');
  await decided(broker, first, { type: 'approve', by: caller('ruth') });
  expect([await again(), await again()]).toEqual(['done', 'too-many-pending']);
  await decided(broker, second, { type: 'deny', by: caller('ruth') });
  expect([await again(), await again()]).toEqual(['done', 'too-many-pending']);
  await decided(broker, third, { type: 'withdraw', by: DAVID });
  expect([await again(), await again()]).toEqual(['done', 'too-many-pending']);
});

test('who has too many waiting is told when the first of them lapses', async () => {
  const broker = testBroker(limited(1, 100));
  await asked(broker);
  broker.wait(30 * MINUTE);
  const now = caller('david', { mfa: { kind: 'token', evidence: 'amr:hwk', at: broker.clock() } });
  expect(await requestElevation(broker, now, ASK, undefined)).toMatchObject({
    refusal: { code: 'too-many-pending', retryAfterSeconds: 90 * 60 },
  });
  broker.wait(90 * MINUTE + 1);
  const later = caller('david', { mfa: { kind: 'token', evidence: 'amr:hwk', at: broker.clock() } });
  expect(codeOf(await requestElevation(broker, later, ASK, undefined))).toBe('done');
});

test('what needs no approval does not wait', async () => {
  const broker = testBroker(limited(1, 100));
  for (let n = 0; n < 5; n++)
    expect(codeOf(await requestElevation(broker, DAVID, ALONE, undefined))).toBe('done');
});
