import fc from 'fast-check';
import { canonicalJson, type Json } from '../../shared/domain/canonical-json.ts';

/** JSON values whose numbers are whole, as all numbers of an elevation are. */
const jsonValue: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** The same value with the members of every object the other way round. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, member === undefined ? undefined : reversed(member)]),
  );
}

test.each<[string, Json, string]>([
  ['keys are sorted', { b: 1, a: 2 }, '{"a":2,"b":1}'],
  [
    'keys are sorted by code unit, not by number or letter',
    { b: 1, B: 2, '10': 3, '9': 4 },
    '{"10":3,"9":4,"B":2,"b":1}',
  ],
  ['astral keys come before high ones, as UTF-16 sorts', { '\ufb33': 1, '😀': 2 }, '{"😀":2,"\ufb33":1}'],
  ['inner objects are sorted too', { a: [{ d: 1, c: [] }] }, '{"a":[{"c":[],"d":1}]}'],
  ['lists keep their order', [3, 1, 2], '[3,1,2]'],
  ['absent members are left out', { a: undefined, b: null }, '{"b":null}'],
  ['texts are escaped as JSON does', 'a"\\\n\u0000', '"a\\"\\\\\\n\\u0000"'],
  ['a lone surrogate has a text', '\ud800', '"\\ud800"'],
  ['minus zero is zero', -0, '0'],
  ['nothing is empty', {}, '{}'],
])('%s', (_title, value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  '%d cannot be written',
  (number) => {
    expect(() => canonicalJson({ deep: [number] })).toThrow(TypeError);
  },
);

test('what was written is read as the same value', () => {
  fc.assert(
    fc.property(jsonValue, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 500 },
  );
});

test('equal values have equal texts, in whatever order their members stand', () => {
  fc.assert(
    fc.property(jsonValue, (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
    }),
    { numRuns: 500 },
  );
});

test('different values have different texts', () => {
  fc.assert(
    fc.property(jsonValue, jsonValue, (one, other) => {
      const alike = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
      expect(canonicalJson(one) === canonicalJson(other)).toBe(alike);
    }),
    { numRuns: 500 },
  );
});

/** The value with its members as pairs in order: for comparing without the code under test. */
function sorted(value: Json): unknown {
  if (Array.isArray(value)) return ['list', ...value.map(sorted)];
  if (value === null || typeof value !== 'object') return ['one', value];
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return ['members', ...members.map(([key, member]) => [key, sorted(member ?? null)])];
}
