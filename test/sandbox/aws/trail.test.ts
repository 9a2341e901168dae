import { PutObjectCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import {
  assume,
  DAVID,
  issuer,
  LEGACY,
  outcomeOf,
  type Story,
  startStory,
  updateApp,
  withMfa,
} from './story.ts';

let story: Story;
beforeEach(async () => {
  story = await startStory();
});
afterEach(() => story.stop());

// Fields: CloudTrail User Guide, "CloudTrail record contents" and "userIdentity element".
test('an assumed role across accounts is recorded in both, under one shared id', async () => {
  await assume(story, issuer(story), updateApp());
  const [hub, production] = story.aws.records();
  expect(hub).toMatchObject({
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    eventTime: '2026-11-24T12:00:00Z',
    awsRegion: 'us-east-1',
    eventType: 'AwsApiCall',
    managementEvent: true,
    readOnly: true,
    recipientAccountId: '222222222222',
    userIdentity: {
      type: 'AssumedRole',
      sessionContext: {
        sessionIssuer: { userName: 'drawbridge-credentials' },
        attributes: { mfaAuthenticated: 'false' },
      },
    },
    requestParameters: {
      roleArn: 'arn:aws:iam::999999999999:role/UpdateApp',
      roleSessionName: 'dbr+david+01ABC+1',
      sourceIdentity: 'dbr+david+01ABC',
      tags: [{ key: 'drawbridge:elevation', value: '01ABC' }],
    },
    responseElements: {
      sourceIdentity: 'dbr+david+01ABC',
      assumedRoleUser: { arn: expect.stringContaining('UpdateApp') },
      credentials: { expiration: 'Nov 24, 2026, 1:00:00 PM' },
    },
    resources: [{ type: 'AWS::IAM::Role', ARN: 'arn:aws:iam::999999999999:role/UpdateApp' }],
  });
  expect(production).toMatchObject({
    recipientAccountId: '999999999999',
    sharedEventID: hub?.['sharedEventID'],
    userIdentity: { type: 'AWSAccount', accountId: '222222222222' },
  });
  expect(production?.['eventID']).not.toBe(hub?.['eventID']);
});

test('a refused AssumeRole tells no parameters, and only the account of the caller', async () => {
  await outcomeOf(story.sts(issuer(story)).send(new AssumeRoleCommand(updateApp({ ExternalId: 'wrong' }))));
  expect(story.aws.records()).toHaveLength(1);
  expect(story.aws.records()[0]).toMatchObject({
    errorCode: 'AccessDenied',
    errorMessage: expect.stringContaining('sts:AssumeRole'),
    requestParameters: null,
    responseElements: null,
    recipientAccountId: '222222222222',
  });
});

test('what a session does carries its source identity, allowed or denied', async () => {
  const session = story.s3(await assume(story, issuer(story), updateApp()));
  await session.send(new PutObjectCommand({ Bucket: 'productionapp', Key: 'x', Body: 'x' }));
  await outcomeOf(session.send(new PutObjectCommand({ Bucket: 'payroll', Key: 'x', Body: 'x' })));
  const [allowed, denied] = story.aws.records().slice(2);
  const userIdentity = {
    sessionContext: {
      sourceIdentity: 'dbr+david+01ABC',
      sessionIssuer: { arn: 'arn:aws:iam::999999999999:role/UpdateApp' },
    },
  };
  expect(allowed).toMatchObject({
    userIdentity,
    eventName: 'PutObject',
    managementEvent: false,
    eventCategory: 'Data',
    readOnly: false,
    requestParameters: { bucketName: 'productionapp', key: 'x' },
  });
  expect(allowed).not.toHaveProperty('errorCode');
  expect(denied).toMatchObject({
    userIdentity,
    errorCode: 'AccessDenied',
    requestParameters: { bucketName: 'payroll' },
  });
});

test('a session with MFA says so', async () => {
  const session = await withMfa(story, DAVID);
  await assume(story, session, { RoleArn: LEGACY, RoleSessionName: 'in' });
  expect(story.aws.records().at(-2)).toMatchObject({
    userIdentity: {
      type: 'IAMUser',
      userName: 'David',
      sessionContext: { attributes: { mfaAuthenticated: 'true', creationDate: '2026-11-24T12:00:00Z' } },
    },
  });
});

test('calls of nobody whom AWS knows are not recorded', async () => {
  await outcomeOf(
    story
      .sts({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' })
      .send(new AssumeRoleCommand(updateApp())),
  );
  expect(story.aws.records()).toEqual([]);
});

test('no record holds a secret', async () => {
  const { serialNumber, code } = story.aws.mfaCode(DAVID);
  const credentials = [
    story.aws.userCredentials(DAVID),
    issuer(story),
    await withMfa(story, DAVID),
    await assume(story, issuer(story), updateApp()),
  ];
  const written = JSON.stringify(story.aws.records());
  for (const { secretAccessKey, sessionToken } of credentials) {
    expect(written).not.toContain(secretAccessKey);
    if (sessionToken !== undefined) expect(written).not.toContain(sessionToken);
  }
  expect(written).toContain(serialNumber);
  expect(written).not.toContain(`"${code}"`);
});
