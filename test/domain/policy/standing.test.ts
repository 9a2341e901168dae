import { parsePolicyDocument } from '../../../shared/adapters/auditor/parse-policy.ts';
import { standingAccess } from '../../../shared/domain/policy/standing.ts';

const ISSUER = 'arn:aws:iam::222222222222:role/drawbridge/drawbridge-credentials';
const ROOT = 'arn:aws:iam::111111111111:root';

function standing(...statements: readonly object[]) {
  const trust = parsePolicyDocument({ Version: '2012-10-17', Statement: statements });
  if ('fault' in trust) throw new Error(trust.fault);
  return standingAccess(trust, ISSUER);
}

const letIn = (Principal: unknown, change: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...change,
});

test('a role that trusts the issuer alone has no standing access', () => {
  expect(standing(letIn({ AWS: ISSUER }, { Action: ['sts:AssumeRole', 'sts:TagSession'] }))).toEqual([]);
});

test('an account beside the issuer is named', () => {
  expect(standing(letIn({ AWS: [ISSUER, ROOT] }))).toEqual([{ principal: ROOT, kind: 'aws' }]);
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
test.each([
  ['an account number', { AWS: '111111111111' }, '111111111111', 'aws'],
  ['a role of nearly the same name', { AWS: `${ISSUER}2` }, `${ISSUER}2`, 'aws'],
  ['an id of somebody deleted', { AWS: 'AROAIOSFODNN7EXAMPLE1' }, 'AROAIOSFODNN7EXAMPLE1', 'aws'],
  ['anybody', '*', '*', 'anybody'],
  ['anybody of AWS', { AWS: '*' }, '*', 'anybody'],
  ['a service', { Service: 'ec2.amazonaws.com' }, 'ec2.amazonaws.com', 'service'],
  [
    'an identity provider',
    { Federated: 'cognito-identity.amazonaws.com' },
    'cognito-identity.amazonaws.com',
    'federated',
  ],
])('%s is standing access', (_, principal, name, kind) => {
  expect(standing(letIn(principal))).toEqual([{ principal: name, kind }]);
});

test('everybody but somebody is anybody', () => {
  expect(standing({ Effect: 'Allow', NotPrincipal: { AWS: ISSUER }, Action: 'sts:AssumeRole' })).toEqual([
    { principal: `everybody but ${ISSUER}`, kind: 'anybody' },
  ]);
});

test.each([
  ['sts:AssumeRoleWithSAML', true],
  ['sts:AssumeRoleWithWebIdentity', true],
  ['sts:*', true],
  ['sts:assumerole*', true],
  ['sts:TagSession', false],
  ['sts:SetSourceIdentity', false],
])('%s lets somebody in: %s', (Action, expected) => {
  expect(standing(letIn({ AWS: ROOT }, { Action })).length > 0).toBe(expected);
});

test('a denial lets nobody in, and is said to stand beside what is allowed', () => {
  const denial = { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' };
  expect(standing(denial)).toEqual([]);
  expect(standing(letIn({ AWS: ROOT }), denial)).toEqual([
    { principal: ROOT, kind: 'aws', condition: 'no Deny of the trust policy applies' },
  ]);
});

test('conditions are told in words, and the external id is not', () => {
  const Condition = {
    StringEquals: { 'sts:ExternalId': 'a1b2', 'aws:PrincipalOrgID': 'o-exampleorgid' },
    Bool: { 'aws:MultiFactorAuthPresent': true },
    'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': ['a*', 'b*'] },
    Null: { 'sts:SourceIdentity': 'false' },
  };
  expect(standing(letIn({ AWS: ROOT }, { Condition }))[0]?.condition).toBe(
    [
      'sts:ExternalId is the agreed one',
      'aws:PrincipalOrgID is o-exampleorgid',
      'aws:MultiFactorAuthPresent is true',
      'some aws:TagKeys is like a* or b*, or is absent',
      'sts:SourceIdentity is present',
    ].join('; '),
  );
});
