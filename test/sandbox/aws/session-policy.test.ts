import { GetObjectCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Credentials, PolicyDocument } from '../../../sandbox/aws/aws.ts';
import { assume, issuer, outcomeOf, policy, type Story, startStory, updateApp } from './story.ts';

let story: Story;
beforeEach(async () => {
  story = await startStory();
});
afterEach(() => story.stop());

const get = (by: Credentials, Bucket: string, Key: string) =>
  outcomeOf(story.s3(by).send(new GetObjectCommand({ Bucket, Key })));
const put = (by: Credentials, Key: string) =>
  outcomeOf(story.s3(by).send(new PutObjectCommand({ Bucket: 'productionapp', Key, Body: 'new' })));
const scoped = (document: PolicyDocument) =>
  assume(story, issuer(story), updateApp({ Policy: JSON.stringify(document) }));

test('what the role may do and the session policy does not allow is denied', async () => {
  const session = await scoped(
    policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::productionapp/config/*' }),
  );
  expect(await get(session, 'productionapp', 'config/release.json')).toMatchObject({ code: 'allowed' });
  expect(await get(session, 'productionapp', 'index.html')).toMatchObject({
    code: 'AccessDenied',
    status: 403,
  });
  expect(await put(session, 'config/release.json')).toMatchObject({
    code: 'AccessDenied',
    message: expect.stringMatching(/because no session policy allows the s3:PutObject action$/),
  });
});

test('a session policy gives nothing that the role does not have', async () => {
  const session = await scoped(policy({ Effect: 'Allow', Action: '*', Resource: '*' }));
  expect(await get(session, 'payroll', '2026-11.csv')).toMatchObject({ code: 'AccessDenied' });
});

test('managed policies narrow a session like an inline one', async () => {
  const session = await assume(
    story,
    issuer(story),
    updateApp({ PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' }] }),
  );
  expect(await get(session, 'productionapp', 'index.html')).toMatchObject({ code: 'allowed' });
  expect(await put(session, 'index.html')).toMatchObject({ code: 'AccessDenied' });
});

test('a hard stop in the session policy holds to the second while the credentials live on', async () => {
  const session = await scoped(
    policy(
      { Effect: 'Allow', Action: '*', Resource: '*' },
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { DateGreaterThan: { 'aws:CurrentTime': '2026-11-24T12:10:00Z' } },
      },
    ),
  );
  story.move(600);
  expect(await put(session, 'index.html')).toMatchObject({ code: 'allowed' });
  story.move(1);
  expect(await put(session, 'index.html')).toMatchObject({
    code: 'AccessDenied',
    message: expect.stringMatching(/with an explicit deny in a session policy$/),
  });
  expect(await outcomeOf(story.s3(session).send(new ListBucketsCommand({})))).toMatchObject({
    code: 'AccessDenied',
  });
});
