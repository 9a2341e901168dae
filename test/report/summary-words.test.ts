import type { Report, Totals } from '../../shared/domain/report/report.ts';
import { summaryWords } from '../../shared/report/summary-words.ts';
import { aReport } from './a-report.ts';

function words(differing: Partial<Totals>, more: Partial<Report> = {}): string {
  const { timeToApprove: _waited, ...totals } = aReport().totals;
  return summaryWords(
    aReport({ ...{ gaps: [], outOfBand: [], roles: [] }, ...more, totals: { ...totals, ...differing } }),
  );
}

test('one of everything is said in the singular', () => {
  const one = { asked: 1, approved: 1, denied: 0, people: 1, sessions: 1, sessionsNeverUsed: 0 };
  const events = { allowed: 1, denied: 0, unknown: 0 };
  expect(words({ ...one, events, timeToApprove: { p50: 90_000, p95: 90_000, count: 1 } })).toBe(
    '1 person asked once for a role: 1 was approved. The one that needed somebody’s approval got it within 2 min. 1 set of credentials was issued, and the trail shows 1 call made with them. Nothing was seen to go round Drawbridge.',
  );
});

test('half of those that waited, and what came of them', () => {
  const waited = { p50: 0, p95: 1000, count: 3 };
  expect(words({ asked: 7, approved: 4, denied: 1, people: 2, sessions: 0, timeToApprove: waited })).toBe(
    '2 people asked 7 times for a role: 4 were approved and 1 denied. Of the 3 that needed somebody’s approval, half got it in under a second. Nothing was seen to go round Drawbridge.',
  );
});

test('a quiet week', () => {
  expect(words({ asked: 0, sessions: 0 })).toBe(
    'Nobody asked for a role. Nothing was seen to go round Drawbridge.',
  );
});
