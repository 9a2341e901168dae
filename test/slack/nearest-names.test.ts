import { nearestNames } from '../../shared/slack/nearest-names.ts';

const NAMES = ['update-app', 'update-api', 'read-logs', 'read-billing', 'x'];

test.each([
  ['update-ap', ['update-app', 'update-api']],
  ['upate-app', ['update-app', 'update-api']],
  ['logs', ['read-logs']],
  ['read-log', ['read-logs']],
  ['something-else-entirely', []],
  ['', []],
])('the names near "%s"', (typed, expected) => {
  expect(nearestNames(typed, NAMES)).toEqual(expected);
});

test('a text that is longer than any name is like none', () => {
  expect(nearestNames('a'.repeat(60_000), NAMES)).toEqual([]);
});
