import { ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { GenerateMacCommand } from '@aws-sdk/client-kms';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Credentials, ReceivedRequest } from '../../../sandbox/aws/aws.ts';
import { sha256Hex, signatureOf } from '../../../sandbox/aws/canonical-request.ts';
import {
  assume,
  DAVID,
  issuer,
  LEGACY,
  outcomeOf,
  SEAL_KEY,
  type Story,
  startStory,
  updateApp,
} from './story.ts';

let story: Story;
beforeEach(async () => {
  story = await startStory();
});
afterEach(() => story.stop());

const calls: Readonly<Record<string, (credentials: Credentials) => Promise<unknown>>> = {
  sts: (credentials) => story.sts(credentials).send(new GetCallerIdentityCommand({})),
  iam: (credentials) => story.iam(credentials).send(new ListRolePoliciesCommand({ RoleName: 'UpdateApp' })),
  kms: (credentials) =>
    story
      .kms(credentials)
      .send(
        new GenerateMacCommand({ KeyId: SEAL_KEY, MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from('a') }),
      ),
  s3: (credentials) => story.s3(credentials).send(new ListBucketsCommand({})),
};

async function callOf(service: string, credentials: Credentials) {
  const call = calls[service];
  if (call === undefined) throw new Error(`No call of ${service} here.`);
  return outcomeOf(call(credentials));
}

// Codes and statuses: "Common Errors" of the IAM, STS and KMS API References; S3, "Error responses".
test.each([
  ['sts', 'SignatureDoesNotMatch', 403],
  ['iam', 'SignatureDoesNotMatch', 403],
  ['kms', 'InvalidSignatureException', 400],
  ['s3', 'SignatureDoesNotMatch', 403],
])('%s refuses a wrong secret key with %s', async (service, code, status) => {
  const wrong = { ...story.aws.userCredentials(DAVID), secretAccessKey: 'x'.repeat(40) };
  expect(await callOf(service, wrong)).toMatchObject({ code, status });
});

test.each([
  ['sts', 'InvalidClientTokenId', 403],
  ['iam', 'InvalidClientTokenId', 403],
  ['kms', 'UnrecognizedClientException', 400],
  ['s3', 'InvalidAccessKeyId', 403],
])('%s refuses an unknown key with %s', async (service, code, status) => {
  const unknown = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) };
  expect(await callOf(service, unknown)).toMatchObject({ code, status });
});

test.each([
  ['sts', 'InvalidClientTokenId'],
  ['kms', 'UnrecognizedClientException'],
  ['s3', 'InvalidToken'],
])('%s refuses a forged session token with %s', async (service, code) => {
  const real = await assume(story, story.aws.userCredentials(DAVID), {
    RoleArn: LEGACY,
    RoleSessionName: 'david',
  });
  const other = await assume(story, issuer(story), updateApp());
  const forged = { ...real, sessionToken: other.sessionToken ?? '' };
  expect(await callOf(service, forged)).toMatchObject({ code });
});

test('a session key without its token, and a user key with one, are refused', async () => {
  const { accessKeyId, secretAccessKey } = issuer(story);
  const invalid = {
    code: 'InvalidClientTokenId',
    message: 'The security token included in the request is invalid.',
  };
  expect(await callOf('sts', { accessKeyId, secretAccessKey })).toMatchObject(invalid);
  const user = { ...story.aws.userCredentials(DAVID), sessionToken: 'made-up' };
  expect(await callOf('sts', user)).toMatchObject(invalid);
});

test.each([
  ['sts', 'ExpiredToken', 403],
  ['kms', 'ExpiredTokenException', 400],
  ['s3', 'ExpiredToken', 400],
])('%s takes credentials until the second they expire and then says %s', async (service, code, status) => {
  const session = await assume(story, issuer(story), updateApp({ DurationSeconds: 900 }));
  story.move(899);
  expect(await callOf(service, session)).not.toMatchObject({ code });
  story.move(1);
  expect(await callOf(service, session)).toMatchObject({ code, status });
});

