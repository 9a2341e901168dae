import fc from 'fast-check';
import {
  formatDuration,
  milliseconds,
  minutes,
  parseDuration,
  seconds,
} from '../../shared/domain/duration.ts';

const YEAR_MINUTES = 366 * 24 * 60;

test.each([
  ['1m', 1],
  ['45m', 45],
  ['90m', 90],
  ['1h', 60],
  ['1h0m', 60],
  ['0h45m', 45],
  ['1h30m', 90],
  ['24h', 1440],
  ['PT1M', 1],
  ['PT1H', 60],
  ['PT1H30M', 90],
  ['PT90M', 90],
  ['P1D', 1440],
  ['P1DT2H3M', 1563],
  ['P366D', YEAR_MINUTES],
  ['527040m', YEAR_MINUTES],
])('%s is %i minutes', (text, count) => {
  expect(parseDuration(text)).toBe(count);
});

test.each([
  ...['', ' ', '0m', '0h', '0h0m', 'PT0M', 'P0D', 'P0DT0H0M'],
  ...['-1h', '+1h', '1.5h', '1,5h', '1e3m', '0x10m', 'NaNm', 'Infinitym'],
  ...[
    'P',
    'PT',
    'P1DT',
    'P1',
    'PT1',
    'T1H',
    '1H',
    '1M',
    'pt1h',
    'P1H',
    'P1M',
    'P1Y',
    'P1W',
    'PT1S',
    'PT1H30M20S',
  ],
  ...['1h1h', '1m1h', '1h 30m', 'PT30M1H', '1hPT1H', '90', '1', 'h', 'm', 'hm', '1d', '1s', '1min', '1 h'],
  ...[' 1h', '1h ', '1h\n', '\n1h', '1h\u0000', '1\u200bh', '１h', '٣h', '1ｈ'],
  ...['P367D', '527041m', '8785h', '9999999m', `${'9'.repeat(400)}m`, `PT${'0'.repeat(9)}1H`],
])('%j is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, YEAR_MINUTES + 1])(
  'the code itself cannot state %d minutes',
  (count) => {
    expect(() => minutes(count)).toThrow(TypeError);
  },
);

test.each([
  [1, '1m'],
  [59, '59m'],
  [60, '1h'],
  [61, '1h1m'],
  [480, '8h'],
])('%i minutes are written %s', (count, text) => {
  expect(formatDuration(minutes(count))).toBe(text);
});

test('a duration that was written is read as the same length', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: YEAR_MINUTES }), (count) => {
      expect(parseDuration(formatDuration(minutes(count)))).toBe(count);
      expect(parseDuration(`PT${count}M`)).toBe(count);
    }),
  );
});

test('an hour is 3,600 seconds and 3,600,000 milliseconds', () => {
  expect([seconds(minutes(60)), milliseconds(minutes(60))]).toEqual([3600, 3_600_000]);
});
