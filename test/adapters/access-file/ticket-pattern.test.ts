import fc from 'fast-check';
import { faultOfTicketPattern } from '../../../shared/adapters/access-file/ticket-pattern.ts';

test.each([
  '^OPS-\\d+$',
  '(?:OPS|DEV)-[0-9]{1,6}',
  'CHG\\d{7}',
  '[A-Z]+-\\d+(?:-[a-z]+)?',
  '(?:[a-z]{3}-){2}\\d+',
  '[(+*)]+',
  '\\(\\d+\\)',
  '(?<team>[A-Z]+)-\\d+',
  'https://tickets\\.example\\.com/\\d+',
])('%s is taken', (pattern) => {
  expect(faultOfTicketPattern(pattern)).toBeUndefined();
});

test.each([
  ['OPS-(', /regular expression/],
  ['', /regular expression/],
  ['OPS\\-\\d', /regular expression/], // an escape that the flag u refuses
  ['a)|(b', /regular expression/], // would close the group in which the evaluation puts it
  ['a'.repeat(201), /200 characters/],
  ['(a)\\1', /back reference/],
  ['(?<a>x)\\k<a>', /back reference/],
  ['(a+)+', /itself repeats/],
  ['(?:a*)*', /itself repeats/],
  ['(?:a|a)*', /alternatives/],
  ['(?:(?:a+)b)+', /itself repeats/],
  ['(?:a?){20}', /itself repeats/],
  ['(?:\\d+){3}', /itself repeats/],
  ['(?:[a-z]+\\)?)+', /itself repeats/],
  ['\\d*\\d*\\d*\\d*\\d*x', /4 times at most/],
  ['a?a?a?a?a?', /4 times at most/],
  ['a|b|c|d|e|f|g|h|i|j|k', /10 alternatives/],
])('%s is refused', (pattern, fault) => {
  expect(faultOfTicketPattern(pattern)).toMatch(fault);
});

test('noTextThrows: whatever is written, the answer is a fault or a pattern that the evaluation can compile', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'()[]{}|*+?\\^$.a1,:<>=!k-'), maxLength: 30 }),
      (pattern) => {
        const fault = faultOfTicketPattern(pattern);
        if (fault === undefined) expect(() => new RegExp(`^(?:${pattern})$`, 'u')).not.toThrow();
      },
    ),
  );
});
