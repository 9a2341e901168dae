import fc from 'fast-check';
import { nearestRank } from '../../../shared/domain/report/percentile.ts';

// The worked examples of https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method
const TABLE = [
  { values: [15, 20, 35, 40, 50], percent: 5, is: 15 },
  { values: [15, 20, 35, 40, 50], percent: 30, is: 20 },
  { values: [15, 20, 35, 40, 50], percent: 40, is: 20 },
  { values: [15, 20, 35, 40, 50], percent: 50, is: 35 },
  { values: [15, 20, 35, 40, 50], percent: 100, is: 50 },
  { values: [3, 6, 7, 8, 8, 10, 13, 15, 16, 20], percent: 25, is: 7 },
];

test.each(TABLE)('the $percent-th percentile of $values is $is', ({ values, percent, is }) => {
  expect(nearestRank(values, percent)).toBe(is);
});

test('of nothing there is no percentile', () => {
  expect(nearestRank([], 50)).toBeUndefined();
});

test('a percentile is the smallest value that at least so many of a hundred do not exceed', () => {
  const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 100 }), (all, percent) => {
      const enough = all.filter((value) => {
        return all.filter((other) => other <= value).length * 100 >= percent * all.length;
      });
      expect(nearestRank(all, percent)).toBe(Math.min(...enough));
    }),
  );
});
