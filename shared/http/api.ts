import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { accessLog, type Timing } from './access-log.ts';
import type { Answer } from './answer.ts';
import type { Edge } from './edge.ts';
import { OPERATIONS, type OperationId } from './operations.ts';
import { type EdgeRefusal, problemOf } from './problem.ts';
import type { Call } from './request.ts';

/** Answers one operation of a known person. */
type Answerer = (call: Call) => Promise<Answer>;

/** What a function answers: its operations for people, and what anybody may read. */
export type Routes = {
  readonly forPeople: Partial<Readonly<Record<OperationId, Answerer>>>;
  readonly open: Partial<Readonly<Record<OperationId, () => Answer>>>;
};

/** A Lambda handler behind a REST API. */
export type ApiHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** The handler of a function: finds the operation, learns who calls, and makes every outcome an answer. */
export function api(edge: Edge, routes: Routes): ApiHandler {
  const acrValues = [...new Set(edge.access.providers.flatMap(({ mfa }) => mfa.acr))];
  const handler = middy<APIGatewayProxyEvent, APIGatewayProxyResult, Error, Context, Timing>()
    .use(accessLog(edge))
    .use({
      onError: (request) => {
        edge.log('error', 'unexpected-error', {
          requestId: request.event.requestContext.requestId,
          invocation: request.context.awsRequestId,
          ...named(request.error),
        });
        request.response = rendered({ refusal: INTERNAL }, request.event, acrValues);
      },
    })
    .handler(async (event) => rendered(await dispatch(edge, routes, event), event, acrValues));
  return (event, context) => handler(event, context);
}

async function dispatch({ callerOf }: Edge, routes: Routes, event: APIGatewayProxyEvent): Promise<Answer> {
  const operation = operationOf(event);
  const open = operation && routes.open[operation];
  if (open !== undefined) return open();
  const answer = operation && routes.forPeople[operation];
  if (answer === undefined) return { refusal: UNKNOWN_ROUTE };
  const caller = callerOf(event);
  return caller === undefined ? { refusal: FORBIDDEN } : answer({ event, caller });
}

const BY_ROUTE: ReadonlyMap<string, OperationId> = new Map(
  Object.entries(OPERATIONS).map(([id, { method, path }]) => [`${method} ${path}`, id as OperationId]),
);

/** The operation that API Gateway has matched; both doors lead to the same. */
function operationOf({ httpMethod, resource }: APIGatewayProxyEvent): OperationId | undefined {
  return BY_ROUTE.get(`${httpMethod} ${resource.replace(/^(\/iam)?\/v1/, '')}`);
}

const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
} as const;

function rendered(
  answer: Answer,
  event: APIGatewayProxyEvent,
  acrValues: readonly string[],
): APIGatewayProxyResult {
  if (!('refusal' in answer)) {
    return {
      statusCode: answer.status,
      headers: { ...HEADERS, 'Content-Type': 'application/json', ...answer.headers },
      body: JSON.stringify(answer.body),
    };
  }
  const door = event.resource.startsWith('/iam/') ? 'iam' : 'oidc';
  const { status, headers, problem } = problemOf(answer.refusal, { acrValues, door });
  return {
    statusCode: status,
    headers: { ...HEADERS, 'Content-Type': 'application/problem+json', ...headers },
    body: JSON.stringify(problem),
  };
}

/** What an error is called and says; never its cause or its properties, which can hold what was sent. */
function named(error: unknown): { readonly name: string; readonly message: string } {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'unknown', message: 'Something that is no error was thrown.' };
}

const INTERNAL: EdgeRefusal = {
  code: 'internal',
  detail:
    'Something failed on our side. Nothing was handed out; try again, and tell the operators if it stays.',
};
const FORBIDDEN: EdgeRefusal = {
  code: 'forbidden',
  detail: 'You are nobody whom the access file knows at this door. Ask the operators to add your identity.',
};
const UNKNOWN_ROUTE: EdgeRefusal = {
  code: 'unknown-route',
  detail: 'There is nothing here. See /v1/openapi.json.',
};
