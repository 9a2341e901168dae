import { GenerateMacCommand, VerifyMacCommand } from '@aws-sdk/client-kms';
import type { Credentials } from '../../../sandbox/aws/aws.ts';
import { DAVID, issuer, outcomeOf, SEAL_KEY, type Story, startStory } from './story.ts';

const ARN = `arn:aws:kms:us-east-1:222222222222:key/${SEAL_KEY}`;

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.stop());

const mac = (by: Credentials, message: string, KeyId = ARN) =>
  story
    .kms(by)
    .send(new GenerateMacCommand({ KeyId, Message: Buffer.from(message), MacAlgorithm: 'HMAC_SHA_256' }));
const verify = (by: Credentials, message: string, Mac: Uint8Array | undefined) =>
  outcomeOf(
    story.kms(by).send(
      new VerifyMacCommand({
        KeyId: ARN,
        Message: Buffer.from(message),
        Mac,
        MacAlgorithm: 'HMAC_SHA_256',
      }),
    ),
  );

test('a MAC is verified for its message and for no other', async () => {
  const { Mac, KeyId } = await mac(issuer(story), 'sealed');
  expect([KeyId, Mac?.length]).toEqual([ARN, 32]);
  expect(await verify(issuer(story), 'sealed', Mac)).toMatchObject({ code: 'allowed' });
  expect(await verify(issuer(story), 'changed', Mac)).toMatchObject({
    code: 'KMSInvalidMacException',
    status: 400,
  });
});

test('a key is found by its id inside the account', async () => {
  expect((await mac(issuer(story), 'a', SEAL_KEY)).KeyId).toBe(ARN);
});

test('a key that is not there is not found', async () => {
  const outcome = await outcomeOf(mac(issuer(story), 'a', `${ARN}0`));
  expect(outcome).toEqual({
    code: 'NotFoundException',
    message: `Key '${ARN}0' does not exist`,
    status: 400,
  });
});

test('the key policy keeps out even those whose own policies allow everything', async () => {
  const hubRoot = story.aws.userCredentials('arn:aws:iam::222222222222:root');
  for (const by of [
    hubRoot,
    story.aws.userCredentials('arn:aws:iam::111111111111:user/Tess'),
    story.aws.userCredentials(DAVID),
  ]) {
    expect(await outcomeOf(mac(by, 'a'))).toMatchObject({ code: 'AccessDeniedException', status: 400 });
  }
});

test('a message of 4,097 bytes is too long', async () => {
  expect(await outcomeOf(mac(issuer(story), 'a'.repeat(4096)))).toMatchObject({ code: 'allowed' });
  expect(await outcomeOf(mac(issuer(story), 'a'.repeat(4097)))).toMatchObject({
    code: 'ValidationException',
  });
});
