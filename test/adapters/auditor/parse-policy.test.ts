import { decodePolicyDocument, parsePolicyDocument } from '../../../shared/adapters/auditor/parse-policy.ts';

const ALLOW = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

function statementOf(statement: object) {
  const document = parsePolicyDocument({ Version: '2012-10-17', Statement: statement });
  return 'fault' in document ? document : document.statements[0];
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
test('single values and lists are the same, also for the statement itself', () => {
  const one = {
    effect: 'Allow',
    actions: { kind: 'any-of', patterns: ['s3:GetObject'] },
    resources: { kind: 'any-of', patterns: ['*'] },
  };
  expect(parsePolicyDocument({ Version: '2012-10-17', Statement: ALLOW })).toEqual({ statements: [one] });
  const listed = { ...ALLOW, Action: ['s3:GetObject'], Resource: ['*'] };
  expect(parsePolicyDocument({ Version: '2008-10-17', Id: 'x', Statement: [ALLOW, listed] })).toEqual({
    statements: [one, one],
  });
});

test('NotAction and NotResource stay what they are', () => {
  expect(statementOf({ Sid: 'a', Effect: 'Deny', NotAction: 'iam:*', NotResource: ['a', 'b'] })).toEqual({
    sid: 'a',
    effect: 'Deny',
    actions: { kind: 'none-of', patterns: ['iam:*'] },
    resources: { kind: 'none-of', patterns: ['a', 'b'] },
  });
});

test.each([
  [{ Principal: '*' }, { kind: 'any-of', by: { AWS: ['*'] } }],
  [
    { Principal: { AWS: '111111111111', Service: ['ec2.amazonaws.com'] } },
    { kind: 'any-of', by: { AWS: ['111111111111'], Service: ['ec2.amazonaws.com'] } },
  ],
  [{ NotPrincipal: { AWS: ['a'] } }, { kind: 'none-of', by: { AWS: ['a'] } }],
])('principals %j', (element, principals) => {
  expect(statementOf({ Effect: 'Allow', Action: 'sts:AssumeRole', ...element })).toMatchObject({
    principals,
  });
});

test('conditions are kept, their values as texts', () => {
  const Condition = {
    Bool: { 'aws:SecureTransport': true },
    NumericLessThan: { 'aws:MultiFactorAuthAge': [900, '60'] },
  };
  expect(statementOf({ ...ALLOW, Condition })).toMatchObject({
    condition: {
      Bool: { 'aws:SecureTransport': ['true'] },
      NumericLessThan: { 'aws:MultiFactorAuthAge': ['900', '60'] },
    },
  });
});

test.each([
  ['an element that nobody knows', { ...ALLOW, Verdict: 'maybe' }],
  ['an effect that nobody knows', { ...ALLOW, Effect: 'allow' }],
  ['neither Action nor NotAction', { Effect: 'Allow', Resource: '*' }],
  ['both Action and NotAction', { ...ALLOW, NotAction: 's3:*' }],
  ['both Resource and NotResource', { ...ALLOW, NotResource: 'a' }],
  ['both Principal and NotPrincipal', { ...ALLOW, Principal: '*', NotPrincipal: '*' }],
  ['an action that is no text', { ...ALLOW, Action: [1] }],
])('a statement with %s is a fault of the whole document', (_, statement) => {
  expect(parsePolicyDocument({ Version: '2012-10-17', Statement: [ALLOW, statement] })).toEqual({
    fault: expect.stringMatching(/^at Statement/),
  });
});

test.each([null, [], 'text', {}, { Version: '2031-01-01', Statement: [] }])('%j is no policy', (value) => {
  expect(parsePolicyDocument(value)).toEqual({ fault: expect.any(String) });
});

test('a document comes URL-encoded (API_GetRolePolicy: "compliant with RFC 3986")', () => {
  const text = encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [ALLOW] }));
  expect(decodePolicyDocument(text)).toMatchObject({ statements: [{ effect: 'Allow' }] });
  for (const broken of [undefined, '', '%7B', '%', '{']) {
    expect(decodePolicyDocument(broken)).toEqual({ fault: 'It is no URL-encoded JSON.' });
  }
});
