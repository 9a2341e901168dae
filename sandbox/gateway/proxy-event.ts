import { createHash } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Caller } from '../aws/aws.ts';
import { headerOf } from '../aws/received-request.ts';
import type { Hub } from '../hub/hub.ts';
import type { FoundRoute } from './find-route.ts';
import { type Header, headersForFunction } from './header-rules.ts';
import type { GatewayRequest } from './request.ts';

/** Who came in, and what their door found out about them. */
export type Admission =
  | { readonly door: 'open' }
  | { readonly door: 'iam'; readonly caller: Caller }
  | { readonly door: 'token'; readonly authorizer: Readonly<Record<string, string>> };

/** One call of the API, on its way to the function. */
export type ApiCall = {
  readonly hub: Hub;
  readonly request: GatewayRequest;
  readonly found: FoundRoute;
  readonly admission: Admission;
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/** The event of a Lambda proxy integration (Developer Guide, "Input format of a Lambda function for proxy integration"). */
export function proxyEvent(call: ApiCall): APIGatewayProxyEvent {
  const { request, found } = call;
  const headers = headersOf(call);
  const query = [...request.query];
  return {
    resource: found.route.path,
    path: request.path,
    httpMethod: request.method,
    headers: single(headers),
    multiValueHeaders: multiple(headers),
    queryStringParameters: query.length === 0 ? null : single(query),
    multiValueQueryStringParameters: query.length === 0 ? null : multiple(query),
    pathParameters: Object.keys(found.pathParameters).length === 0 ? null : { ...found.pathParameters },
    stageVariables: null,
    requestContext: requestContext(call),
    // No binary media types are configured: every body is taken as text.
    body: request.body.length === 0 ? null : request.body.toString('utf8'),
    isBase64Encoded: false,
  };
}

function requestContext(call: ApiCall): APIGatewayProxyEvent['requestContext'] {
  const { hub, request, found, admission, now } = call;
  return {
    resourceId: resourceId(found.route.path),
    resourcePath: found.route.path,
    httpMethod: request.method,
    extendedRequestId: call.extendedRequestId,
    requestTime: commonLogTime(now),
    requestTimeEpoch: now,
    path: `/${hub.stage}${request.path}`,
    accountId: hub.account,
    protocol: 'HTTP/1.1',
    stage: hub.stage,
    domainName: `${hub.apiId}.execute-api.${hub.region}.amazonaws.com`,
    domainPrefix: hub.apiId,
    requestId: call.requestId,
    apiId: hub.apiId,
    identity: identity(call),
    authorizer: admission.door === 'token' ? { ...admission.authorizer } : undefined,
  };
}

/** Under AWS_IAM a function learns who signed, and nothing of their MFA. */
function identity({ request, admission }: ApiCall): APIGatewayProxyEvent['requestContext']['identity'] {
  const caller = admission.door === 'iam' ? admission.caller : undefined;
  return {
    accessKey: caller?.accessKeyId ?? null,
    accountId: caller?.account ?? null,
    apiKey: null,
    apiKeyId: null,
    caller: caller?.userId ?? null,
    clientCert: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp: request.sourceIp,
    user: caller?.userId ?? null,
    userAgent: headerOf(request, 'user-agent') ?? null,
    userArn: caller?.arn ?? null,
  };
}

/** What the client sent, but for what the gateway itself says about the client's connection. */
function headersOf(call: ApiCall): Header[] {
  const own = forwarded(call);
  const names = own.map(([name]) => name.toLowerCase());
  const sent = headersForFunction(call.request.headerList, call.admission.door);
  return [...sent.filter(([name]) => !names.includes(name.toLowerCase())), ...own];
}

function forwarded({ request, requestId }: ApiCall): Header[] {
  const before = headerOf(request, 'x-forwarded-for');
  return [
    ['X-Amzn-Trace-Id', `Root=1-${requestId.slice(0, 8)}-${requestId.replaceAll('-', '').slice(8)}`],
    ['X-Forwarded-For', before === undefined ? request.sourceIp : `${before}, ${request.sourceIp}`],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
}

/** Of a name that is repeated, the last value. */
function single(pairs: readonly Header[]): Record<string, string> {
  return Object.fromEntries(pairs);
}

function multiple(pairs: readonly Header[]): Record<string, string[]> {
  const names = [...new Set(pairs.map(([name]) => name))];
  return Object.fromEntries(
    names.map((name) => [name, pairs.filter(([other]) => other === name).map(([, value]) => value)]),
  );
}

/** Six characters that stand for the path, as API Gateway gives them. */
function resourceId(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 6);
}

/** 20/Feb/2018:22:48:57 +0000. */
function commonLogTime(now: number): string {
  const [, day, month, year, time] = new Date(now).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
