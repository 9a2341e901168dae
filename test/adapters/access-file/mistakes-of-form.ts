import type { MistakeTable } from './mistake.ts';

const RULE = 'rules[1]';

/** Mistakes of form: keys, kinds of values, names and ARNs. */
export const MISTAKES_OF_FORM: MistakeTable = {
  'an unknown key': ['    for: 4h', '    fro: 1\n    for: 4h', `${RULE}.fro`, /^Remove "fro"/],
  'an unknown key of the file': ['hub:', 'owner: me\nhub:', 'owner', /^Remove "owner"/],
  'a missing key': ['    for: 4h\n', '', `${RULE}.for`, /^Add for/, 'name: developers-update-app'],
  'an empty value': ['for: 4h', 'for:', `${RULE}.for`, /^Write a length of time/],
  'a text for a list': ['[group:testers]', 'group:testers', 'auditors', /^Write a list/],
  'a text for a map': ['{ min: 10 }', '10', `${RULE}.reason`, /^Write a map/],
  'a text for a number': ['min: 10', 'min: ten', `${RULE}.reason.min`, /^Write a number/],
  'an empty list of members': [
    'allow: [group:developers]',
    'allow: []',
    `${RULE}.allow`,
    /^Name at least one/,
  ],
  'a reason of negative length': ['min: 10', 'min: -1', `${RULE}.reason.min`, /^Write 0 or more/],
  'a rule that allows and denies': [
    '    deny: [group:testers]',
    '    deny: [group:testers]\n    for: 1h\n    allow: [group:testers]',
    'rules[0].deny',
    /^Remove "deny"/,
  ],
  'a deny rule with a condition': [
    '    deny: [group:testers]',
    '    deny: [group:testers]\n    for: 1h',
    'rules[0].for',
    /^Remove "for"/,
  ],
  'a deny rule with many conditions': [
    '    deny: [group:testers]',
    '    deny: [group:testers]\n    mfa: { within: 1h }',
    'rules[0].mfa',
    /^Remove "mfa"/,
  ],
  'a handle with capitals': [
    '  david:',
    '  omar: {}\n  Omar: {}\n  david:',
    'people.Omar',
    /handle of 2 to 28/,
  ],
  "a role's name with a space": ['  read-billing:', '  read billing:', 'roles.read billing', /role's name/],
  "a group's name with capitals": [
    '  developers: [david]',
    '  developers: [david]\n  Ops: [david]',
    'groups.Ops',
    /group's name/,
  ],
  'a member without a kind': [
    'admins: [person:ruth]',
    'admins: [ruth]',
    'admins[0]',
    /^Write group:<name>/,
    'ruth',
  ],
  'an account without quotes': [
    '"222222222222", region',
    '222222222222, region',
    'hub.account',
    /12 digits in quotes/,
  ],
  'an account of 11 digits': ['"222222222222", region', '"22222222222", region', 'hub.account', /12 digits/],
  'a Region of an unknown partition': ['us-east-1', 'us-iso-east-1', 'hub.region', /^Write a Region/],
  'an ARN that is no role': [
    'role/UpdateApp',
    'user/UpdateApp',
    'roles.update-app.arn',
    /ARN of an IAM role/,
  ],
  'an ARN that is no user': ['user/David', 'role/David', 'people.david.iam', /ARN of an IAM user/],
  'an ARN in a list that is no user': [
    'iam: arn:aws:iam::111111111111:user/David',
    'iam: [arn:aws:iam::111111111111:root]',
    'people.david.iam[0]',
    /ARN of an IAM user/,
    'arn:aws:iam::111111111111:root',
  ],
  'a Slack user without a team': ['T024BE7LD/U0DAVID', 'U0DAVID', 'people.david.slack', /^Write <team id>/],
  'a description of two lines': [
    'Read and write the productionapp bucket',
    '"Read\\nwrite"',
    'roles.update-app.description',
    /in one line/,
  ],
  'a description that turns its direction': [
    'Read and write the',
    '"\\u202eRead"\n    #',
    'roles.update-app.description',
    /control characters/,
  ],
  'an ExternalId that STS does not take': [
    '7d9c51a0-made-up',
    '"7d9c 51a0"',
    'roles.update-app.externalId',
    /2 to 1224/,
  ],
  'a star beside a name': [
    'roles: [update-app]',
    'roles: [update-app, "*"]',
    'rules[0].roles',
    /^Write \* alone/,
  ],
};
