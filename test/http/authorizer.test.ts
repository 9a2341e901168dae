import type { APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import type { Caller } from '../../shared/domain/caller.ts';
import { instant } from '../../shared/domain/instant.ts';
import { authorizer } from '../../shared/http/authorizer.ts';
import type { TokenFault } from '../../shared/ports/caller-identity.ts';
import { handle } from '../adapters/identity/access.ts';

const ARN = 'arn:aws:execute-api:us-east-1:222222222222:a1b2c3d4e5/prod/POST/v1/elevations';
const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.e30.c2VjcmV0LXNpZ25hdHVyZQ';
const CALLER: Caller = {
  person: handle('david'),
  door: 'oidc',
  tokenGroups: [],
  mfa: { kind: 'token', evidence: 'amr:hwk', at: instant(0) },
};

let logged: unknown[];
beforeEach(() => {
  logged = [];
});

async function ask(
  answer: Caller | { readonly fault: TokenFault; readonly detail: string },
  authorizationToken = `Bearer ${TOKEN}`,
) {
  const seen: string[] = [];
  const authorize = authorizer({
    verify: async (token) => {
      seen.push(token);
      return answer;
    },
    log: (level, name, facts) => logged.push({ level, name, ...facts }),
  });
  const event: APIGatewayTokenAuthorizerEvent = { type: 'TOKEN', methodArn: ARN, authorizationToken };
  const result = await authorize(event).catch((error: unknown) => error);
  return { seen, result };
}

test('a person may make this very call, and the function behind learns who it is', async () => {
  const { seen, result } = await ask(CALLER);
  expect(seen).toEqual([TOKEN]);
  expect(result).toEqual({
    principalId: 'david',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: ARN }],
    },
    context: { caller: JSON.stringify(CALLER) },
  });
});

// What API Gateway makes of each: its documentation of Lambda authorizers, and of the gateway response types
// UNAUTHORIZED (401), ACCESS_DENIED (403) and AUTHORIZER_FAILURE (500).
const refused: readonly TokenFault[] = [
  'malformed',
  'unknown-issuer',
  'wrong-audience',
  'not-an-access-token',
  'algorithm-not-allowed',
  'bad-signature',
  'expired',
  'not-yet-valid',
  'missing-claim',
];
test.each(refused)('a token that is %s ends in the word for 401', async (fault) => {
  const { result } = await ask({ fault, detail: 'why' });
  expect(result).toMatchObject({ message: 'Unauthorized' });
  expect(logged).toEqual([{ level: 'warn', name: 'token-refused', fault, detail: 'why' }]);
});

test('a person whom the file does not know is denied, which is 403', async () => {
  const { result } = await ask({ fault: 'unknown-person', detail: 'why' });
  expect(result).toMatchObject({
    policyDocument: { Statement: [{ Effect: 'Deny', Action: 'execute-api:Invoke', Resource: ARN }] },
    context: {},
  });
});

test('keys that cannot be had are our failure, which is 500, and wake the operators', async () => {
  const { result } = await ask({ fault: 'keys-unavailable', detail: 'why' });
  expect(result).toMatchObject({ message: expect.not.stringContaining('Unauthorized') });
  expect(logged).toMatchObject([{ level: 'error', fault: 'keys-unavailable' }]);
});

test.each([
  '',
  TOKEN,
  `Basic ${TOKEN}`,
  `Bearer  ${TOKEN}`,
  `Bearer ${TOKEN} x`,
  `Bearer ${TOKEN}\n`,
  'Bearer ',
])('a header without a bearer token is refused without looking further: %#', async (header) => {
  const { seen, result } = await ask(CALLER, header);
  expect(seen).toEqual([]);
  expect(result).toMatchObject({ message: 'Unauthorized' });
});

test("the scheme's case does not matter", async () => {
  expect((await ask(CALLER, `bearer ${TOKEN}`)).seen).toEqual([TOKEN]);
});

test('the token is never logged', async () => {
  await ask({ fault: 'bad-signature', detail: 'why' });
  await ask(CALLER, `Basic ${TOKEN}`);
  expect(JSON.stringify(logged)).not.toContain(TOKEN);
});
