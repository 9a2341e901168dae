import type { Caller, Credentials, PolicyDocument, ReceivedRequest } from '../../../sandbox/aws/aws.ts';
import { sha256Hex, signatureOf } from '../../../sandbox/aws/canonical-request.ts';
import { DAVID, ISSUER, policy, type Story, startStory, TESS, withMfa } from './story.ts';

const API = 'arn:aws:execute-api:us-east-1:222222222222:abcdefghij/prod';
const DOOR: PolicyDocument = policy(
  { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: `${API}/GET/v1/*` },
  {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111111111111:root' },
    Action: 'execute-api:Invoke',
    Resource: `${API}/POST/iam/v1/*`,
    Condition: {
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      NumericLessThanEquals: { 'aws:MultiFactorAuthAge': '900' },
    },
  },
  {
    Effect: 'Deny',
    Principal: '*',
    Action: 'execute-api:Invoke',
    Resource: `${API}/*/iam/v1/*`,
    Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  },
);

let story: Story;
beforeEach(async () => {
  story = await startStory();
});
afterEach(() => story.stop());

const knock = (caller: Caller | 'anonymous', path: string) =>
  story.aws.allows({
    caller,
    action: 'execute-api:Invoke',
    resource: `${API}${path}`,
    resourceAccount: '222222222222',
    resourcePolicy: DOOR,
  });

test('anybody unsigned passes where the resource policy lets anybody in, and nowhere else', async () => {
  expect(await knock('anonymous', '/GET/v1/roles')).toBe('allowed');
  expect(await knock('anonymous', '/POST/v1/elevations')).toBe('implicit-deny');
});

test('a user passes with an MFA session until it is too old', async () => {
  const credentials = await withMfa(story, DAVID);
  story.move(900);
  expect(await knock(callerOf(credentials), '/POST/iam/v1/elevations')).toBe('allowed');
  story.move(1);
  expect(await knock(callerOf(credentials), '/POST/iam/v1/elevations')).toBe('implicit-deny');
});

// IAM User Guide, aws:MultiFactorAuthPresent: a Deny with BoolIfExists also meets requests without the key.
test.each([
  ['long-term keys', () => story.aws.userCredentials(DAVID)],
  ['a function’s role', () => story.aws.functionCredentials(ISSUER, 'drawbridge-credentials')],
])('%s are denied where MFA must not be missing', async (_name, credentials) => {
  expect(await knock(callerOf(credentials()), '/POST/iam/v1/elevations')).toBe('explicit-deny');
});

test('across accounts the caller’s own policies must allow it as well', async () => {
  const issuer = callerOf(story.aws.functionCredentials(ISSUER, 'drawbridge-credentials'));
  const david = callerOf(story.aws.userCredentials(DAVID));
  const ask = (caller: Caller) =>
    story.aws.allows({
      caller,
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::productionapp/index.html',
      resourceAccount: '999999999999',
      resourcePolicy: policy({
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:*',
        Resource: 'arn:aws:s3:::productionapp/*',
      }),
    });
  expect([await ask(issuer), await ask(david)]).toEqual(['implicit-deny', 'implicit-deny']);
  expect(await ask(callerOf(story.aws.userCredentials(TESS)))).toBe('allowed');
});

/** The caller of a request to the API, signed with the credentials at the sandbox's time. */
function callerOf({ accessKeyId, secretAccessKey, sessionToken }: Credentials): Caller {
  const date = new Date(story.now()).toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = { day: date.slice(0, 8), region: 'us-east-1', service: 'execute-api' };
  const headers: Readonly<Record<string, string>> = {
    host: 'api',
    'x-amz-date': date,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  };
  const path = '/iam/v1/elevations';
  const parts = { method: 'POST', path, query: [], headers, payloadHash: sha256Hex('{}') };
  const signature = signatureOf(parts, scope, date, secretAccessKey);
  const credential = `${accessKeyId}/${scope.day}/us-east-1/execute-api/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${Object.keys(headers).join(';')}, Signature=${signature}`;
  const request: ReceivedRequest = {
    method: 'POST',
    target: path,
    headers: { ...headers, authorization },
    body: Buffer.from('{}'),
  };
  return story.aws.authenticate(request, 'execute-api');
}
