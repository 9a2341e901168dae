import fc from 'fast-check';
import { generalised } from '../../../shared/domain/policy/generalise.ts';
import { matchesResource } from '../../../shared/domain/policy/pattern.ts';

const HERE = 'us-east-1:999999999999';

// Forms of ARNs: https://docs.aws.amazon.com/service-authorization/latest/reference/, resource types of each service.
test.each([
  ['arn:aws:s3:::productionapp/a/b.txt', 'arn:aws:s3:::productionapp/*'],
  ['arn:aws:s3:::productionapp', 'arn:aws:s3:::productionapp'],
  ['arn:aws-cn:s3:::productionapp/a', 'arn:aws-cn:s3:::productionapp/*'],
  [`arn:aws:s3:${HERE}:accesspoint/ap/object/a/b`, `arn:aws:s3:${HERE}:accesspoint/ap/object/*`],
  [`arn:aws:s3:${HERE}:accesspoint/ap`, `arn:aws:s3:${HERE}:accesspoint/ap`],
  [
    `arn:aws:logs:${HERE}:log-group:/aws/lambda/f:log-stream:2026/a[1]b`,
    `arn:aws:logs:${HERE}:log-group:/aws/lambda/f:*`,
  ],
  [`arn:aws:logs:${HERE}:log-group:/aws/lambda/f`, `arn:aws:logs:${HERE}:log-group:/aws/lambda/f`],
  [`arn:aws:dynamodb:${HERE}:table/t`, `arn:aws:dynamodb:${HERE}:table/t`],
  [`arn:aws:dynamodb:${HERE}:table/t/index/i`, `arn:aws:dynamodb:${HERE}:table/t/index/*`],
  [
    `arn:aws:dynamodb:${HERE}:table/t/stream/2026-11-24T09:00:00.000`,
    `arn:aws:dynamodb:${HERE}:table/t/stream/*`,
  ],
  [`arn:aws:lambda:${HERE}:function:f:7`, `arn:aws:lambda:${HERE}:function:f:*`],
  [`arn:aws:lambda:${HERE}:function:f`, `arn:aws:lambda:${HERE}:function:f`],
  [`arn:aws:sns:${HERE}:topic:8f9f1e6a-0000`, `arn:aws:sns:${HERE}:topic:*`],
  [`arn:aws:sqs:${HERE}:queue`, `arn:aws:sqs:${HERE}:queue`],
  [`arn:aws:kms:${HERE}:key/1234abcd-12ab-34cd`, `arn:aws:kms:${HERE}:key/1234abcd-12ab-34cd`],
  [`arn:aws:ec2:${HERE}:instance/i-0abc`, `arn:aws:ec2:${HERE}:instance/i-0abc`],
  [
    `arn:aws:secretsmanager:${HERE}:secret:db/main-a1B2c3`,
    `arn:aws:secretsmanager:${HERE}:secret:db/main-??????`,
  ],
  [`arn:aws:states:${HERE}:execution:machine:run-1`, `arn:aws:states:${HERE}:execution:machine:*`],
  [`arn:aws:ecs:${HERE}:task/cluster/0123`, `arn:aws:ecs:${HERE}:task/cluster/*`],
  [`arn:aws:cloudformation:${HERE}:stack/app/11111111-2222`, `arn:aws:cloudformation:${HERE}:stack/app/*`],
  ['arn:aws:apigateway:us-east-1::/restapis/a1/stages/prod', 'arn:aws:apigateway:us-east-1::/restapis/a1/*'],
  ['*', '*'],
  ['productionapp', 'productionapp'],
])('%s is %s', (resource, pattern) => {
  expect(generalised(resource)).toBe(pattern);
});

test('a name that looks like a policy variable stays a name', () => {
  const resource = `arn:aws:ssm:${HERE}:parameter/\${aws:username}`;
  expect(generalised(resource)).not.toContain('${');
  expect(matchesResource(generalised(resource), resource)).toBe(true);
});

test.each([
  [`arn:aws:ssm:${HERE}:parameter/a*`, `arn:aws:ssm:${HERE}:parameter/abc`],
  ['arn:aws:s3:::b*/index.html', 'arn:aws:s3:::bucket/index.html'],
])('a star in the name %s never stands for more than one character', (resource, other) => {
  expect(matchesResource(generalised(resource), resource)).toBe(true);
  expect(matchesResource(generalised(resource), other)).toBe(false);
});

const services = [
  's3',
  'logs',
  'dynamodb',
  'lambda',
  'sns',
  'secretsmanager',
  'ecs',
  'states',
  'ec2',
  'apigateway',
  'iam',
];
const own = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.string({
    unit: fc.constantFrom(
      'table/',
      'index/',
      'object/',
      'accesspoint/',
      'log-group:',
      'function:',
      'secret:',
      'a',
      '-',
      ':',
      '/',
      '${',
      '\n',
    ),
    minLength: 1,
  }),
);
const arn = fc
  .tuple(
    fc.constantFrom(...services),
    fc.constantFrom('', 'us-east-1'),
    fc.constantFrom('', '999999999999'),
    own,
  )
  .map((parts) => `arn:aws:${parts.join(':')}`);

test('a_resource_is_one_of_its_own_pattern, and the pattern is of its service, Region and account', () => {
  fc.assert(
    fc.property(arn, (resource) => {
      const pattern = generalised(resource);
      expect(matchesResource(pattern, resource)).toBe(true);
      expect(pattern.split(':').slice(0, 5)).toEqual(resource.split(':').slice(0, 5));
    }),
    { numRuns: 3000 },
  );
});

test('a_pattern_stays_in_its_bucket_table_and_log_group', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '-', '.'), minLength: 3, maxLength: 8 });
  const rest = fc.string({ unit: fc.constantFrom('a', '/', ':', '.'), minLength: 1 });
  const forms: readonly ((container: string, inner: string) => string)[] = [
    (container, inner) => `arn:aws:s3:::${container}/${inner}`,
    (container, inner) => `arn:aws:dynamodb:${HERE}:table/${container}/index/${inner}`,
    (container, inner) => `arn:aws:logs:${HERE}:log-group:${container}:log-stream:${inner}`,
  ];
  fc.assert(
    fc.property(fc.constantFrom(...forms), name, name, rest, (form, container, other, inner) => {
      fc.pre(container !== other);
      expect(matchesResource(generalised(form(container, inner)), form(other, inner))).toBe(false);
    }),
    { numRuns: 2000 },
  );
});
