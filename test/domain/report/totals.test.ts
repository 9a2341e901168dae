import fc from 'fast-check';
import { minutes } from '../../../shared/domain/duration.ts';
import { after } from '../../../shared/domain/instant.ts';
import type { ElevationStory } from '../../../shared/domain/report/story.ts';
import { caller } from '../story.ts';
import { at } from '../values.ts';
import { stories } from './arbitraries.ts';
import { COMPLETE, did, everyHour, evidence, idOf, PERIOD, reportOf, story } from './world.ts';

const RUNS = { numRuns: 60 };
const isInPeriod = (when: number) => when >= PERIOD.from && when < PERIOD.until;
const ASKED = at('2026-11-24T09:00:00Z');

function done({ usage }: ElevationStory) {
  return usage.filter(({ name }) => name !== 'AssumeRole');
}

function asked(all: readonly ElevationStory[]) {
  return all.filter(({ elevation }) => isInPeriod(elevation.request.requestedAt));
}

test('the elevations asked for are counted by what became of them', () => {
  fc.assert(
    fc.property(stories, (all) => {
      const { totals } = reportOf(all);
      const count = (...states: readonly string[]) =>
        asked(all).filter(({ elevation }) => states.includes(elevation.state)).length;
      expect(totals).toMatchObject({
        asked: asked(all).length,
        approved: count('approved', 'ended', 'returned', 'revoked'),
        ...{ denied: count('denied'), lapsed: count('lapsed'), withdrawn: count('withdrawn') },
        ...{ returned: count('returned'), revoked: count('revoked'), waiting: count('pending') },
      });
      const { approved, denied, lapsed, withdrawn, waiting } = totals;
      expect(approved + denied + lapsed + withdrawn + waiting).toBe(totals.asked);
    }),
    RUNS,
  );
});

test('the time to approve is the median of the waits, by nearest rank', () => {
  fc.assert(
    fc.property(stories, (all) => {
      const waits = asked(all)
        .filter(({ elevation }) => elevation.approvals.length > 0)
        .map(({ elevation }) => (elevation.approvals[0]?.at ?? 0) - elevation.request.requestedAt)
        .sort((one, other) => one - other);
      const { timeToApprove } = reportOf(all).totals;
      expect(timeToApprove?.count ?? 0).toBe(waits.length);
      expect(timeToApprove?.p50).toBe(waits[Math.ceil(waits.length / 2) - 1]);
    }),
    RUNS,
  );
});

test('sessions and events are those of the period, and the lines add up to the totals', () => {
  fc.assert(
    fc.property(stories, (all) => {
      const { totals, elevations } = reportOf(all);
      const sessions = all.flatMap((one) => one.sessions).filter(({ issuedAt }) => isInPeriod(issuedAt));
      const events = all.flatMap(done).filter((one) => isInPeriod(one.at));
      const of = (outcome: string) => events.filter((one) => one.outcome === outcome).length;
      expect(totals.events).toEqual({ allowed: of('allowed'), denied: of('denied'), unknown: of('unknown') });
      expect(totals.sessions).toBe(sessions.length);
      expect(elevations.reduce((sum, line) => sum + line.sessionsNeverUsed, 0)).toBe(
        totals.sessionsNeverUsed,
      );
    }),
    RUNS,
  );
});

test('a session is never used where it is over and did nothing at all, then or later', () => {
  fc.assert(
    fc.property(stories, (all) => {
      const idle = all.flatMap((one) => (done(one).length === 0 ? one.sessions : []));
      const over = idle.filter(({ issuedAt, expiresAt }) => isInPeriod(issuedAt) && expiresAt <= COMPLETE);
      expect(reportOf(all).totals.sessionsNeverUsed).toBe(over.length);
    }),
    RUNS,
  );
});

test('approved and never used are those whose time is over without a call', () => {
  const all = [
    story(1, 'approved'),
    story(2, 'issued'),
    story(3, 'revoked', { usage: [did(3, 'get', after(ASKED, minutes(8)))] }),
  ];
  expect(reportOf(all).totals).toMatchObject({ approvedNeverUsed: 2, sessions: 2, sessionsNeverUsed: 1 });
});

test('nothing is called never used where the trail of its hours is not whole', () => {
  const deliveries = everyHour().filter((one) => one.kind === 'log' || one.at < ASKED);
  const report = reportOf([story(2, 'issued')], [evidence({ deliveries })]);
  expect(report.totals).toMatchObject({ approvedNeverUsed: 0, sessions: 1, sessionsNeverUsed: 0 });
});

test('an elevation that was asked for in the week before and used in this one is told, and not counted as asked', () => {
  const late = story(1, 'issued', { askedAt: at('2026-11-22T23:55:00Z') });
  expect(reportOf([late])).toMatchObject({
    totals: { asked: 0, approved: 0, sessions: 1 },
    elevations: [{ id: idOf(1) }],
  });
});

test('who decided most comes first', () => {
  const denied = story(3, 'denied', { person: 'dora' });
  expect(reportOf([story(1, 'approved'), denied]).totals.decidedBy).toEqual([
    { person: 'ruth', approved: 1, denied: 1 },
  ]);
});

test('attempts to approve one’s own request are counted in the period', () => {
  const attempts = [ASKED, at('2026-12-01T09:00:00Z')].map((when) => ({
    ...{ elevation: idOf(1), by: caller('david') },
    at: when,
  }));
  expect(reportOf([story(1, 'waiting')], undefined, { attempts }).totals.selfApprovalAttempts).toBe(1);
});

test('the lines are in the order of asking', () => {
  const all = [3, 1, 2].map((n) => story(n, 'waiting', { askedAt: after(ASKED, minutes(10 - n)) }));
  expect(reportOf(all).elevations.map(({ id }) => id)).toEqual([3, 2, 1].map(idOf));
});
