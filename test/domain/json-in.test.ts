import { jsonIn } from '../../shared/domain/json-in.ts';

test.each([
  ['{"a":[1,null]}', { a: [1, null] }],
  ['null', null],
  ['"text"', 'text'],
])('%s is read', (text, value) => {
  expect(jsonIn(text)).toEqual(value);
});

test.each(['', '{', 'undefined', '{"a":1} {', undefined, 5, { a: 1 }])('%j is no JSON text', (text) => {
  expect(jsonIn(text)).toBeUndefined();
});
