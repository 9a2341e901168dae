import { createHash } from 'node:crypto';
import { AssumeRoleCommand, type AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import type { Credentials } from '../../../sandbox/aws/aws.ts';
import { allow, DAVID, issuer, outcomeOf, role, type Story, startStory, updateApp } from './story.ts';

const LONG = { ...role('999999999999', 'Long', allow(['s3:*'])), maxSessionSeconds: 43_200 };
const LONG_ARN = 'arn:aws:iam::999999999999:role/Long';

let story: Story;
beforeAll(async () => {
  story = await startStory({ roles: [LONG] });
});
afterAll(() => story.stop());

function attempt(by: Credentials, input: AssumeRoleCommandInput) {
  return outcomeOf(story.sts(by).send(new AssumeRoleCommand(input)));
}

const CHAINING =
  'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.';
const MAXIMUM = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';

// STS API Reference, AssumeRole, "DurationSeconds"; the texts are those that STS answers.
test.each([
  ['a role', LONG_ARN, 3600, 'allowed', ''],
  ['a role', LONG_ARN, 3601, 'ValidationError', CHAINING],
  ['a user', LONG_ARN, 43_200, 'allowed', ''],
  ['a user', 'arn:aws:iam::999999999999:role/LegacyUpdateApp', 3600, 'allowed', ''],
  ['a user', 'arn:aws:iam::999999999999:role/LegacyUpdateApp', 3601, 'ValidationError', MAXIMUM],
])('%s that asks for %s for %i s: %s', async (who, RoleArn, DurationSeconds, code, message) => {
  const by = who === 'a role' ? issuer(story) : story.aws.userCredentials(DAVID);
  expect(await attempt(by, { RoleArn, RoleSessionName: 'in', DurationSeconds })).toMatchObject({
    code,
    message,
  });
});

const invalid = (value: string, at: string, rule: string) =>
  `1 validation error detected: Value ${value} at '${at}' failed to satisfy constraint: Member must ${rule}`;
const long = 'a'.repeat(65);

// Bounds and patterns: STS API Reference, AssumeRole, "Request Parameters".
test.each<[Partial<AssumeRoleCommandInput>, string]>([
  [
    { RoleSessionName: 'a:b' },
    invalid("'a:b'", 'roleSessionName', 'satisfy regular expression pattern: [\\w+=,.@-]*'),
  ],
  [{ RoleSessionName: 'a' }, invalid("'a'", 'roleSessionName', 'have length greater than or equal to 2')],
  [
    { RoleSessionName: long },
    invalid(`'${long}'`, 'roleSessionName', 'have length less than or equal to 64'),
  ],
  [{ SourceIdentity: long }, invalid(`'${long}'`, 'sourceIdentity', 'have length less than or equal to 64')],
  [{ ExternalId: 'x' }, invalid("'x'", 'externalId', 'have length greater than or equal to 2')],
  [{ DurationSeconds: 899 }, invalid("'899'", 'durationSeconds', 'have value greater than or equal to 900')],
  [
    { DurationSeconds: 43_201 },
    invalid("'43201'", 'durationSeconds', 'have value less than or equal to 43200'),
  ],
  [
    { RoleArn: 'arn:too-short' },
    invalid("'arn:too-short'", 'roleArn', 'have length greater than or equal to 20'),
  ],
  [{ TokenCode: '12345' }, invalid("'12345'", 'tokenCode', 'satisfy regular expression pattern: [\\d]{6}')],
])('a parameter out of bounds is named: %j', async (changes, message) => {
  expect(await attempt(issuer(story), updateApp(changes))).toEqual({
    code: 'ValidationError',
    message,
    status: 400,
  });
});

test('every broken rule is named at once', async () => {
  const { message } = await attempt(issuer(story), updateApp({ RoleSessionName: ':', DurationSeconds: 1 }));
  expect(message).toMatch(
    /^3 validation errors detected: Value ':' at 'roleSessionName' .*; Value ':' .*; Value '1' at 'durationSeconds'/,
  );
});

test('a source identity may not begin with aws:', async () => {
  const outcome = await attempt(issuer(story), updateApp({ SourceIdentity: 'aws:david' }));
  expect(outcome).toMatchObject({ code: 'ValidationError' });
});

test.each([
  ['a policy that is not JSON', '{'],
  [
    'an effect that does not exist',
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Maybe', Action: '*', Resource: '*' }] }),
  ],
])('%s is a malformed policy document', async (_name, Policy) => {
  expect(await attempt(issuer(story), updateApp({ Policy }))).toMatchObject({
    code: 'MalformedPolicyDocument',
    status: 400,
  });
});

test('policy and tags that cannot be packed are refused', async () => {
  const Tags = Array.from({ length: 49 }, (_, n) => ({ Key: `${n}`, Value: noise(n) }));
  const outcome = await attempt(
    issuer(story),
    updateApp({ Tags: [...Tags, { Key: 'drawbridge:elevation', Value: '01ABC' }] }),
  );
  expect(outcome).toMatchObject({
    code: 'PackedPolicyTooLarge',
    message: expect.stringMatching(
      /^Packed policy consumes \d{3,}% of allotted space, please use smaller policy\.$/,
    ),
    status: 400,
  });
});

test('a policy of 2,049 characters is too long', async () => {
  const plain = JSON.stringify(allow(['s3:*']));
  const of = (characters: number) => plain.padEnd(characters);
  expect(await attempt(issuer(story), updateApp({ Policy: of(2048) }))).toMatchObject({ code: 'allowed' });
  expect(await attempt(issuer(story), updateApp({ Policy: of(2049) }))).toMatchObject({
    code: 'ValidationError',
  });
});

test('tag keys that differ only in case are duplicates', async () => {
  const Tags = [
    { Key: 'drawbridge:elevation', Value: '1' },
    { Key: 'Drawbridge:Elevation', Value: '1' },
  ];
  expect(await attempt(issuer(story), updateApp({ Tags }))).toMatchObject({ code: 'InvalidParameterValue' });
});

/** 200 characters that do not compress well, the same at every run. */
function noise(seed: number): string {
  return [1, 2, 3, 4]
    .map((part) => createHash('sha256').update(`${seed} ${part}`).digest('hex'))
    .join('')
    .slice(0, 200);
}
