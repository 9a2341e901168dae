import fc from 'fast-check';
import { minutes } from '../../../shared/domain/duration.ts';
import { after, type Instant } from '../../../shared/domain/instant.ts';
import {
  deliveriesFor,
  hourOf,
  hoursOf,
  isWholeIn,
  trailHours,
} from '../../../shared/domain/report/trail-hours.ts';
import { at } from '../values.ts';
import { COMPLETE, everyHour, evidence, PERIOD, reportOf, roleIn, seenAs, story } from './world.ts';

const digest = (text: string, region = 'us-east-1') =>
  ({ account: '999999999999', region, kind: 'digest', at: at(text) }) as const;
const THREE = ['09:02', '10:02', '11:02'].map((time) => digest(`2026-11-24T${time}:15Z`));
const NINE = hourOf(at('2026-11-24T09:00:00Z'));

test('an hour is whole with the digests that end in it and in the two after it', () => {
  expect(isWholeIn(trailHours(THREE, COMPLETE), [NINE])).toBe(true);
});

test.each([0, 1, 2])('without the %i-th of the three it is not', (n) => {
  expect(isWholeIn(trailHours(THREE.toSpliced(n, 1), COMPLETE), [NINE])).toBe(false);
});

describe('a log file that could not be read', () => {
  const noted = (kind: 'unread' | 'mended', file: string, time: string) =>
    ({ account: '999999999999', region: 'us-east-1', kind, file, at: at(`2026-11-24T${time}:00Z`) }) as const;
  const isWhole = (...deliveries: Parameters<typeof trailHours>[0]) =>
    isWholeIn(trailHours([...THREE, ...deliveries], COMPLETE), [NINE]);

  test.each(['09:05', '10:05', '11:05'])('takes from the hour what its digests vouch for: %s', (time) => {
    expect(isWhole(noted('unread', 'one', time))).toBe(false);
  });

  test.each(['08:55', '12:05'])('says nothing of an hour that it cannot hold: %s', (time) => {
    expect(isWhole(noted('unread', 'one', time))).toBe(true);
  });

  test('does so until that very file has been read', () => {
    const unread = noted('unread', 'one', '09:05');
    expect(isWhole(noted('mended', 'other', '09:05'), unread)).toBe(false);
    expect(isWhole(noted('mended', 'one', '09:05'), unread)).toBe(true);
  });
});

test('each Region of which anything has come must be whole', () => {
  const log = {
    account: '999999999999',
    region: 'eu-west-1',
    kind: 'log',
    at: at('2026-11-20T09:00:00Z'),
  } as const;
  expect(isWholeIn(trailHours([...THREE, log], COMPLETE), [NINE])).toBe(false);
  const others = THREE.map((one) => ({ ...one, region: 'eu-west-1' }));
  expect(isWholeIn(trailHours([...THREE, log, ...others], COMPLETE), [NINE])).toBe(true);
});

test('where nothing has come nothing is whole', () => {
  expect(isWholeIn(trailHours([], COMPLETE), [])).toBe(false);
});

test('what can still come is not claimed: an hour is whole once it is over and complete', () => {
  const until = at('2026-11-24T10:00:00Z');
  expect(isWholeIn(trailHours(THREE, until), [NINE])).toBe(true);
  expect(isWholeIn(trailHours(THREE, (until - 1) as Instant), [NINE])).toBe(false);
});

test('the hours of a time are those that some moment of it lies in', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e7 }), fc.integer({ min: 1, max: 2e7 }), (from, length) => {
      const hours = new Set<number>();
      for (let moment = from; moment < from + length; moment += 60_000)
        hours.add(Math.floor(moment / 3_600_000));
      hours.add(Math.floor((from + length - 1) / 3_600_000));
      expect(hoursOf({ from: from as Instant, until: (from + length) as Instant })).toEqual([...hours]);
    }),
  );
});

test('a time without length has no hours', () => {
  expect(hoursOf({ from: COMPLETE, until: COMPLETE })).toEqual([]);
});

test('the deliveries of a period are read to the digests of its last hour', () => {
  expect(deliveriesFor(PERIOD)).toEqual({ from: PERIOD.from, until: at('2026-11-30T03:00:00Z') });
});

const ASKED = at('2026-11-24T09:00:00Z');
const without = (hour: string) =>
  everyHour().filter((one) => one.kind === 'log' || hourOf(one.at) !== hourOf(at(hour)));

test('an hour without a digest is a gap, and what was lent in it cannot be called unused', () => {
  const report = reportOf([story(1, 'issued')], [evidence({ deliveries: without('2026-11-24T10:00:00Z') })]);
  expect(seenAs(report, 's3:GetObject')).toBe('hours-without-digest');
  expect(roleIn(report).narrower).toBeUndefined();
  expect(report.gaps.filter(({ kind }) => kind === 'no-digest')).toEqual([
    {
      ...{
        account: '999999999999',
        region: 'us-east-1',
        kind: 'no-digest',
        roles: ['read-logs', 'update-app'],
      },
      ...{ from: at('2026-11-24T08:00:00Z'), until: at('2026-11-24T11:00:00Z') },
    },
  ]);
});

test('a gap in other hours takes nothing away, unless others are trusted and can come at any time', () => {
  const deliveries = without('2026-11-26T10:00:00Z');
  expect(seenAs(reportOf([story(1, 'issued')], [evidence({ deliveries })]), 's3:GetObject')).toBe('not-seen');
  const { policies } = evidence();
  const trusting = 'value' in policies ? { value: { ...policies.value, trust: OPEN } } : policies;
  const report = reportOf([story(1, 'issued')], [evidence({ deliveries, policies: trusting })]);
  expect(seenAs(report, 's3:GetObject')).toBe('hours-without-digest');
});

const OPEN = {
  statements: [
    {
      effect: 'Allow' as const,
      actions: { kind: 'any-of' as const, patterns: ['sts:AssumeRole'] },
      principals: { kind: 'any-of' as const, by: { AWS: ['arn:aws:iam::111111111111:root'] } },
    },
  ],
};

test('a report that is made too early claims nothing of the hours that are still to come', () => {
  const early = { completeUntil: after(ASKED, minutes(30)) };
  const report = reportOf([story(1, 'issued')], [evidence()], early);
  expect(seenAs(report, 's3:GetObject')).toBe('hours-without-digest');
  expect(report.totals).toMatchObject({ sessions: 1, sessionsNeverUsed: 0 });
});

test('an account without files is a gap for the whole period', () => {
  const report = reportOf([story(1, 'issued')], [evidence({ deliveries: [] })]);
  expect(seenAs(report, 's3:GetObject')).toBe('no-files');
  expect(report.gaps).toContainEqual({
    account: '999999999999',
    kind: 'no-files',
    roles: ['read-logs', 'update-app'],
  });
});

test('selectors that cannot be read are a gap', () => {
  const report = reportOf(
    [story(1, 'issued')],
    [evidence({ selectors: { unknown: 'The auditor role is missing.' } })],
  );
  expect(seenAs(report, 's3:GetObject')).toBe('selectors-unknown');
  expect(report.gaps).toContainEqual({
    account: '999999999999',
    kind: 'selectors-unknown',
    roles: ['read-logs', 'update-app'],
  });
});
