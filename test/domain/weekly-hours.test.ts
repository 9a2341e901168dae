import { isWithin } from '../../shared/domain/weekly-hours.ts';
import { at } from './values.ts';

const OFFICE = { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60, timeZone: 'Europe/Berlin' };
const NIGHT = { days: [7], from: 0, to: 4 * 60, timeZone: 'Europe/Berlin' };
const ALWAYS = { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 24 * 60, timeZone: 'Europe/Berlin' };

// Berlin is at UTC+1, in summer at UTC+2; in 2026 summer begins on 29 March and ends on 25 October, at 01:00 UTC.
test.each([
  ['the minute before they begin', OFFICE, '2026-11-24T07:59:59.999Z', false],
  ['their first millisecond', OFFICE, '2026-11-24T08:00:00.000Z', true],
  ['their last millisecond', OFFICE, '2026-11-24T15:59:59.999Z', true],
  ['their end', OFFICE, '2026-11-24T16:00:00.000Z', false],
  ['an hour earlier by UTC in summer', OFFICE, '2026-07-07T07:00:00Z', true],
  ['a summer evening that would be winter afternoon', OFFICE, '2026-07-07T15:00:00Z', false],
  ['Friday', OFFICE, '2026-11-27T12:00:00Z', true],
  ['Saturday', OFFICE, '2026-11-28T12:00:00Z', false],
  ['Sunday', OFFICE, '2026-11-29T12:00:00Z', false],
  ['Monday', OFFICE, '2026-11-30T12:00:00Z', true],
  ['Monday here while it is Sunday by UTC', { ...ALWAYS, days: [1] }, '2026-11-29T23:30:00Z', true],
  ['midnight, the first minute of the day', NIGHT, '2026-11-28T23:00:00Z', true],
  ['the minute before midnight', NIGHT, '2026-11-28T22:59:59Z', false],
  ['one minute before an end at midnight', { ...ALWAYS, days: [6] }, '2026-11-28T22:59:59Z', true],
  ['an end at midnight', { ...ALWAYS, days: [6] }, '2026-11-28T23:00:00Z', false],
  ['the last minute before the clock leaps to 03:00', { ...NIGHT, to: 2 * 60 }, '2026-03-29T00:59:59Z', true],
  [
    'the leap: 02:00 to 03:00 does not exist',
    { ...NIGHT, from: 120, to: 180 },
    '2026-03-29T01:00:00Z',
    false,
  ],
  ['the hour after the leap', { ...NIGHT, from: 180, to: 240 }, '2026-03-29T01:00:00Z', true],
  ['02:30 the first time in October', { ...NIGHT, from: 120, to: 180 }, '2026-10-25T00:30:00Z', true],
  ['02:30 the second time', { ...NIGHT, from: 120, to: 180 }, '2026-10-25T01:30:00Z', true],
  ['03:00 on that day', { ...NIGHT, from: 120, to: 180 }, '2026-10-25T02:00:00Z', false],
  ['half hours of an offset', { ...OFFICE, timeZone: 'Asia/Kolkata' }, '2026-11-24T03:30:00Z', true],
  [
    'the minute before, at that offset',
    { ...OFFICE, timeZone: 'Asia/Kolkata' },
    '2026-11-24T03:29:59Z',
    false,
  ],
  [
    'the other side of the date line',
    { ...OFFICE, timeZone: 'Pacific/Auckland' },
    '2026-11-22T20:00:00Z',
    true,
  ],
  ['any time of any day', ALWAYS, '2026-02-14T03:21:00Z', true],
  ['no day at all', { ...ALWAYS, days: [] }, '2026-02-14T03:21:00Z', false],
])('%s', (_title, hours, time, within) => {
  expect(isWithin(hours, at(time))).toBe(within);
});

test.each(['Europe/Nowhere', '', 'Berlin', 'Europe/Berlin\n'])(
  'a zone named %j cannot be evaluated',
  (timeZone) => {
    expect(() => isWithin({ ...OFFICE, timeZone }, at('2026-11-24T12:00:00Z'))).toThrow(RangeError);
  },
);
