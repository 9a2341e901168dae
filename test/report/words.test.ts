import {
  counted,
  lengthWords,
  listed,
  percent,
  periodInUtc,
  periodWords,
  times,
  withinWords,
} from '../../shared/report/words.ts';
import { at } from '../domain/values.ts';

test.each([
  [0, '< 1 s'],
  [999, '< 1 s'],
  [1000, '1 s'],
  [59_400, '59 s'],
  [60_000, '1 min'],
  [5_400_000, '1 h 30 min'],
  [7_200_000, '2 h'],
  [273_600_000, '3 d 4 h'],
])('%i ms are %s', (milliseconds, words) => {
  expect(lengthWords(milliseconds)).toBe(words);
});

test.each([
  [0, 'in under a second'],
  [999, 'in under a second'],
  [240_000, 'within 4 min'],
])('something was done in %i ms: %s', (milliseconds, words) => {
  expect(withinWords(milliseconds)).toBe(words);
});

test.each([
  [1, 'once'],
  [2, 'twice'],
  [12_345, '12,345 times'],
])('how often is %i: %s', (count, words) => {
  expect(times(count)).toBe(words);
});

test.each([
  [0, 'no calls'],
  [1, '1 call'],
  [2, '2 calls'],
])('how many is %i: %s', (count, words) => {
  expect(counted(count, 'call')).toBe(words);
});

test.each([
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c', 'd'], 'a, b, c and d'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
])('a list of %j is read as %s', (things, words) => {
  expect(listed(things)).toBe(words);
});

test.each([
  [1, 1000, '1 %'],
  [999, 1000, '99 %'],
  [0, 1000, '0 %'],
  [1000, 1000, '100 %'],
])('%i of %i is %s', (part, whole, words) => {
  expect(percent(part, whole)).toBe(words);
});

test.each([
  ['2026-11-16T00:00:00Z', '2026-11-23T00:00:00Z', '16 Nov 2026 to 22 Nov 2026', ', in UTC'],
  ['2026-11-16T00:00:00Z', '2026-11-17T00:00:00Z', '16 Nov 2026', ', in UTC'],
  ['2026-11-16T08:00:00Z', '2026-11-16T13:00:00Z', '16 Nov 2026, 08:00 to 16 Nov 2026, 13:00 UTC', ''],
])('from %s until %s is %s, and UTC is said once', (from, until, words, utc) => {
  const period = { from: at(from), until: at(until) };
  expect(periodWords(period)).toBe(words);
  expect(periodInUtc(period)).toBe(`${words}${utc}`);
});
