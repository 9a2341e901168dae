import { parseRoleArn, parseUserArn, partitionOf } from '../../shared/domain/arn.ts';

const LONGEST_NAME = 'n'.repeat(64);

test.each([
  ['arn:aws:iam::999999999999:role/UpdateApp', 'aws', '/', 'UpdateApp'],
  ['arn:aws-cn:iam::999999999999:role/UpdateApp', 'aws-cn', '/', 'UpdateApp'],
  ['arn:aws-us-gov:iam::999999999999:role/UpdateApp', 'aws-us-gov', '/', 'UpdateApp'],
  ['arn:aws:iam::000000000001:role/team/app/Read', 'aws', '/team/app/', 'Read'],
  [`arn:aws:iam::999999999999:role/${LONGEST_NAME}`, 'aws', '/', LONGEST_NAME],
  ['arn:aws:iam::999999999999:role/a+b=c,d.e@f-g_h', 'aws', '/', 'a+b=c,d.e@f-g_h'],
  ['arn:aws:iam::999999999999:role/odd!path:~/R', 'aws', '/odd!path:~/', 'R'],
  [
    'arn:aws:iam::999999999999:role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport',
    'aws',
    '/aws-service-role/support.amazonaws.com/',
    'AWSServiceRoleForSupport',
  ],
])('%s has its parts', (text, partition, path, name) => {
  const account = text.split(':')[4];
  expect(parseRoleArn(text)).toEqual({ kind: 'role', partition, account, path, name, text });
});

const NO_ARN_OF_A_ROLE = [
  ...['', 'UpdateApp', 'role/UpdateApp', '*', 'arn:aws:iam::999999999999:role/*'],
  'arn:aws:iam::999999999999:root',
  'arn:aws:iam::999999999999:user/David',
  'arn:aws:iam::999999999999:group/Developers',
  'arn:aws:sts::999999999999:assumed-role/UpdateApp/session',
  'arn:aws:sts::999999999999:role/UpdateApp',
  'arn:aws:sts::999999999999:federated-user/David',
  'arn:aws:iam:us-east-1:999999999999:role/UpdateApp',
  'arn:aws-iso:iam::999999999999:role/UpdateApp',
  'arn:AWS:iam::999999999999:role/UpdateApp',
  'ARN:aws:iam::999999999999:role/UpdateApp',
  'arn:aws:iam::99999999999:role/UpdateApp',
  'arn:aws:iam::9999999999999:role/UpdateApp',
  'arn:aws:iam::99999999999x:role/UpdateApp',
  'arn:aws:iam::٩٩٩٩٩٩٩٩٩٩٩٩:role/UpdateApp',
  'arn:aws:iam:::role/UpdateApp',
  'arn:aws:iam::999999999999:role',
  'arn:aws:iam::999999999999:role/',
  'arn:aws:iam::999999999999:role/team/',
  'arn:aws:iam::999999999999:roles/UpdateApp',
  'arn:aws:iam::999999999999:role:UpdateApp',
  'arn:aws:iam::999999999999:role/Update App',
  'arn:aws:iam::999999999999:role/Üpdate',
  `arn:aws:iam::999999999999:role/${LONGEST_NAME}n`,
  'arn:aws:iam::999999999999:role/UpdateApp\n',
  '\narn:aws:iam::999999999999:role/UpdateApp',
  'arn:aws:iam::999999999999:role/team\n/UpdateApp',
  'arn:aws:iam::999999999999:role/UpdateApp arn:aws:iam::999999999999:role/Other',
];

test.each(NO_ARN_OF_A_ROLE)('%j is not the ARN of a role', (text) => {
  expect(parseRoleArn(text)).toBeUndefined();
});

// IAM User Guide, "IAM and AWS STS quotas": paths have up to 512 characters, both slashes included.
test('a path of 512 characters is taken and one of 513 refused', () => {
  const role = (path: string) => parseRoleArn(`arn:aws:iam::999999999999:role${path}R`);
  expect(role(`/${'p'.repeat(510)}/`)?.path).toHaveLength(512);
  expect(role(`/${'p'.repeat(511)}/`)).toBeUndefined();
  expect(role(`/${'p'.repeat(255)}/${'p'.repeat(255)}/`)).toBeUndefined();
});

test('a user is no role and a role is no user', () => {
  const user = 'arn:aws:iam::111111111111:user/David';
  expect(parseUserArn(user)).toMatchObject({ kind: 'user', account: '111111111111', name: 'David' });
  expect(parseUserArn('arn:aws:iam::999999999999:role/UpdateApp')).toBeUndefined();
  expect(parseUserArn('arn:aws:iam::111111111111:root')).toBeUndefined();
});

test('a hostile text of any length is refused at once', () => {
  expect(parseRoleArn(`arn:aws:iam::999999999999:role/${'a/'.repeat(1_000_000)}`)).toBeUndefined();
});

test.each([
  ['us-east-1', 'aws'],
  ['eu-central-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('%s lies in %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});
