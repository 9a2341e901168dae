import fc from 'fast-check';
import { matchesAction, matchesResource } from '../../../shared/domain/policy/pattern.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
test.each([
  ['s3:GetObject', 's3:GetObject', true],
  ['S3:getobject', 's3:GetObject', true],
  ['s3:*Object*', 's3:PutObjectTagging', true],
  ['s3:Get?bject', 's3:GetObject', true],
  ['*', 'sns:Publish', true],
  ['s3:*', 's3express:CreateSession', false],
  ['s3:Get', 's3:GetObject', false],
  ['', 's3:GetObject', false],
])('the pattern %j on the action %s: %s', (pattern, action, expected) => {
  expect(matchesAction(pattern, action)).toBe(expected);
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
test.each([
  ['arn:aws:s3:::productionapp/*', 'arn:aws:s3:::productionapp/a/b.txt', true],
  ['arn:aws:s3:::productionapp/*', 'arn:aws:s3:::ProductionApp/a', false],
  ['arn:aws:s3:::productionapp/*', 'arn:aws:s3:::productionapp', false],
  ['arn:aws:s3:::product*', 'arn:aws:s3:::productionapp/a', true],
  ['arn:aws:s3:::*/a?.txt', 'arn:aws:s3:::b/x/a1.txt', true],
  ['arn:aws:s3:::*/a?.txt', 'arn:aws:s3:::b/x/a.txt', false],
  ['arn:*:role/Admin', 'arn:aws:iam::111111111111:role/Admin', true],
  ['*', 'arn:aws:sqs:us-east-1:111111111111:q', true],
  ['*', '', true],
  ['?', '', false],
])('the pattern %s on the resource %s: %s', (pattern, resource, expected) => {
  expect(matchesResource(pattern, resource)).toBe(expected);
});

/** By the definition of the two wildcards, letter by letter; far too slow for anything longer. */
function oracle(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const [first, rest] = [pattern[0], pattern.slice(1)];
  if (first === '*') return oracle(rest, text) || (text !== '' && oracle(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text[0]) && oracle(rest, text.slice(1));
}

test('patterns mean what the definition of the wildcards says', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 7 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
  fc.assert(
    fc.property(pattern, text, (one, other) => matchesResource(one, other) === oracle(one, other)),
    { numRuns: 3000 },
  );
});

test('a hostile pattern is decided: a matcher that tries every way would not come back', () => {
  expect(matchesResource(`${'*a'.repeat(500)}b`, 'a'.repeat(2000))).toBe(false);
});
