import fc from 'fast-check';
import {
  after,
  before,
  earlier,
  formatInstant,
  formatSeconds,
  instant,
  parseInstant,
  wholeSecond,
} from '../../shared/domain/instant.ts';
import { at, duration } from './values.ts';

test.each([
  ['1970-01-01T00:00:00Z', 0],
  ['1969-12-31T23:59:59.999Z', -1],
  ['2026-11-24T09:00:00Z', 1_795_510_800_000],
  ['2026-11-24T09:00:00.5Z', 1_795_510_800_500],
  ['2026-11-24T09:00:00.007Z', 1_795_510_800_007],
  ['2026-11-24T10:00:00+01:00', 1_795_510_800_000],
  ['2026-11-24T03:30:00-05:30', 1_795_510_800_000],
  ['2026-11-25T08:59:00+23:59', 1_795_510_800_000],
  ['2028-02-29T00:00:00Z', 1_835_395_200_000],
])('%s is %i ms after 1970 began', (text, milliseconds) => {
  expect(parseInstant(text)).toBe(milliseconds);
});

// RFC 3339, section 5.6 and 5.7: an offset always, days that the month has, hours up to 23.
test.each([
  ...[
    '',
    'now',
    '1795510800',
    '2026-11-24',
    '2026-11-24T09:00Z',
    '2026-11-24 09:00:00Z',
    '2026-11-24T09:00:00',
  ],
  ...['2026-13-01T00:00:00Z', '2026-00-01T00:00:00Z', '2026-01-00T00:00:00Z', '2026-01-32T00:00:00Z'],
  ...['2026-02-29T00:00:00Z', '2026-02-30T00:00:00Z', '2026-04-31T00:00:00Z', '2026-04-31T00:00:00+01:00'],
  ...['2026-01-01T24:00:00Z', '2026-01-01T25:00:00Z', '2026-01-01T00:60:00Z', '2026-01-01T00:00:60Z'],
  ...['2026-01-01T00:00:00+24:00', '2026-01-01T00:00:00+00:60', '2026-01-01T00:00:00+1:00'],
  ...[
    '2026-01-01T00:00:00.Z',
    '2026-01-01T00:00:00.0000Z',
    '2026-01-01T00:00:00Z\n',
    ' 2026-01-01T00:00:00Z',
  ],
  ...['+02026-01-01T00:00:00Z', '２026-01-01T00:00:00Z', 'Thu, 01 Jan 1970 00:00:00 GMT'],
])('%j is no RFC 3339 time', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

test('a time that was written is read as the same instant', () => {
  const range = { min: Date.UTC(1, 0, 1), max: Date.UTC(9999, 11, 31) };
  fc.assert(
    fc.property(fc.integer(range), (milliseconds) => {
      expect(parseInstant(formatInstant(instant(milliseconds)))).toBe(milliseconds);
      expect(parseInstant(formatSeconds(instant(milliseconds)))).toBe(wholeSecond(instant(milliseconds)));
    }),
  );
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 0.5, 2 ** 53])(
  'a clock that reads %d is a bug',
  (reading) => {
    expect(() => instant(reading)).toThrow(TypeError);
  },
);

test('a second begins at its first millisecond, also before 1970', () => {
  expect(wholeSecond(at('2026-11-24T09:00:00.999Z'))).toBe(at('2026-11-24T09:00:00Z'));
  expect(wholeSecond(at('2026-11-24T09:00:01.000Z'))).toBe(at('2026-11-24T09:00:01Z'));
  expect(wholeSecond(instant(-1))).toBe(-1000);
});

test('half an hour later and earlier are half an hour away', () => {
  const nine = at('2026-11-24T09:00:00Z');
  expect(after(nine, duration('30m'))).toBe(at('2026-11-24T09:30:00Z'));
  expect(before(nine, duration('30m'))).toBe(at('2026-11-24T08:30:00Z'));
});

test('of two instants the earlier is found from either side', () => {
  const [one, other] = [at('2026-11-24T09:00:00.000Z'), at('2026-11-24T09:00:00.001Z')];
  expect([earlier(one, other), earlier(other, one), earlier(one, one)]).toEqual([one, one, one]);
});
