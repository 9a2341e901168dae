import * as z from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { ASK, byToken, pending, told } from './elevation.ts';

let sandbox: Sandbox;
let token: string;
beforeAll(async () => {
  sandbox = await startSandbox({});
  token = await sandbox.accessToken('david', { mfa: true });
}, 30_000);
afterAll(() => sandbox.stop());

const Problem = z.looseObject({
  ...{ type: z.literal('about:blank'), title: z.string(), detail: z.string().endsWith('.') },
  ...{ status: z.number(), code: z.string() },
});

/** Sends what no client of ours would; the answer must be a problem of RFC 9457 that nobody caches. */
async function refused(path: string, init: RequestInit): Promise<string> {
  const answer = await fetch(`${sandbox.endpoints.api}${path}`, init);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const { status, code } = Problem.parse(await answer.json());
  expect(status).toBe(answer.status);
  return `${status} ${code}`;
}

function post(body: string, headers: Readonly<Record<string, string>> = {}): RequestInit {
  const own = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  return { method: 'POST', body, headers: { ...own, ...headers } };
}

const padded = (bytes: number) =>
  JSON.stringify(ASK)
    .replace(/\}$/, `${' '.repeat(bytes)}}`)
    .slice(-bytes);

const requests: readonly (readonly [title: string, init: () => RequestInit, answer: string])[] = [
  ['JSON that ends early', () => post('{"role":'), '400 malformed-json'],
  ['a list', () => post('[]'), '422 invalid'],
  ['another role', () => post(JSON.stringify({ ...ASK, role: 'root' })), '422 invalid'],
  ['a form', () => post('role=update-app', { 'Content-Type': 'text/plain' }), '415 unsupported-media-type'],
  ['a byte over 16 KB', () => post(padded(16 * 1024 + 1)), '413 too-large'],
  ['megabytes', () => post('x'.repeat(5 * 1024 * 1024)), '413 too-large'],
  [
    'a password',
    () => post(JSON.stringify(ASK), { Authorization: 'Basic ZGF2aWQ6eA==' }),
    '401 unauthenticated',
  ],
  [
    'two tokens',
    () => post(JSON.stringify(ASK), { Authorization: `Bearer ${token} ${token}` }),
    '401 unauthenticated',
  ],
  [
    'an AWS signature at the wrong door',
    () => post('{}', { Authorization: SIGNATURE }),
    '401 unauthenticated',
  ],
];
test.each(requests)('%s is refused', async (_title, init, answer) => {
  expect(await refused('/v1/elevations', init())).toBe(answer);
});

const SIGNATURE =
  'AWS4-HMAC-SHA256 Credential=ASIAIOSFODNN7EXAMPLE/20261124/us-east-1/execute-api/aws4_request, ' +
  'SignedHeaders=host;x-amz-date, Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024';

test('none of it has made anything', async () => {
  const david = await byToken(sandbox, 'david');
  expect((await david('GET', '/elevations?mine')).body).toEqual({ elevations: [] });
});

// API Gateway answers what matches no route itself: gateway response MISSING_AUTHENTICATION_TOKEN, 403
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html).
test.each(['/', '/v1', '/v2/me', '/v1/me/', '/v1/elevations/x/y/z', '/iam/me'])(
  'a path of no route is refused before any function: %s',
  async (path) => {
    const headers = { Authorization: `Bearer ${token}` };
    expect(await refused(path, { headers })).toBe('403 unauthenticated');
  },
);

test('a token is no way in at the IAM door', async () => {
  const headers = { Authorization: `Bearer ${token}` };
  expect(await refused('/iam/v1/me', { headers })).toMatch(/^403 /);
});

test('a parameter that comes twice reaches the function as two', async () => {
  const headers = { Authorization: `Bearer ${token}` };
  expect(await refused('/v1/elevations?state=pending&state=approved', { headers })).toBe('422 invalid');
});

test('an encoded slash makes no other route of an id', async () => {
  const id = await pending(sandbox);
  const david = await byToken(sandbox, 'david');
  expect(told(await david('GET', `/elevations/${id}%2Fapproval`))).toMatchObject({
    status: 404,
    code: 'not-found',
  });
});
