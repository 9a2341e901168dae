import fc from 'fast-check';
import { type Instant, instant } from '../../../shared/domain/instant.ts';
import type { Observation } from '../../../shared/domain/trail/observation.ts';
import { at } from '../values.ts';
import { roleEvidence, stories } from './arbitraries.ts';
import { COMPLETE, evidence, PERIOD, readLogs, reportOf, roleIn, seen, seenAs, story } from './world.ts';

const TRAIL = 'arn:aws:cloudtrail:us-east-1:222222222222:trail/organization';
const MALLORY = { type: 'IAMUser', arn: 'arn:aws:iam::222222222222:user/Mallory' };
const HOUR_MS = 3_600_000;

function change(when: Instant, more: Partial<Observation> = {}): Observation {
  return seen(`change-${when}`, when, {
    ...{ account: '222222222222', source: 'cloudtrail.amazonaws.com', name: 'PutEventSelectors' },
    ...{ actions: ['cloudtrail:PutEventSelectors'], resources: [TRAIL], actor: MALLORY },
    changed: { of: 'trail', arn: TRAIL, what: 'trail' },
    ...more,
  });
}

/** The report on a week in which David's session did nothing, with these changes of the trail known for both roles. */
const weekWith = (...trailChanges: readonly Observation[]) =>
  reportOf(
    [story(1, 'issued')],
    [evidence({ trailChanges }), { ...readLogs(), trailChanges: [...trailChanges].reverse() }],
  );

const TUESDAY = at('2026-11-24T09:10:00Z');
const DENIED = { outcome: 'denied', errorCode: 'AccessDenied' } as const;

test('a change of a trail is one change and one finding, whichever roles it touches', () => {
  const report = weekWith(change(TUESDAY), change(instant(TUESDAY + HOUR_MS), DENIED));
  expect(report.outOfBand.map(({ code, about, at: when }) => [code, about, when])).toEqual([
    ['trail-changed', TRAIL, instant(TUESDAY + HOUR_MS)],
    ['trail-changed', TRAIL, TUESDAY],
  ]);
  expect(report.changes).toContainEqual({
    ...{ of: 'trail', at: TUESDAY, about: TRAIL, what: 'trail', by: MALLORY.arn, outcome: 'allowed' },
    eventId: `change-${TUESDAY}`,
  });
  expect(report.changes.filter(({ of }) => of === 'trail')).toHaveLength(2);
});

test.each([
  ['before the role was lent', instant(TUESDAY - HOUR_MS)],
  ['while it was', TUESDAY],
  ['after it was, since what was recorded before is not known', instant(TUESDAY + HOUR_MS)],
  ['after the period, before the report was made', instant(PERIOD.until + HOUR_MS)],
])('nothing is called unused where a trail was changed %s', (_, when) => {
  const report = weekWith(change(when));
  expect(seenAs(report, 's3:GetObject')).toBe('trail-changed');
  expect(report.totals).toMatchObject({ sessionsNeverUsed: 0, approvedNeverUsed: 0 });
});

test.each([
  ['nobody changed a trail', []],
  ['somebody tried to and was refused', [change(TUESDAY, DENIED)]],
  ['a call failed and changed nothing', [change(TUESDAY, { errorCode: 'TrailNotFoundException' })]],
  ['a trail was changed before the period', [change(instant(PERIOD.from - 1))]],
])('it is where %s', (_, changes) => {
  const report = weekWith(...changes);
  expect(seenAs(report, 's3:GetObject')).toBe('not-seen');
  expect(report.totals).toMatchObject({ sessionsNeverUsed: 1, approvedNeverUsed: 1 });
});

test('a_changed_trail_proves_nothing_unused: whatever else is known, no granted action is called not seen', () => {
  const times = fc.integer({ min: PERIOD.from, max: COMPLETE }).map(instant);
  const outcomes = fc.constantFrom('allowed' as const, 'unknown' as const);
  let unseen = 0;
  fc.assert(
    fc.property(stories, roleEvidence, times, outcomes, (all, known, when, outcome) => {
      const reportWith = (trailChanges: readonly Observation[]) =>
        roleIn(reportOf(all, [{ ...known, trailChanges }, readLogs()]));
      const isUnseen = ({ seen: { as } }: { readonly seen: { readonly as: string } }) => as === 'not-seen';
      unseen += reportWith([]).permissions.filter(isUnseen).length;
      const changed = reportWith([change(when, { outcome })]);
      expect(changed.permissions.filter(isUnseen)).toEqual([]);
      expect(changed.narrower?.left ?? []).toEqual([]);
    }),
    { numRuns: 60 },
  );
  expect(unseen).toBeGreaterThan(20);
});
