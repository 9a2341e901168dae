import { sizeOf } from '../../../sandbox/dynamodb/item-size.ts';

// Names count in UTF-8, as texts do; numbers about a byte for two digits and one more; lists and maps three bytes and one
// for each value; booleans and nulls one (Developer Guide, "DynamoDB item sizes and formats").
test.each([
  ['a text in UTF-8', { a: { S: 'né' } }, 1 + 3],
  ['a number', { a: { N: '-123.45' } }, 1 + 4],
  ['bytes, unencoded', { a: { B: Buffer.from('four').toString('base64') } }, 1 + 4],
  ['a boolean', { a: { BOOL: true } }, 1 + 1],
  ['a null', { a: { NULL: true } }, 1 + 1],
  ['a set of texts', { a: { SS: ['one', 'four'] } }, 1 + 7],
  ['a list', { a: { L: [{ S: 'one' }, { BOOL: true }] } }, 1 + 3 + (3 + 1) + (1 + 1)],
  ['a map', { a: { M: { bc: { S: 'one' } } } }, 1 + 3 + (2 + 3) + 1],
])('%s has its bytes', (_title, item, bytes) => {
  expect(sizeOf(item)).toBe(bytes);
});
