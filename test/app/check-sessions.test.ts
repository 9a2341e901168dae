import { memoryCheckMark } from '../../shared/adapters/memory/check-mark.ts';
import { checkSessions, type SessionChecker } from '../../shared/app/check-sessions.ts';
import { takeRecords } from '../../shared/app/take-trail.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { NOW } from '../domain/story.ts';
import { sessionOf } from '../domain/trail/observations.ts';
import { call, lent, type TestTaker, testTaker } from './trail.ts';

const minute = (n: number) => instant(NOW + n * 60_000);

/** A check at any moment, of what this taker has taken. */
function checkOf(taker: TestTaker, mark = memoryCheckMark()) {
  const checkAt = (now: Instant, more: Partial<SessionChecker> = {}) =>
    checkSessions({ ...taker, mark, clock: () => now, ...more });
  return { checkAt, mark };
}

/** A call in the name of the elevation by a session that came from none of its own. */
const imitation = (name: string, at: Instant) =>
  call('', { caller: sessionOf('arn:aws:iam::333333333333:role/Theirs', 'x', name), at });

test('credentials that no trail shows are an alarm once everything must have come', async () => {
  const taker = testTaker();
  const { id } = await lent(taker);
  const { checkAt } = checkOf(taker);
  expect(await checkAt(minute(44))).toEqual([]);
  expect(await checkAt(minute(59))).toMatchObject([{ code: 'issue-not-in-trail', elevation: id }]);
  expect(await checkAt(minute(74))).toEqual([]);
  expect(taker.raised).toHaveLength(1);
});

test('a session of unknown origin is an alarm, once, whenever the checks happen to run', async () => {
  const taker = testTaker();
  const { name } = await lent(taker);
  await takeRecords(taker, [imitation(name, minute(20))]);
  const { checkAt } = checkOf(taker);
  // The call becomes complete at minute 65, between two runs that are a little more than a quarter of an hour apart.
  for (const now of [49.9, 64.99, 80.02, 95.1]) await checkAt(instant(NOW + now * 60_000));
  expect(taker.raised.filter(({ code }) => code === 'unexplained-session')).toHaveLength(1);
});

test('what a run missed that failed, or never began, is made up for by the next', async () => {
  const taker = testTaker();
  const { name } = await lent(taker);
  await takeRecords(taker, [imitation(name, minute(20))]);
  const { checkAt } = checkOf(taker);
  await checkAt(minute(60));
  const alarms = { raise: () => Promise.reject(new Error('EventBridge does not answer.')) };
  await expect(checkAt(minute(75), { alarms })).rejects.toThrow('EventBridge');
  await checkAt(minute(300));
  expect(taker.raised.map(({ code }) => code)).toEqual(['issue-not-in-trail', 'unexplained-session']);
});

test('what was missed for more than a day is left to the report', async () => {
  const taker = testTaker();
  await lent(taker);
  const { checkAt, mark } = checkOf(taker);
  await mark.write(instant(NOW - 60_000));
  expect(await checkAt(minute(26 * 60))).toEqual([]);
});
