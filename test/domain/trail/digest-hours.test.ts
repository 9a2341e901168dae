import fc from 'fast-check';
import { instant } from '../../../shared/domain/instant.ts';
import { hoursOf, type Span, uncovered, withSpan } from '../../../shared/domain/trail/digest-hours.ts';

const span = (from: number, until: number): Span => ({ from: instant(from), until: instant(until) });

const spans = fc
  .array(
    fc.tuple(fc.nat(30), fc.nat(5)).map(([from, length]) => span(from, from + length)),
    { maxLength: 8 },
  )
  .map((some) => some.toSorted((one, other) => one.from - other.from));

test('every moment of the period is covered by a span or by a gap, and never by both', () => {
  fc.assert(
    fc.property(spans, fc.nat(15), fc.nat(20), (some, from, length) => {
      const period = span(from, from + length);
      const gaps = uncovered(some.reduce<readonly Span[]>(withSpan, []), period);
      for (let moment = period.from + 0.5; moment < period.until; moment += 1) {
        const isIn = (one: Span) => one.from <= moment && moment < one.until;
        expect(gaps.some(isIn)).toBe(!some.some(isIn));
      }
    }),
  );
});

test('spans that touch are kept as one', () => {
  expect([span(0, 5), span(5, 8), span(9, 10)].reduce<readonly Span[]>(withSpan, [])).toEqual([
    span(0, 8),
    span(9, 10),
  ]);
});

test.each([
  ['a gap inside an hour', [[1_800_000, 1_800_001]], ['1970-01-01T00:00:00Z']],
  ['a gap that ends with the hour', [[0, 3_600_000]], ['1970-01-01T00:00:00Z']],
  ['a gap over the hour', [[3_599_999, 3_600_001]], ['1970-01-01T00:00:00Z', '1970-01-01T01:00:00Z']],
] as const)('%s names the hours that it touches', (_what, gaps, hours) => {
  expect(hoursOf(gaps.map(([from, until]) => span(from, until)))).toEqual(hours);
});
