import { type DeployedAccess, deploymentFacts } from '../../infra/deployment-facts.ts';

const STORY: DeployedAccess = {
  hub: { account: '222222222222', region: 'us-east-1' },
  roles: [{ arn: 'arn:aws:iam::999999999999:role/UpdateApp' }],
  iamArns: ['arn:aws:iam::111111111111:user/David', 'arn:aws:iam::111111111111:user/team/Tess'],
  longestElevationMinutes: 240,
};

test('the story gives the facts of its deployment', () => {
  expect(deploymentFacts(STORY)).toEqual({
    hubAccount: '222222222222',
    region: 'us-east-1',
    partition: 'aws',
    catalogRoleArns: ['arn:aws:iam::999999999999:role/UpdateApp'],
    auditorRoleArns: ['arn:aws:iam::999999999999:role/drawbridge/drawbridge-auditor'],
    iamAccounts: ['111111111111'],
    iamPrincipals: ['arn:aws:iam::111111111111:root'],
    longestElevationSeconds: 14_400,
    iamDoorMfa: '15m',
    iamDoorMfaSeconds: 900,
    iamDoorCredentialsMfa: '4h15m',
    iamDoorCredentialsMfaSeconds: 15_300,
  });
});

test('the bound for credentials is written as the configuration writes durations', () => {
  const bound = (minutes: number) =>
    deploymentFacts({ ...STORY, longestElevationMinutes: minutes }).iamDoorCredentialsMfa;
  expect([bound(15), bound(45), bound(60)]).toEqual(['30m', '1h', '1h15m']);
});

test('a role or an account that is listed twice counts once', () => {
  const roles = [...STORY.roles, ...STORY.roles];
  expect(deploymentFacts({ ...STORY, roles }).catalogRoleArns).toHaveLength(1);
});

test('principals are of the partition of the hub', () => {
  const hub = { account: '222222222222', region: 'us-gov-west-1' };
  expect(deploymentFacts({ ...STORY, hub }).iamPrincipals).toEqual(['arn:aws-us-gov:iam::111111111111:root']);
});

test('without IAM users only the hub itself is listed, of which nobody is a person', () => {
  expect(deploymentFacts({ ...STORY, iamArns: [] }).iamAccounts).toEqual(['222222222222']);
});

test('a catalog without roles is refused', () => {
  expect(() => deploymentFacts({ ...STORY, roles: [] })).toThrow(/has no roles/);
});

test('a catalog that IAM would refuse in the middle of a deployment is refused before', () => {
  const roles = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ arn: `arn:aws:iam::999999999999:role/Role${n + 1000}` }));
  expect(deploymentFacts({ ...STORY, roles: roles(50) }).catalogRoleArns).toHaveLength(50);
  expect(() => deploymentFacts({ ...STORY, roles: roles(80) })).toThrow(/80 roles do not fit/);
});
