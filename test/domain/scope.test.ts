import { faultOfAction, faultOfResource } from '../../shared/domain/scope.ts';

test.each(['s3:GetObject', 's3:*', 's3:Get*', 'execute-api:Invoke', 'ec2:Describe?ags', 'dynamodb:PutItem'])(
  '%s can be an action of a scope',
  (text) => {
    expect(faultOfAction(text)).toBeUndefined();
  },
);

test.each([
  ...['', '*', 's3', 's3:', ':GetObject', 's3:Get Object', 's3:GetObject\n', 'S3:GetObject', 's*:GetObject'],
  ...['s3:Get"Object', 's3:GetObject,s3:PutObject', 's3:$Get', `s3:${'G'.repeat(129)}`, 's3:Größe'],
])('%j cannot, and the answer shows how one is written', (text) => {
  expect(faultOfAction(text)).toContain('s3:GetObject');
});

test.each([
  '*',
  'arn:aws:s3:::productionapp',
  'arn:aws:s3:::productionapp/*',
  'arn:*:s3:::b',
  'arn:aws:iam::1:role/R',
])('%s can be a resource of a scope', (text) => {
  expect(faultOfResource(text)).toBeUndefined();
});

test.each([
  ...[
    '',
    '**',
    'productionapp',
    'arn:aws:',
    'arn::s3:::b',
    'arn:aws:s3:::a b',
    'arn:aws:s3:::b\n',
    ' arn:aws:s3:::b',
  ],
  ...['arn:aws:s3:::größe', 'arn:aws:s3:::b\u0000', `arn:aws:s3:::${'b'.repeat(1500)}`, 'ARN:aws:s3:::b'],
])('%j cannot, and the answer shows how one is written', (text) => {
  expect(faultOfResource(text)).toContain('arn:aws:s3:::productionapp/*');
});
