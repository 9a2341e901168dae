import { conditionsOf, isMade, withoutIfs } from '../../../sandbox/hub/conditions.ts';

// CloudFormation User Guide, "Condition functions".
test.each([
  ['Fn::Equals of equal texts', { 'Fn::Equals': ['', ''] }, true],
  ['Fn::Equals of others', { 'Fn::Equals': ['taken', ''] }, false],
  ['Fn::Not', { 'Fn::Not': [{ 'Fn::Equals': ['a', 'a'] }] }, false],
  ['Fn::And', { 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Equals': ['a', 'b'] }] }, false],
  ['Fn::Or', { 'Fn::Or': [{ Condition: 'Yes' }, { 'Fn::Equals': ['a', 'b'] }] }, true],
])('%s is evaluated', (_title, condition, holds) => {
  const conditions = conditionsOf({ Yes: { 'Fn::Equals': ['1', '1'] }, It: condition });
  expect(conditions.get('It')).toBe(holds);
});

test.each([
  [
    'a function that the sandbox does not know',
    { It: { 'Fn::Contains': ['a'] } },
    /teach sandbox\/hub\/conditions.ts/,
  ],
  ['a comparison with a reference', { It: { 'Fn::Equals': [{ Ref: 'A' }, ''] } }, /compares texts alone/],
  ['a condition that is not there', { It: { Condition: 'Other' } }, /no condition Other/],
])('%s is an error', (_title, definitions, reason) => {
  expect(() => conditionsOf(definitions)).toThrow(reason);
});

test('Fn::If gives the branch that holds, also within the other, and AWS::NoValue leaves a member out', () => {
  const conditions = new Map([
    ['Yes', true],
    ['No', false],
  ]);
  const value = {
    list: [{ 'Fn::If': ['No', 'a', { 'Fn::If': ['Yes', { Ref: 'Bucket' }, 'c'] }] }],
    gone: { 'Fn::If': ['No', 'a', { Ref: 'AWS::NoValue' }] },
  };
  expect(withoutIfs(value, conditions)).toEqual({ list: [{ Ref: 'Bucket' }] });
  expect(() => withoutIfs({ 'Fn::If': ['Other', 1, 2] }, conditions)).toThrow(/no condition Other/);
});

test('a resource is made without a condition, or where it holds', () => {
  const conditions = new Map([['No', false]]);
  expect(isMade({ Type: 'AWS::S3::Bucket' }, conditions)).toBe(true);
  expect(isMade({ Condition: 'No' }, conditions)).toBe(false);
});
