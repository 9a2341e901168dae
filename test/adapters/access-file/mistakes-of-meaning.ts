import type { MistakeTable } from './mistake.ts';

const RULE = 'rules[1]';

/** Mistakes that only the whole file shows. */
export const MISTAKES_OF_MEANING: MistakeTable = {
  // Names
  'an unknown group in allow': [
    'allow: [group:developers]',
    'allow: [group:devs]',
    `${RULE}.allow[0]`,
    /^There is no group "devs"/,
    'group:devs',
  ],
  'an unknown person in allow': [
    'allow: [group:developers]',
    'allow: [person:dave]',
    `${RULE}.allow[0]`,
    /^There is no person "dave"/,
    'person:dave',
  ],
  'an unknown group in deny': [
    'deny: [group:testers]',
    'deny: [group:tester]',
    'rules[0].deny[0]',
    /^There is no group/,
    'group:tester',
  ],
  'an unknown group in approval': [
    'by: [group:release-managers]',
    'by: [group:managers]',
    `${RULE}.approval.by[0]`,
    /^There is no group/,
    'group:managers',
  ],
  'an unknown person in a group': [
    '  testers: [tess]',
    '  testers: [tess, tim]',
    'groups.testers[1]',
    /^There is no person "tim"/,
    'tim',
  ],
  'an unknown admin': [
    'admins: [person:ruth]',
    'admins: [group:constructor]',
    'admins[0]',
    /^There is no group/,
    'group:constructor',
  ],
  'an unknown auditor': [
    'auditors: [group:testers]',
    'auditors: [person:tim]',
    'auditors[0]',
    /^There is no person/,
    'person:tim',
  ],
  'an unknown role': [
    'roles: [update-app]',
    'roles: [update-ap]',
    'rules[0].roles[0]',
    /^There is no role "update-ap"/,
    'update-ap',
  ],
  'an identity at an unknown provider': [
    '{ issuer: https://idp.example.com, subject',
    '{ issuer: https://idp.example.org, subject',
    'people.david.oidc',
    /^There is no provider/,
  ],
  'a group of tokens that denies': [
    'deny: [group:testers]',
    'deny: ["idp:Testers"]',
    'rules[0].deny[0]',
    /unknown at the other doors/,
    '"idp:Testers"',
  ],
  'a group of tokens that administers': [
    'admins: [person:ruth]',
    'admins: ["idp:Ops"]',
    'admins[0]',
    /unknown at the other doors/,
    '"idp:Ops"',
  ],
  'a group of tokens that audits': [
    'auditors: [group:testers]',
    'auditors: ["idp:Audit"]',
    'auditors[0]',
    /unknown at the other doors/,
    '"idp:Audit"',
  ],
  // Things that cannot be told apart
  'an IAM user of two people': ['user/Tess', 'user/David', 'people.tess.iam', /already belongs to david/],
  'a subject of two people': [
    '  tess: {',
    '  tess: { oidc: { issuer: https://idp.example.com, subject: 00u1david },',
    'people.tess.oidc',
    /already belongs to david/,
  ],
  'a Slack user of two people': [
    '  tess: {',
    '  tess: { slack: T024BE7LD/U0DAVID,',
    'people.tess.slack',
    /already belongs to david/,
  ],
  'two rules of one name': [
    'name: developers-update-app',
    'name: testers-never',
    `${RULE}.name`,
    /^Rename one/,
  ],
  'two entries for one IAM role': [
    '222222222222:role/Billing',
    '999999999999:role/team/updateapp',
    'roles.read-billing.arn',
    /update-app already stands/,
  ],
  // Partitions
  'a role of another partition': [
    'arn:aws:iam::999999999999',
    'arn:aws-cn:iam::999999999999',
    'roles.update-app.arn',
    /^Use an ARN of aws,/,
  ],
  'a person of another partition': [
    'iam: arn:aws:iam::111111111111:user/David',
    'iam: arn:aws-us-gov:iam::111111111111:user/David',
    'people.david.iam',
    /^Use an ARN of aws,/,
  ],
  // Approvals that nobody could give
  'more approvals than people': ['count: 1', 'count: 2', `${RULE}.approval`, /^Name at least 2 people/],
  'an approver named twice who counts once': [
    'by: [group:release-managers], count: 1',
    'by: [group:release-managers, person:ruth], count: 2',
    `${RULE}.approval`,
    /there are 1/,
  ],
  'an approval by an empty group': [
    'release-managers: [ruth]',
    'release-managers: []',
    `${RULE}.approval`,
    /there are 0/,
  ],
  'a requester who is the only approver': [
    'allow: [group:developers]',
    'allow: [person:ruth]',
    `${RULE}.approval`,
    /nobody approves their own/,
  ],
};
