import { GetRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { allow, assume, issuer, outcomeOf, role, type Story, startStory, updateApp } from './story.ts';

const HUB = '222222222222';
const queueOf = (name: string) => ({
  account: HUB,
  name,
  arn: `arn:aws:sqs:us-east-1:${HUB}:${name}`,
  visibilitySeconds: 60,
  delaySeconds: 0,
});
const pattern = { source: ['aws.sts', 'aws.iam', 'aws.s3'], 'detail-type': ['AWS API Call via CloudTrail'] };
const ruleOf = (name: string, takesReadOnlyEvents: boolean, account = HUB, region = 'us-east-1') => ({
  ...{ account, region, name, pattern, takesReadOnlyEvents, queueArns: [queueOf(name).arn] },
});

let story: Story;
beforeEach(async () => {
  story = await startStory({
    roles: [role(HUB, 'Admin', allow(['iam:*']))],
    more: {
      queues: ['all', 'writes', 'production', 'elsewhere'].map(queueOf),
      rules: [
        ruleOf('all', true),
        ruleOf('writes', false),
        ruleOf('production', true, '999999999999'),
        ruleOf('elsewhere', true, HUB, 'eu-central-1'),
      ],
    },
  });
});
afterEach(() => story.stop());

const told = (queue: string): Readonly<Record<string, unknown>>[] =>
  (story.aws.queues.get(queueOf(queue).arn)?.messages() ?? []).map(({ body }) => JSON.parse(body));
const namesIn = (queue: string) => told(queue).map(({ detail }) => Object(detail).eventName);
const iam = () => story.iam(story.aws.functionCredentials(`arn:aws:iam::${HUB}:role/Admin`, 'test'));
const change = () =>
  iam().send(
    new PutRolePolicyCommand({
      RoleName: 'Admin',
      PolicyName: 'more',
      PolicyDocument: JSON.stringify(allow(['s3:*'])),
    }),
  );

// EventBridge User Guide, "AWS service events delivered via AWS CloudTrail" and "Read-only management events".
test('a rule gets what is written, and what only reads where it asks for that', async () => {
  await iam().send(new GetRoleCommand({ RoleName: 'Admin' }));
  await change();
  expect(namesIn('all')).toEqual(['GetRole', 'PutRolePolicy']);
  expect(namesIn('writes')).toEqual(['PutRolePolicy']);
});

test('an event is the record, in the envelope of EventBridge', async () => {
  await change();
  expect(told('writes')).toEqual([
    {
      version: '0',
      id: expect.any(String),
      'detail-type': 'AWS API Call via CloudTrail',
      source: 'aws.iam',
      account: HUB,
      time: '2026-11-24T12:00:00Z',
      region: 'us-east-1',
      resources: [],
      detail: story.aws.records()[0],
    },
  ]);
});

test('each account is told of its own copy, and no Region of what another has', async () => {
  await assume(story, issuer(story), updateApp());
  const [inHub, inProduction] = story.aws.records();
  expect(told('all').map(({ detail }) => detail)).toEqual([inHub]);
  expect(told('production').map(({ detail }) => detail)).toEqual([inProduction]);
  expect(told('elsewhere')).toEqual([]);
});

test('a denied call is told too, and no data event is', async () => {
  const session = story.s3(await assume(story, issuer(story), updateApp()));
  await session.send(new ListObjectsV2Command({ Bucket: 'productionapp' }));
  await outcomeOf(story.iam(issuer(story)).send(new GetRoleCommand({ RoleName: 'Admin' })));
  expect(namesIn('all')).toEqual(['AssumeRole', 'GetRole']);
  expect(told('all').at(-1)?.['detail']).toMatchObject({ errorCode: 'AccessDenied' });
  expect(namesIn('production')).toEqual(['AssumeRole']);
});
