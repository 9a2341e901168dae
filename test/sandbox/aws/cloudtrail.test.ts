import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  LookupEventsCommand,
  type LookupEventsCommandInput,
} from '@aws-sdk/client-cloudtrail';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import {
  allow,
  assume,
  issuer,
  outcomeOf,
  role,
  type Story,
  startStory,
  UPDATE_APP,
  updateApp,
} from './story.ts';
import { TRAIL_BUCKET } from './trail-bucket.ts';

const TRAIL = 'arn:aws:cloudtrail:us-east-1:222222222222:trail/organization';

let story: Story;
beforeEach(async () => {
  const reader = (account: string) => role(account, 'Reader', allow(['cloudtrail:*', 's3:ListAllMyBuckets']));
  story = await startStory({
    roles: [
      reader('222222222222'),
      reader('999999999999'),
      role('999999999999', 'Nobody', allow(['iam:GetRole'])),
    ],
  });
});
afterEach(() => story.stop());

const credentialsOf = (name: string, account: string) =>
  story.aws.functionCredentials(`arn:aws:iam::${account}:role/${name}`, 'test');
const cloudTrail = (account = '222222222222', name = 'Reader', region = 'us-east-1') =>
  new CloudTrailClient({ ...story.client(credentialsOf(name, account)), region });

test('the trail of the organization shows in each account', async () => {
  for (const account of ['222222222222', '999999999999']) {
    const { trailList } = await cloudTrail(account).send(new DescribeTrailsCommand({}));
    expect(trailList).toEqual([
      expect.objectContaining({
        Name: 'organization',
        TrailARN: TRAIL,
        S3BucketName: TRAIL_BUCKET,
        HomeRegion: 'us-east-1',
        IsMultiRegionTrail: true,
        IsOrganizationTrail: true,
        LogFileValidationEnabled: true,
      }),
    ]);
  }
});

// DescribeTrails, "includeShadowTrails": replications of trails of other Regions, and of the organization's in members.
test.each([
  ['at home', '222222222222', 'us-east-1', 1],
  ['in a member account', '999999999999', 'us-east-1', 0],
  ['in another Region', '222222222222', 'eu-central-1', 0],
])('without shadows it shows %s or not', async (_title, account, region, trails) => {
  const command = new DescribeTrailsCommand({ includeShadowTrails: false });
  expect((await cloudTrail(account, 'Reader', region).send(command)).trailList).toHaveLength(trails);
});

test('a member account reads the selectors by the ARN of the trail, not by its name', async () => {
  const { AdvancedEventSelectors, TrailARN } = await cloudTrail('999999999999').send(
    new GetEventSelectorsCommand({ TrailName: TRAIL }),
  );
  expect(TrailARN).toBe(TRAIL);
  expect(AdvancedEventSelectors).toContainEqual(
    expect.objectContaining({
      FieldSelectors: expect.arrayContaining([{ Field: 'resources.type', Equals: ['AWS::S3::Object'] }]),
    }),
  );
  const byName = new GetEventSelectorsCommand({ TrailName: 'organization' });
  expect(await outcomeOf(cloudTrail('999999999999').send(byName))).toMatchObject({
    code: 'TrailNotFoundException',
  });
  expect(await outcomeOf(cloudTrail().send(byName))).toMatchObject({ code: 'allowed' });
});

test.each([
  ['cloudtrail:DescribeTrails', new DescribeTrailsCommand({})],
  ['cloudtrail:GetEventSelectors', new GetEventSelectorsCommand({ TrailName: TRAIL })],
  ['cloudtrail:GetTrailStatus', new GetTrailStatusCommand({ Name: TRAIL })],
  ['cloudtrail:LookupEvents', new LookupEventsCommand({})],
] as const)('%s needs its permission', async (action, command) => {
  const client = cloudTrail('999999999999', 'Nobody');
  expect(await outcomeOf(client.send(command as DescribeTrailsCommand))).toMatchObject({
    code: 'AccessDeniedException',
    message: expect.stringContaining(`because no identity-based policy allows the ${action} action`),
  });
  expect(story.aws.records().at(-1)).toMatchObject({
    eventSource: 'cloudtrail.amazonaws.com',
    errorCode: 'AccessDeniedException',
    readOnly: true,
  });
});

const lookUp = async (input: LookupEventsCommandInput = {}, account?: string, region?: string) => {
  story.move(1); // so that no call is throttled
  return cloudTrail(account, 'Reader', region).send(new LookupEventsCommand(input));
};
const by = (AttributeKey: 'EventName' | 'Username' | 'ResourceName' | 'EventId', AttributeValue: string) => ({
  LookupAttributes: [{ AttributeKey, AttributeValue }],
});

