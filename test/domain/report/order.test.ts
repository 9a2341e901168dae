import * as fc from 'fast-check';
import { formatInstant, instant } from '../../../shared/domain/instant.ts';
import {
  faultOfPeriod,
  parseReportId,
  periodOfReport,
  reportIdOf,
  weekBefore,
} from '../../../shared/domain/report/order.ts';
import { at } from '../values.ts';

const WEEK = { from: at('2026-11-16T00:00:00Z'), until: at('2026-11-23T00:00:00Z') };

test('an id names the period, and sorts by its beginning', () => {
  expect(reportIdOf(WEEK)).toBe('20261116T0000Z-20261123T0000Z');
  const later = { from: at('2026-11-16T00:01:00Z'), until: at('2026-11-17T00:00:00Z') };
  expect(reportIdOf(later) > reportIdOf(WEEK)).toBe(true);
});

test('an id reads back as its period', async () => {
  const minute = fc.integer({ min: 0, max: 60_000_000 }).map((n) => n * 60_000);
  await fc.assert(
    fc.asyncProperty(minute, fc.integer({ min: 1, max: 100_000 }), async (from, length) => {
      const period = { from: instant(from), until: instant(from + length * 60_000) };
      const id = parseReportId(reportIdOf(period));
      expect(id && periodOfReport(id)).toEqual(period);
    }),
  );
});

test.each([
  ['nothing', ''],
  ['a time that is none', '20261316T0000Z-20261323T0000Z'],
  ['the end before the beginning', '20261123T0000Z-20261116T0000Z'],
  ['no time between', '20261116T0000Z-20261116T0000Z'],
  ['more behind it', '20261116T0000Z-20261123T0000Z/../x'],
])('%s is no id', (_title, text) => {
  expect(parseReportId(text)).toBeUndefined();
});

describe('a period that a report can be asked for', () => {
  const now = at('2026-11-25T12:00:00Z');

  test.each([
    ['ends now', at('2026-11-16T00:00:00Z'), now],
    ['has 92 days', instant(now - 92 * 86_400_000), now],
    ['has a minute', instant(now - 60_000), now],
  ])('%s', (_title, from, until) => {
    expect(faultOfPeriod({ from, until }, now)).toBeUndefined();
  });

  test.each([
    ['ends a minute from now', at('2026-11-16T00:00:00Z'), instant(now + 60_000), /by now/],
    ['has a minute more than 92 days', instant(now - 92 * 86_400_000 - 60_000), now, /92 days/],
    ['begins within a minute', instant(now - 90_001), now, /whole minutes/],
    ['ends where it begins', now, now, /after it begins/],
  ])('not one that %s', (_title, from, until, sentence) => {
    expect(faultOfPeriod({ from, until }, now)).toMatch(sentence);
  });
});

describe('the week before', () => {
  test.each([
    ['a Wednesday', '2026-11-25T12:00:00Z', '2026-11-16', '2026-11-23'],
    ['the first moment of a Monday', '2026-11-23T00:00:00Z', '2026-11-16', '2026-11-23'],
    ['the last moment of a Sunday', '2026-11-22T23:59:59Z', '2026-11-09', '2026-11-16'],
    ['a Monday in a leap year', '2028-03-06T00:00:00Z', '2028-02-28', '2028-03-06'],
  ])('%s', (_title, moment, from, until) => {
    const week = weekBefore(at(moment));
    expect([formatInstant(week.from), formatInstant(week.until)]).toEqual([
      `${from}T00:00:00.000Z`,
      `${until}T00:00:00.000Z`,
    ]);
  });
});
