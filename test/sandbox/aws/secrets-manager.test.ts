import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { allow, outcomeOf, policy, role, type Story, startStory } from './story.ts';

const HUB = '222222222222';
const TOKEN = `arn:aws:secretsmanager:us-east-1:${HUB}:secret:drawbridge/test/slack-bot-token-a1B2c3`;
const EMPTY = `arn:aws:secretsmanager:us-east-1:${HUB}:secret:drawbridge/test/empty-d4E5f6`;
const NAME = 'drawbridge/test/slack-bot-token';

let story: Story;
beforeEach(async () => {
  story = await startStory({
    roles: [
      role(
        HUB,
        'Reader',
        policy({ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: TOKEN }),
      ),
      role(HUB, 'Keeper', allow(['secretsmanager:*'])),
      role('999999999999', 'Stranger', allow(['secretsmanager:*'])),
    ],
    more: {
      secrets: [
        { account: HUB, name: NAME, arn: TOKEN, value: 'the first value' },
        { account: HUB, name: 'drawbridge/test/empty', arn: EMPTY },
      ],
    },
  });
});
afterEach(() => story.stop());

const as = (name: string, account = HUB) =>
  new SecretsManagerClient(
    story.client(story.aws.functionCredentials(`arn:aws:iam::${account}:role/${name}`, 'test')),
  );
const get = (SecretId: string, rest: { VersionStage?: string } = {}) =>
  new GetSecretValueCommand({ SecretId, ...rest });

test.each([TOKEN, TOKEN.slice(0, -7), NAME])('a secret is found by %s', async (id) => {
  expect(await as('Reader').send(get(id))).toMatchObject({
    ARN: TOKEN,
    Name: NAME,
    SecretString: 'the first value',
    VersionStages: ['AWSCURRENT'],
  });
});

test('a new value is the current one, and the old one the previous', async () => {
  const keeper = as('Keeper');
  await keeper.send(new PutSecretValueCommand({ SecretId: NAME, SecretString: 'the second value' }));
  expect(await keeper.send(get(NAME))).toMatchObject({ SecretString: 'the second value' });
  expect(await keeper.send(get(NAME, { VersionStage: 'AWSPREVIOUS' }))).toMatchObject({
    SecretString: 'the first value',
  });
  const { VersionIdsToStages } = await keeper.send(new DescribeSecretCommand({ SecretId: NAME }));
  expect(Object.values(VersionIdsToStages ?? {})).toEqual([['AWSCURRENT'], ['AWSPREVIOUS']]);
});

test('a token that is used again puts the same value once and no other value', async () => {
  const put = (SecretString: string) =>
    as('Keeper').send(
      new PutSecretValueCommand({ SecretId: NAME, SecretString, ClientRequestToken: 't'.repeat(32) }),
    );
  await put('one');
  await put('one');
  expect(await outcomeOf(put('another'))).toMatchObject({ code: 'ResourceExistsException' });
  expect(await as('Keeper').send(get(NAME, { VersionStage: 'AWSPREVIOUS' }))).toMatchObject({
    SecretString: 'the first value',
  });
});

test('who may not read a secret is not told whether there is one', async () => {
  const reader = as('Reader');
  for (const id of [EMPTY, 'nowhere']) {
    expect(await outcomeOf(reader.send(get(id)))).toMatchObject({
      code: 'AccessDeniedException',
      message: expect.stringContaining('is not authorized to perform: secretsmanager:GetSecretValue'),
    });
  }
  const put = new PutSecretValueCommand({ SecretId: TOKEN, SecretString: 'mine' });
  expect(await outcomeOf(reader.send(put))).toMatchObject({ code: 'AccessDeniedException' });
});

test("another account's administrator reads nothing", async () => {
  expect(await outcomeOf(as('Stranger', '999999999999').send(get(TOKEN)))).toMatchObject({
    code: 'AccessDeniedException',
  });
});

test('a secret that is not there, and one without a value, are said to be', async () => {
  expect(await outcomeOf(as('Keeper').send(get('nowhere')))).toMatchObject({
    code: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
  });
  expect(await outcomeOf(as('Keeper').send(get(EMPTY)))).toMatchObject({
    code: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
  });
});

test('the records name the secret and never hold its value', async () => {
  await as('Reader').send(get(NAME));
  await as('Keeper').send(new PutSecretValueCommand({ SecretId: NAME, SecretString: 'the second value' }));
  expect(story.aws.records()).toMatchObject([
    { eventName: 'GetSecretValue', readOnly: true, requestParameters: { secretId: NAME } },
    { eventName: 'PutSecretValue', readOnly: false, responseElements: { arn: TOKEN } },
  ]);
  expect(JSON.stringify(story.aws.records())).not.toMatch(/the (first|second) value/);
});
