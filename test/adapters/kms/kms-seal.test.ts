import type { SandboxAws } from '../../../sandbox/aws/aws.ts';
import { startAws } from '../../../sandbox/aws/start-aws.ts';
import { withDeployment } from '../../../sandbox/world/world.ts';
import { kmsSeal } from '../../../shared/adapters/kms/kms-seal.ts';
import { ISSUER, policy, SEAL_KEY, storyWorld } from '../../sandbox/aws/story.ts';
import { describeSeal } from '../contract/seal.ts';

const OTHER_KEY = '99999999-8888-7777-6666-555555555555';
const before = { ...process.env };
let aws: SandboxAws;
beforeAll(async () => {
  const maySeal = policy({
    Effect: 'Allow',
    Principal: { AWS: ISSUER },
    Action: ['kms:GenerateMac', 'kms:VerifyMac'],
    Resource: '*',
  });
  const keys = [{ account: '222222222222', id: OTHER_KEY, policy: maySeal }];
  aws = await startAws({
    world: withDeployment(storyWorld([]), { roles: [], keys }),
    clock: Date.now,
    forward: { dynamodb: 'http://127.0.0.1:9' },
  });
}, 30_000);
beforeEach(() => arriveAs('issuer'));
afterAll(async () => {
  process.env = before;
  await aws.stop();
});

/** Puts what the SDK reads into the environment: where KMS is, and who calls. */
function arriveAs(caller: 'issuer' | 'tess'): void {
  const { accessKeyId, secretAccessKey, sessionToken } =
    caller === 'issuer'
      ? aws.functionCredentials(ISSUER, 'drawbridge-credentials')
      : aws.userCredentials('arn:aws:iam::111111111111:user/Tess');
  process.env = {
    ...before,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_KMS: aws.url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
  };
}

const arn = (id: string) => `arn:aws:kms:us-east-1:222222222222:key/${id}`;

describeSeal('the seal of KMS', async () => {
  arriveAs('issuer');
  return { seal: kmsSeal(arn(SEAL_KEY)), other: kmsSeal(arn(OTHER_KEY)) };
});

test('whoever may not use the key is told so: a refusal is no verdict on a MAC', async () => {
  const mac = await kmsSeal(arn(SEAL_KEY)).seal('text');
  arriveAs('tess');
  const seal = kmsSeal(arn(SEAL_KEY));
  await expect(seal.seal('text')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(seal.verify('text', mac)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test.each([
  ['nothing', ''],
  ['31 bytes', Buffer.alloc(31).toString('base64')],
  ['33 bytes', Buffer.alloc(33).toString('base64')],
])(
  'what cannot be a MAC, being %s, is not sent to KMS, which would refuse this caller',
  async (_what, mac) => {
    arriveAs('tess');
    expect(await kmsSeal(arn(SEAL_KEY)).verify('text', mac)).toBe(false);
  },
);

test('a key that is not there is told so', async () => {
  const seal = kmsSeal(arn('00000000-0000-0000-0000-000000000000'));
  const mac = Buffer.alloc(32).toString('base64');
  await expect(seal.seal('text')).rejects.toMatchObject({ name: 'NotFoundException' });
  await expect(seal.verify('text', mac)).rejects.toMatchObject({ name: 'NotFoundException' });
});
