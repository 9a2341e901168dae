import {
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  type GetSessionTokenCommandInput,
} from '@aws-sdk/client-sts';
import type { ReceivedRequest } from '../../../sandbox/aws/aws.ts';
import { asCredentials, DAVID, outcomeOf, type Story, startStory, TESS, withMfa } from './story.ts';

let story: Story;
beforeEach(async () => {
  story = await startStory();
});
afterEach(() => story.stop());

const asks = (input: GetSessionTokenCommandInput) =>
  story.sts(story.aws.userCredentials(DAVID)).send(new GetSessionTokenCommand(input));

test('a session is its user, for twelve hours where nothing is asked', async () => {
  const { Credentials } = await asks({});
  expect(Credentials?.Expiration).toEqual(new Date('2026-11-25T00:00:00Z'));
  const identity = await story.sts(asCredentials(Credentials)).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({ Arn: DAVID, Account: '111111111111' });
});

test.each([
  [
    899,
    "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  ],
  [
    129_601,
    "1 validation error detected: Value '129601' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 129600",
  ],
])('%i seconds are out of bounds', async (DurationSeconds, message) => {
  expect(await outcomeOf(asks({ DurationSeconds }))).toEqual({
    code: 'ValidationError',
    message,
    status: 400,
  });
});

test('a code is good once, and the next one again', async () => {
  const attempt = () => outcomeOf(withMfa(story, DAVID));
  expect(await attempt()).toMatchObject({ code: 'allowed' });
  expect(await attempt()).toEqual({
    code: 'AccessDenied',
    message: 'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
    status: 403,
  });
  story.move(30);
  expect(await attempt()).toMatchObject({ code: 'allowed' });
});

test('a wrong code, and half of the two parameters, are refused', async () => {
  const { serialNumber, code } = story.aws.mfaCode(DAVID);
  const wrong = code === '000000' ? '000001' : '000000';
  expect(await outcomeOf(asks({ SerialNumber: serialNumber, TokenCode: wrong }))).toMatchObject({
    code: 'AccessDenied',
  });
  expect(await outcomeOf(asks({ SerialNumber: serialNumber }))).toMatchObject({
    code: 'AccessDenied',
    message: 'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
  });
});

test('a session cannot make a session', async () => {
  const session = await withMfa(story, DAVID);
  expect(await outcomeOf(story.sts(session).send(new GetSessionTokenCommand({})))).toEqual({
    code: 'AccessDenied',
    message: 'Cannot call GetSessionToken with session credentials',
    status: 403,
  });
});

// IAM User Guide, "AWS global condition context keys", aws:MultiFactorAuthPresent and aws:MultiFactorAuthAge.
test('MFA keys: none for long-term keys, false without a code, true with an age that grows', async () => {
  expect(await mfaKeys(story.aws.userCredentials(TESS))).toEqual({});
  expect(await mfaKeys(asCredentials((await asks({})).Credentials))).toEqual({
    'aws:MultiFactorAuthPresent': 'false',
  });
  const session = await withMfa(story, TESS);
  story.move(61);
  expect(await mfaKeys(session)).toEqual({
    'aws:MultiFactorAuthPresent': 'true',
    'aws:MultiFactorAuthAge': '61',
  });
});

/** The MFA keys of whoever signs with the credentials, by a request that the SDK signed. */
async function mfaKeys(credentials: Parameters<Story['sts']>[0]): Promise<object> {
  const client = story.sts(credentials);
  let received: ReceivedRequest | undefined;
  client.middlewareStack.add(
    (next) => (args) => {
      const { method, headers, body } = Object(args.request);
      received = { method, target: '/', headers, body: Buffer.from(body) };
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  await client.send(new GetCallerIdentityCommand({}));
  if (received === undefined) throw new Error('Nothing was sent.');
  const { context } = story.aws.authenticate(received, 'sts');
  return Object.fromEntries(Object.entries(context).filter(([key]) => key.startsWith('aws:MultiFactorAuth')));
}