test.each([
  [-900, 'allowed'],
  [
    -901,
    'Signature expired: 20261124T114459Z is now earlier than 20261124T114500Z (20261124T120000Z - 15 min.)',
  ],
  [900, 'allowed'],
  [
    901,
    'Signature not yet current: 20261124T121501Z is still later than 20261124T121500Z (20261124T120000Z + 15 min.)',
  ],
])('a signature made %i s from now is judged by the sandbox clock', async (seconds, expected) => {
  story.move(seconds);
  const client = story.sts(story.aws.userCredentials(DAVID));
  story.move(-seconds);
  const { code, message } = await outcomeOf(client.send(new GetCallerIdentityCommand({})));
  expect(code === 'allowed' ? code : message).toBe(expected);
});

test('unsigned requests are refused in the protocol that they speak', async () => {
  const form = {
    method: 'POST',
    body: new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' }),
  };
  const query = await fetch(story.aws.url, form);
  expect([query.status, await query.text()]).toEqual([
    403,
    expect.stringContaining('<Code>MissingAuthenticationToken</Code>'),
  ]);
  const json = await fetch(story.aws.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'TrentService.GenerateMac' },
    body: '{}',
  });
  expect([json.status, await json.json()]).toEqual([
    400,
    { __type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
  ]);
});

test('a body that was changed after signing is refused', async () => {
  const client = story.sts(story.aws.userCredentials(DAVID));
  client.middlewareStack.add(
    (next) => (args) => {
      const request = Object(args.request);
      request.body = String(request.body).replace('GetCallerIdentity', 'GetCallerIdentitx');
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  expect(await outcomeOf(client.send(new GetCallerIdentityCommand({})))).toMatchObject({
    code: 'SignatureDoesNotMatch',
  });
});

describe('a request signed by hand', () => {
  type Signing = {
    readonly service: string;
    readonly day: string;
    readonly signedHeaders: readonly string[];
  };
  const whole: Signing = { service: 'sts', day: '20261124', signedHeaders: ['host', 'x-amz-date'] };

  test('belongs to its signer', () => {
    expect(story.aws.authenticate(signedByDavid(whole), 'sts')).toMatchObject({ kind: 'user', arn: DAVID });
  });

  // IAM User Guide, "Elements of an AWS API request signature": the host header must be signed.
  test.each<[string, Signing]>([
    ['whose host is not signed', { ...whole, signedHeaders: ['x-amz-date'] }],
    ['whose scope is of another day', { ...whole, day: '20261123' }],
  ])('%s is refused', (_name, signing) => {
    expect(() => story.aws.authenticate(signedByDavid(signing), 'sts')).toThrow(
      'The request signature we calculated does not match',
    );
  });

  test('for one service cannot be used at another', () => {
    expect(() => story.aws.authenticate(signedByDavid(whole), 'execute-api')).toThrow(
      "Credential should be scoped to correct service: 'execute-api'.",
    );
  });

  function signedByDavid({ service, day, signedHeaders }: Signing): ReceivedRequest {
    const { accessKeyId, secretAccessKey } = story.aws.userCredentials(DAVID);
    const date = '20261124T120000Z';
    const all: Readonly<Record<string, string>> = { host: 'sandbox', 'x-amz-date': date };
    const headers = Object.fromEntries(signedHeaders.map((name) => [name, all[name] ?? '']));
    const parts = { method: 'GET', path: '/', query: [], headers, payloadHash: sha256Hex('') };
    const signature = signatureOf(parts, { day, region: 'us-east-1', service }, date, secretAccessKey);
    const credential = `${accessKeyId}/${day}/us-east-1/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
    return { method: 'GET', target: '/', headers: { ...all, authorization }, body: Buffer.alloc(0) };
  }
});