test('the history of an account has its own management events, newest first', async () => {
  await assume(story, issuer(story), updateApp());
  const { Events = [] } = await lookUp({}, '999999999999');
  const [, copy] = story.aws.records();
  expect(Events).toHaveLength(1);
  expect(Events[0]).toMatchObject({
    EventId: copy?.['eventID'],
    EventName: 'AssumeRole',
    EventSource: 'sts.amazonaws.com',
    ReadOnly: 'true',
    EventTime: new Date('2026-11-24T12:00:00Z'),
  });
  expect(JSON.parse(Events[0]?.CloudTrailEvent ?? '')).toEqual(copy);
  await lookUp({}, '999999999999');
  const names = (await lookUp({}, '999999999999')).Events?.map(({ EventName }) => EventName);
  expect(names).toEqual(['LookupEvents', 'LookupEvents', 'AssumeRole']);
});

test.each([
  ['the name of the event', by('EventName', 'AssumeRole'), 1],
  ['another name', by('EventName', 'GetRole'), 0],
  ['the session that called', by('Username', 'drawbridge-credentials'), 1],
  ['the role that was assumed', by('ResourceName', UPDATE_APP), 1],
  ['another role', by('ResourceName', 'arn:aws:iam::999999999999:role/Other'), 0],
  ['a time until', { EndTime: new Date('2026-11-24T12:00:00Z') }, 1],
  ['a time from', { StartTime: new Date('2026-11-24T12:00:01Z') }, 0],
])('events are found by %s', async (_title, input, found) => {
  await assume(story, issuer(story), updateApp());
  expect((await lookUp(input)).Events).toHaveLength(found);
});

test('an assumed role is found by its key and its session, too', async () => {
  const { accessKeyId } = await assume(story, issuer(story), updateApp());
  const { Events = [] } = await lookUp(by('ResourceName', accessKeyId));
  expect(Events[0]?.Resources).toEqual([
    { ResourceType: 'AWS::IAM::AccessKey', ResourceName: accessKeyId },
    {
      ResourceType: 'AWS::STS::AssumedRole',
      ResourceName: expect.stringMatching(/^AROA.*:dbr\+david\+01ABC\+1$/),
    },
    {
      ResourceType: 'AWS::STS::AssumedRole',
      ResourceName: 'arn:aws:sts::999999999999:assumed-role/UpdateApp/dbr+david+01ABC+1',
    },
    { ResourceType: 'AWS::IAM::Role', ResourceName: UPDATE_APP },
  ]);
});

test('pages follow one another without gaps, whatever happens in between', async () => {
  const s3 = story.s3(credentialsOf('Reader', '222222222222'));
  for (let n = 0; n < 5; n += 1) await s3.send(new ListBucketsCommand({}));
  const expected = story.aws
    .records()
    .map((it) => it['eventID'])
    .reverse();
  const question = by('EventName', 'ListBuckets');
  const seen: unknown[] = [];
  let NextToken: string | undefined;
  do {
    const page = await lookUp({ ...question, MaxResults: 2, NextToken });
    await s3.send(new ListBucketsCommand({}));
    seen.push(...(page.Events ?? []).map(({ EventId }) => EventId));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(seen).toEqual(expected);
});

test('a token is good for its own question', async () => {
  await assume(story, issuer(story), updateApp());
  await assume(story, issuer(story), updateApp());
  const { NextToken } = await lookUp({ ...by('EventName', 'AssumeRole'), MaxResults: 1 });
  for (const input of [{ ...by('EventName', 'GetRole'), NextToken }, { NextToken: 'made up' }]) {
    expect(await outcomeOf(lookUp(input))).toMatchObject({ code: 'InvalidNextTokenException' });
  }
});

// LookupEvents, "The rate of lookup requests is limited to two per second, per account, per Region."
test('a third call within a second is throttled, in this account and Region alone', async () => {
  const codes = async (calls: number, account?: string) => {
    const outcomes = Array.from({ length: calls }, () =>
      outcomeOf(cloudTrail(account).send(new LookupEventsCommand({}))),
    );
    return (await Promise.all(outcomes)).map(({ code }) => code).toSorted();
  };
  expect(await codes(3)).toEqual(['ThrottlingException', 'allowed', 'allowed']);
  expect(await codes(1, '999999999999')).toEqual(['allowed']);
  story.move(1);
  expect(await codes(2)).toEqual(['allowed', 'allowed']);
});

test('history ends after 90 days, and is of one Region', async () => {
  await assume(story, issuer(story), updateApp());
  const question = by('EventName', 'AssumeRole');
  expect((await lookUp(question, '222222222222', 'eu-central-1')).Events).toEqual([]);
  story.move(90 * 86_400 - 60);
  expect((await lookUp(question)).Events).toHaveLength(1);
  story.move(120);
  expect((await lookUp(question)).Events).toEqual([]);
});
