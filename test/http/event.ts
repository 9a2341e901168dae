import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { Caller } from '../../shared/domain/caller.ts';

/** What a test says of a call. */
export type Sent = {
  /** JSON to send, or a text as it is. */
  readonly json?: unknown;
  readonly text?: string;
  /** Bytes, which API Gateway hands on in base64. */
  readonly bytes?: Uint8Array;
  /** Content-Type is added where there is a body, unless it is named here. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Pairs, since a name can come twice. */
  readonly query?: readonly (readonly [name: string, value: string])[];
};

/** Who arrives: the text of the OIDC door's authorizer, or an IAM user who has signed. */
export type Arrival = { readonly token: Caller } | { readonly userArn: string } | undefined;

/** The event that API Gateway makes of a call on a route of a REST API (Lambda proxy integration, format 1.0). */
export function proxyEvent(
  arrival: Arrival,
  method: string,
  path: string,
  sent: Sent = {},
): APIGatewayProxyEvent {
  const door = arrival !== undefined && 'userArn' in arrival ? '/iam/v1' : '/v1';
  const { template, parameters } = routed(path);
  const resource = `${door}${template}`;
  const query = sent.query ?? [];
  const body = bodyOf(sent);
  const headers = { ...(body === null ? {} : { 'Content-Type': 'application/json' }), ...sent.headers };
  const byName = Map.groupBy(query, ([name]) => name);
  return {
    ...{ httpMethod: method, path: `${door}${path}`, resource, body, headers },
    isBase64Encoded: sent.bytes !== undefined,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    pathParameters: parameters,
    queryStringParameters: query.length === 0 ? null : Object.fromEntries(query),
    multiValueQueryStringParameters:
      query.length === 0
        ? null
        : Object.fromEntries([...byName].map(([name, pairs]) => [name, pairs.map(([, value]) => value)])),
    stageVariables: null,
    requestContext: contextOf(arrival, method, resource),
  };
}

/** The routes that have parameters, each with the names of these. */
const ROUTES = [
  { pattern: /^\/elevations\/([^/]*)/, template: '/elevations/{id}', names: ['id'] },
  {
    pattern: /^\/slack-links\/([^/]*)\/([^/]*)/,
    template: '/slack-links/{team}/{user}',
    names: ['team', 'user'],
  },
  { pattern: /^\/reports\/([^/]*)/, template: '/reports/{report}', names: ['report'] },
];

/** The route of a path as API Gateway matches it, with what stands in the place of its parameters. */
function routed(path: string): {
  readonly template: string;
  readonly parameters: Record<string, string> | null;
} {
  const route = ROUTES.find(({ pattern }) => pattern.test(path));
  if (route === undefined) return { template: path, parameters: null };
  const [, ...values] = route.pattern.exec(path) ?? [];
  return {
    template: path.replace(route.pattern, route.template),
    parameters: Object.fromEntries(route.names.map((name, n) => [name, decodeURIComponent(values[n] ?? '')])),
  };
}

/** The parts of Lambda's own context that handlers see. */
export const INVOCATION = { awsRequestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef' } as Context;

/** API Gateway's id of the call. */
export const REQUEST_ID = '1f9c3a52-0b1e-4c55-9c1a-5d1f6f9a0001';

function bodyOf({ json, text, bytes }: Sent): string | null {
  if (bytes !== undefined) return Buffer.from(bytes).toString('base64');
  if (text !== undefined) return text;
  return json === undefined ? null : JSON.stringify(json);
}

function contextOf(
  arrival: Arrival,
  httpMethod: string,
  resourcePath: string,
): APIGatewayProxyEvent['requestContext'] {
  const signed = arrival !== undefined && 'userArn' in arrival;
  return {
    ...{ accountId: '222222222222', apiId: 'a1b2c3d4e5', stage: 'prod', protocol: 'HTTP/1.1' },
    ...{ httpMethod, resourcePath, path: `/prod${resourcePath}`, resourceId: 'abc123' },
    ...{ requestId: REQUEST_ID, requestTimeEpoch: 0 },
    authorizer:
      arrival !== undefined && 'token' in arrival ? { caller: JSON.stringify(arrival.token) } : null,
    identity: {
      ...NOBODY,
      ...(signed
        ? { accessKey: 'ASIAIOSFODNN7EXAMPLE', accountId: '111111111111', userArn: arrival.userArn }
        : {}),
    },
  };
}

const NOBODY: APIGatewayProxyEvent['requestContext']['identity'] = {
  ...{ accessKey: null, accountId: null, apiKey: null, apiKeyId: null, caller: null, clientCert: null },
  ...{ cognitoAuthenticationProvider: null, cognitoAuthenticationType: null, cognitoIdentityId: null },
  ...{ cognitoIdentityPoolId: null, principalOrgId: null, user: null, userAgent: null, userArn: null },
  sourceIp: '192.0.2.1',
};
